/** Whether a text is a finite number in 32-bit floating point. */
export const isNumber = (text: string): boolean => text.trim() !== '' && Number.isFinite(Math.fround(Number(text)))

/** A text in a sentence that says it is no number, with how it is written where that can be told. */
export function noNumber(text: string): string {
  const isGrouped = /^[+-]?\d+(?:[.,' \u00a0\u202f]\d+)+$/.test(text.trim())
  return `${JSON.stringify(text)}, which is no number${isGrouped ? ': numbers are written as 1234.5' : ''}`
}
