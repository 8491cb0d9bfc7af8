import { wrapped } from '../../compiler/report/wrapped.ts'
import { screenWidth } from '../../compiler/text/screen-width.ts'

/** The screen that a text is for. */
export interface Screen {
  /** Columns; undefined where there is no screen, and everything is as long as it is. */
  readonly width?: number | undefined
  readonly unicode: boolean
}

/** A text in lines that a screen has room for: paths give way first, in their middle, then lines are broken between words. */
export function fitted(text: string, screen: Screen): string {
  const { width } = screen
  if (width === undefined) return text
  return text
    .split('\n')
    .flatMap((line) => {
      const short = shownWidth(line) > width ? withShortPaths(line, width, screen) : line
      if (shownWidth(short) <= width) return [short]
      return wrapped(short, width, `${/^ */.exec(short)![0]}  `).map((part) => part.trimEnd())
    })
    .join('\n')
}

/** A text in so many columns; dots stand for what was there before its last two thirds, which say more of a path than its beginning. */
export function shortened(text: string, room: number, { unicode }: Pick<Screen, 'unicode'>): string {
  if (screenWidth(text) <= room) return text
  const dots = unicode ? '…' : '...'
  const signs = [...text]
  let [head, tail] = ['', '']
  const fits = (sign: string): boolean => screenWidth(head + dots + tail + sign) <= room
  for (let sign = signs.pop(); sign !== undefined && screenWidth(tail + sign) <= (room * 2) / 3 && fits(sign); sign = signs.pop()) tail = sign + tail
  for (const sign of signs) {
    if (!fits(sign)) break
    head += sign
  }
  return head + dots + tail
}

/** Each gets what the rest of its line leaves, and at least half of a line. */
function withShortPaths(line: string, width: number, screen: Screen): string {
  const total = shownWidth(line)
  return line.replace(colourOrWord, (word) => {
    if (!isPath(word)) return word
    return shortened(word, Math.max(width - (total - screenWidth(word)), Math.floor(width / 2)), screen)
  })
}

/** What is clicked or copied as a whole is no path. */
const isPath = (word: string): boolean => /[/\\]/.test(word) && !word.includes('://') && !word.startsWith('\x1b')

// oxlint-disable no-control-regex -- the codes of colours are what is meant
const colours = /\x1b\[\d+m/g
const colourOrWord = /\x1b\[\d+m|[^\s\x1b]+/g
// oxlint-enable no-control-regex

const shownWidth = (line: string): number => screenWidth(line.replace(colours, ''))
