/** As programs write a number that is missing. */
export const isNan = (text: string): boolean => /^[+-]?nan$/i.test(text)

/** Whether a text stands where nothing is said: the number that is ignored, and of NaN also an empty one. */
export const isIgnored = (text: string, ignored: number | undefined): boolean =>
  ignored !== undefined && (Number.isNaN(ignored) ? text.trim() === '' || isNan(text.trim()) : text.trim() !== '' && Math.fround(Number(text)) === ignored)
