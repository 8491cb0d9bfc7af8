/** How the elements of an array of texts are stored: `U` in 4 bytes for a character, `S` in one for a byte of UTF-8. */
interface TextType {
  readonly kind: 'U' | 'S'
  /** Of an element, in bytes. */
  readonly width: number
  readonly isLittle: boolean
}

/** What NumPy's `<U5` and `|S5` say; undefined for other types. */
export function textType(descr: string): TextType | undefined {
  const [, order, kind, length] = /^([<>|])([US])(\d+)$/.exec(descr) ?? []
  if (kind === 'U') return { kind, width: 4 * Number(length), isLittle: order !== '>' }
  return kind === 'S' ? { kind, width: Number(length), isLittle: true } : undefined
}

/**
 * The texts that stand one after the other, without the zeros that fill each up.
 *
 * @throws RangeError for what is no character, TypeError for bytes that are no UTF-8
 */
export function readTexts(bytes: Uint8Array, count: number, type: TextType): string[] {
  const decode = type.kind === 'U' ? fromCharacters(type.isLittle) : fromBytes
  return Array.from({ length: count }, (_, i) => decode(bytes.subarray(i * type.width, (i + 1) * type.width)))
}

const fromCharacters =
  (isLittle: boolean) =>
  (bytes: Uint8Array): string => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const codes = Array.from({ length: bytes.byteLength / 4 }, (_, i) => view.getUint32(4 * i, isLittle))
    return String.fromCodePoint(...codes.slice(0, codes.findLastIndex((code) => code !== 0) + 1))
  }

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const fromBytes = (bytes: Uint8Array): string => strict.decode(bytes.subarray(0, bytes.findLastIndex((byte) => byte !== 0) + 1))
