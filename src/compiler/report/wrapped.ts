import { screenWidth } from '../text/screen-width.ts'

/** Shapes and other short lists are words. */
const betweenWords = / (?![^[\]]{0,24}\])/

/**
 * A text in lines that a screen has room for, broken between words; a word that is wider by itself stays whole.
 *
 * @param room columns of a line; undefined where there is no screen, and nothing is broken
 * @param hanging what a line begins with that goes on with the one before
 */
export function wrapped(text: string, room: number | undefined, hanging = ''): readonly string[] {
  const given = text.split('\n')
  if (room === undefined) return given
  return given.flatMap((line) => {
    const [first = '', ...words] = line.split(betweenWords)
    const lines = [first]
    for (const word of words) {
      const longer = `${lines.at(-1)} ${word}`
      if (screenWidth(longer) <= room) lines[lines.length - 1] = longer
      else lines.push(`${hanging}${word}`)
    }
    return lines
  })
}
