import { useBackend } from './backend.ts'
import { LeNet5 } from './lenet5.fmw'
import weights from './lenet5.safetensors?url'
import picture from './7.png?url'

/** The classes of the picture of a seven with their probabilities, and the output. */
export async function readDigit(backend: string) {
  await useBackend(backend)
  const net = await LeNet5.load(new URL(weights, self.location.href))
  const bitmap = await createImageBitmap(await (await fetch(new URL(picture, self.location.href))).blob())
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no context')
  context.drawImage(bitmap, 0, 0)
  const classes = await net.classify(context.getImageData(0, 0, bitmap.width, bitmap.height), { top: 10 })
  net.dispose()
  return classes
}
