/** How many columns of a terminal a text takes: ideographs and emoji take two (Unicode UAX #11), marks on a letter none. */
export function screenWidth(text: string): number {
  let width = 0
  for (const char of text) width += zero.test(char) ? 0 : wide.test(char) ? 2 : 1
  return width
}

// oxlint-disable-next-line no-misleading-character-class -- each of these is matched alone
const zero = /[\p{M}\u200b-\u200f\ufe00-\ufe0f]/u
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u
