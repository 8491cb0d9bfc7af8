/** Says what was converted in pictures, each kind once, with the first file. */
export function noteConversions(conversions: ReadonlyMap<string, readonly string[]>, note: (text: string) => void): void {
  for (const [text, [first, ...more]] of conversions)
    note(`${first}: ${text}${more.length > 0 ? ` (and ${more.length} other pictures)` : ''}`)
}
