import type { Diagnostic } from '../diagnostics/diagnostics.ts'
import { excerpt, lineOf, type Mark } from './excerpt.ts'
import { remarksOn } from './remarks.ts'
import { withoutCommands } from './shown-line.ts'
import type { Style } from './style.ts'
import { placeOf, type Span } from '../text/source.ts'
import { wrapped } from './wrapped.ts'

/** A diagnostic with the lines it is about, its labels, notes, call chain and fixes. */
export function render(diagnostic: Diagnostic, style: Style): string {
  const colour = style[diagnostic.severity]
  const { code, message } = diagnostic
  const say = (text: string): string => (style.unicode ? withoutCommands(text) : inAscii(withoutCommands(text)))
  const title = `${diagnostic.severity}[${code}]`
  const { width } = style
  const [first = '', ...rest] = wrapped(`${title}: ${say(message)}`, width, '  ')
  const indent = ' '.repeat(gutterWidth(diagnostic) + 1)
  return [
    `${colour(title)}${style.bold(first.slice(title.length))}`,
    ...rest.map((line) => style.bold(line)),
    ...excerpts(diagnostic, say, style),
    ...remarksOn(diagnostic).flatMap((text) =>
      wrapped(say(text), width && width - indent.length - 2).map(
        (line, i) => `${indent}${i === 0 ? style.dim('=') : ' '} ${line}`,
      ),
    ),
  ].join('\n')
}

const gutterWidth = ({ span, labels }: Diagnostic): number =>
  String(Math.max(...[span, ...labels.map((label) => label.span)].map(lineOf))).length + 1

/** The marked lines, one excerpt for each file, that of the mistake first. */
function excerpts(diagnostic: Diagnostic, say: (text: string) => string, style: Style): readonly string[] {
  const marks = marksOf(diagnostic).map((mark) => ({ ...mark, text: say(mark.text) }))
  const draw = ({ primary }: Mark, sign: string): string => (primary ? style[diagnostic.severity](sign) : style.dim(sign))
  const gutter = gutterWidth(diagnostic)
  return [...new Set(marks.map((mark) => mark.span.source))].flatMap((source, i) => {
    const own = marks.filter((mark) => mark.span.source === source)
    const corner = !style.unicode ? '-->' : i === 0 ? '┌─' : '├─'
    return [
      `${' '.repeat(gutter + 1)}${style.dim(corner)} ${placeOf(own[0]!.span)}`,
      ...excerpt(source, own, gutter, draw, style),
    ]
  })
}

/** The mistake and its labels; labels of one place are joined, and those at the place of the mistake are its text. */
function marksOf({ span, labels }: Diagnostic): readonly Mark[] {
  const marks = new Map<string, Mark>([[keyOf(span), { span, text: '', primary: true }]])
  for (const label of labels) {
    const earlier = marks.get(keyOf(label.span))
    const texts = new Set([...(earlier?.text ? [earlier.text] : []), label.text])
    marks.set(keyOf(label.span), { span: label.span, text: [...texts].join('; '), primary: earlier?.primary ?? false })
  }
  return [...marks.values()]
}

const keyOf = ({ source, start, end }: Span): string => `${source.path} ${start} ${end}`

const asciiFor: Readonly<Record<string, string>> = { '→': '->', '…': '...', '·': '*', Σ: 'sum', '−': '-', '√': 'sqrt ' }

const inAscii = (text: string): string => text.replace(/[→…·Σ−√]/g, (sign) => asciiFor[sign] ?? sign)
