/** A text as a number above 0; undefined for any other text. */
export function numberAboveZero(text: string): number | undefined {
  const number = text.trim() === '' ? NaN : Number(text)
  return number > 0 && number < Infinity ? number : undefined
}
