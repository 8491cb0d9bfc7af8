/** Values from 0 to 1 as bytes where all are multiples of 1/255, a quarter of the memory; else as they are. */
export type PackedValues = Uint8Array | Float32Array

const ofByte = Float32Array.from({ length: 256 }, (_, byte) => byte / 255)

export function pack(values: Float32Array): PackedValues {
  const bytes = new Uint8Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const byte = Math.round(values[i]! * 255)
    if (ofByte[byte] !== values[i]) return values
    bytes[i] = byte
  }
  return bytes
}

/** Writes the values that were packed into an array, from a position on. */
export function unpack(packed: PackedValues, into: Float32Array, start: number): void {
  if (packed instanceof Float32Array) into.set(packed, start)
  else for (let i = 0; i < packed.length; i++) into[start + i] = ofByte[packed[i]!]!
}
