/** The text that bytes are in UTF-8, without a byte order mark before it, or the sentence that says where they are none. */
export function decodeText(bytes: Uint8Array, name: string): { readonly text: string } | { readonly fault: string } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    const [before = ''] = new TextDecoder().decode(bytes).split('\uFFFD', 1)
    const lines = before.split('\n')
    return { fault: `${name}:${lines.length}:${lines.at(-1)!.length + 1}: this is no text in UTF-8` }
  }
}
