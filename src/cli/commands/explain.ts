import { catalog, entryOf, isCode } from '../../compiler/catalog/index.ts'
import { Reporter } from '../../compiler/diagnostics/diagnostics.ts'
import { opPages, summaryOf, type OpPage } from '../../compiler/library/op-pages.ts'
import { levelText } from '../../compiler/lint/level-text.ts'
import { Modules } from '../../compiler/reading/module.ts'
import { wrapped } from '../../compiler/report/wrapped.ts'
import { didYouMean } from '../../compiler/text/did-you-mean.ts'
import { isProblemCode, problems } from '../../runtime/failure/problems.ts'
import { UsageError } from '../exit/exit.ts'
import { nodeHost } from '../files/node-host.ts'
import { openTerminal } from '../terminal/terminal.ts'

interface ExplainOptions {
  readonly json: boolean
  readonly quiet: boolean
  readonly color: boolean
}

/** Prints the page of a diagnostic or of an op; without a name the lists of both, with that of a family the list of its ops. */
export function explain(name: string | undefined, { json, ...options }: ExplainOptions): void {
  const terminal = openTerminal(options)
  const { width } = terminal.outStyle
  const found = name === undefined ? [...codes(), ...ops()] : contentOf(name)
  if (json) terminal.json(found)
  else if ('length' in found) terminal.text(`${listText(found, width)}\n`)
  else terminal.text(`${'code' in found ? codeText(found, width) : opText(found, width)}\n`)
}

interface CodePage {
  readonly code: string
  readonly severity: string
  readonly message: string
  readonly help: string
  /** Of a rule of the linter: whether it is on, and what turns it on or off. */
  readonly level?: string
  readonly bad?: string
  readonly good?: string
}

/** What a list says of a diagnostic or of an op. */
type Listed = { readonly message: string } & ({ readonly code: string } | { readonly op: string })

const codes = (): readonly Listed[] =>
  [...Object.entries(catalog), ...Object.entries(problems)].map(([code, { message }]) => ({ code, message }))

const pages = (): ReadonlyMap<string, OpPage> => opPages(new Modules(nodeHost, new Reporter()))

const ops = (): readonly Listed[] => [...pages().values()].map((page) => ({ op: page.name, message: summaryOf(page) }))

const nameOf = (listed: Listed): string => ('code' in listed ? listed.code : listed.op)

function contentOf(name: string): CodePage | OpPage | readonly Listed[] {
  if (isCode(name)) {
    const level = levelText(name)
    return { code: name, ...entryOf(name), ...(level !== undefined && { level }) }
  }
  if (isProblemCode(name)) return { code: name, severity: 'error', ...problems[name] }
  const page = pages().get(name)
  if (page) return page
  const all = [...codes(), ...ops()]
  const family = all.filter((one) => nameOf(one).startsWith(`${name}.`))
  if (family.length > 0) return family
  const near = didYouMean(name, all.map(nameOf))
  throw new UsageError(`there is no diagnostic and no op ${name}${near ? `; did you mean ${near}?` : ' (fmw explain lists all)'}`)
}

function listText(listed: readonly Listed[], width: number | undefined): string {
  const widest = Math.max(...listed.map((one) => nameOf(one).length)) + 2
  return listed
    .flatMap((one) => {
      const [first, ...others] = wrapped(one.message, width === undefined ? width : Math.max(width - widest, narrowest))
      return [`${nameOf(one).padEnd(widest)}${first}`, ...others.map((line) => `${' '.repeat(widest)}${line}`)]
    })
    .join('\n')
}

/** Less room than this for a text is no room. */
const narrowest = 20

/** Longer lines of prose are hard to read. */
const longest = 100

const indented = (text: string): string => text.trimEnd().split('\n').map((line) => `    ${line}`.trimEnd()).join('\n')

const proseText = (text: string, width: number | undefined): string => (width === undefined ? text : rewrapped(text, Math.min(width, longest)))

function codeText({ code, severity, message, help, level, bad, good }: CodePage, width: number | undefined): string {
  const parts = [wrapped(`${severity}[${code}]: ${message}`, width, '  ').join('\n'), proseText(help, width)]
  if (level !== undefined) parts.push(proseText(level, width))
  if (bad !== undefined) parts.push('This is reported:', indented(shorten(bad)))
  if (good !== undefined) parts.push('This is not:', indented(shorten(good)))
  return parts.join('\n\n')
}

function opText({ signature, doc, parameters, result, weights, paper, example }: OpPage, width: number | undefined): string {
  const room = width === undefined ? width : Math.min(width, longest) - '    '.length
  const item = (head: string, text: string): string => [`  ${head}`, ...wrapped(text, room).map((line) => `    ${line}`.trimEnd())].join('\n')
  const list = (title: string, items: readonly string[]): readonly string[] => (items.length === 0 ? [] : [`${title}:\n${items.join('\n')}`])
  const labelled = (label: string, text: string | undefined): readonly string[] =>
    text === undefined ? [] : [wrapped(`${label}: ${text}`, width === undefined ? width : Math.min(width, longest), '  ').join('\n')]
  return [
    wrapped(signature, width, '  ').join('\n'),
    proseText(doc, width),
    ...list('Parameters', parameters.map((one) => item(parameterHead(one), parameterText(one)))),
    ...labelled('Result', result),
    ...list('Weights', weights.map(({ name, shape, doc: said }) => wrapped(`  ${name} ${shape}${said && `, ${said}`}`, room, '    ').join('\n'))),
    ...labelled('Paper', paper),
    'Example:',
    indented(example),
  ].join('\n\n')
}

type Parameter = OpPage['parameters'][number]

const parameterHead = ({ name, type, default: value }: Parameter): string => `${name}: ${type}${value === undefined ? '' : ` = ${value}`}`

const parameterText = ({ doc, words }: Parameter): string => (words === undefined ? doc : `${doc} (${words.join(', ')})`)

/** Prose has the line breaks of the source it stands in, and gets others on a screen; commands and other indented lines stay. */
const rewrapped = (help: string, room: number): string =>
  help
    .replace(/(?<=^\S.*)\n(?=\S)/gm, ' ')
    .split('\n')
    .flatMap((line) => (line.startsWith(' ') ? [line] : wrapped(line, room)))
    .join('\n')

/** Examples that only make their point by being long are cut on the page. */
const shorten = (text: string): string => text.replace(/(.{60}).{60,}(.{20})/g, '$1 … $2')
