/** Whether a text is a finite number in 32-bit floating point. */
export const isNumber = (text: string): boolean => text.trim() !== '' && Number.isFinite(Math.fround(Number(text)))

/** Whether a text is meant as a number, in whichever way it is written: `0,5` and `1.234,5`. */
export const isNumeral = (text: string): boolean => isNumber(text) || isGrouped(text)

const isGrouped = (text: string): boolean => /^[+-]?\d+(?:[.,' \u00a0\u202f]\d+)+$/.test(text.trim())

/** A text in a sentence that says it is no number, with how it is written where that can be told. */
export function noNumber(text: string): string {
  return `${JSON.stringify(text)}, which is no number${isGrouped(text) ? ': numbers are written as 1234.5' : ''}`
}
