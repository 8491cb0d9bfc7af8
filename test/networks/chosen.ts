import { isChosen } from '../seeded-tenth.ts'
import { published, type Published } from './published.ts'

/** Always run: without and with branches, with attention over channels and over places, a decoder, and capsules. */
const fixed = ['SqueezeNet', 'ResNet18', 'MobileNetV3Large', 'VisionTransformer', 'Fcn8s', 'CapsNet']

const unknown = fixed.filter((name) => !published.some(({ model }) => model === name))
if (unknown.length > 0) throw new Error(`there are no published networks ${unknown.join(', ')}`)

/** The networks that are run, since each takes long: six, and a tenth of the others. */
export const chosenNetworks: readonly Published[] = published.filter(
  ({ file, model }) => fixed.includes(model) || isChosen(`${file} ${model}`),
)
