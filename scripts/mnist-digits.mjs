import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

const side = 28

/**
 * The 10,000 digits of the `mnist` package: for each class its pictures as 28x28 bytes (paper 0, ink 255), a fifth of them, evenly
 * spread, held out: the digits of one hand follow each other, and both parts should be of all hands. The package keeps bytes / 255 rounded
 * to three decimals, from which the bytes come back exactly.
 */
export function mnistDigits() {
  return Array.from({ length: 10 }, (_, digit) => {
    const { data } = require(`mnist/src/digits/${digit}.json`)
    const bytes = Uint8Array.from(data, (value) => Math.round(value * 255))
    const pictures = Array.from({ length: bytes.length / side ** 2 }, (_, n) => bytes.subarray(n * side ** 2, (n + 1) * side ** 2))
    const share = Math.round(pictures.length / 5) / pictures.length
    const isHeldOut = (_, n) => Math.floor((n + 1) * share) > Math.floor(n * share)
    return { training: pictures.filter((_, n) => !isHeldOut(_, n)), heldOut: pictures.filter(isHeldOut) }
  })
}

/** A picture with paper around it, `size` pixels high and wide. */
export function framed(picture, size) {
  const margin = (size - side) / 2
  const result = new Uint8Array(size * size)
  for (let y = 0; y < side; y++) result.set(picture.subarray(y * side, (y + 1) * side), (y + margin) * size + margin)
  return result
}
