interface Chunk {
  readonly name: string
  readonly content: Uint8Array
}

/** Those to the end of the picture; undefined where the file ends before. */
export function chunksOf(bytes: Uint8Array): readonly Chunk[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const chunks: Chunk[] = []
  // 8 bytes of signature; then of each chunk 4 of length, 4 of name, the content, and 4 of checksum
  for (let at = 8; at + 12 <= bytes.byteLength; ) {
    const start = at + 8
    const end = start + view.getUint32(at)
    if (end + 4 > bytes.byteLength) return undefined
    const name = String.fromCharCode(...bytes.subarray(at + 4, start))
    if (name === 'IEND') return chunks
    chunks.push({ name, content: bytes.subarray(start, end) })
    at = end + 4
  }
  return undefined
}
