import { published, type Published } from './published.ts'

/** Those that are always run: without and with branches, with attention over channels and over places, a decoder, and capsules. */
export const fixed: readonly Published[] = ['SqueezeNet', 'ResNet18', 'MobileNetV3Large', 'VisionTransformer', 'Fcn8s', 'CapsNet'].map((name) => {
  const network = published.find(({ model }) => model === name)
  if (!network) throw new Error(`there is no published network ${name}`)
  return network
})
