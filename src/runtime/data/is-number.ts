/** Whether a text is a finite number in 32-bit floating point. */
export const isNumber = (text: string): boolean => text.trim() !== '' && Number.isFinite(Math.fround(Number(text)))
