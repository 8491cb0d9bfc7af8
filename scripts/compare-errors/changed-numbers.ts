import { readFileSync, readdirSync } from 'node:fs'
import { nodeHost } from '../../src/cli/files/node-host.ts'
import { compile } from '../../src/compiler/compile.ts'
import type { Diagnostic } from '../../src/compiler/diagnostics/diagnostics.ts'
import { positionOf } from '../../src/compiler/text/source.ts'

/** A network in which one number was changed. */
export interface Changed {
  readonly file: string
  /** The text after the change. */
  readonly text: string
  /** The number as it stands there now. */
  readonly number: { readonly start: number; readonly end: number }
  /** `line 12: 3 → 4`. */
  readonly what: string
}

/** What is said of it. */
export interface Verdict {
  readonly changed: Changed
  readonly errors: readonly Diagnostic[]
  /** Whether the changed number stands on a line that the first error shows or names. */
  readonly isShown: boolean
}

const networks = ['examples', 'test/networks'].flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.fmw'))
    .map((file) => `${folder}/${file}`),
)

const changes: readonly ((n: number) => number)[] = [(n) => n + 1, (n) => n * 2, (n) => n - 1]

/** Every number of every network, changed in three ways; of these every `step`th. */
export function changedNumbers(step: number): readonly Changed[] {
  return networks.flatMap(changesIn).filter((_, i) => i % step === 0)
}

function changesIn(file: string): readonly Changed[] {
  const text = readFileSync(file, 'utf8')
  // a number, or a size of two equal ones; not a part of a name, a fraction or a comment
  const numbers = [...text.matchAll(/(?<![\w.])(\d+)(?:x\1)?(?![\w.])/g)].filter(
    ({ index }) => !text.slice(text.lastIndexOf('\n', index) + 1, index).includes('//'),
  )
  return numbers.flatMap(({ 0: literal, 1: digits, index }) => {
    const source = { path: file, text, library: false }
    const values = new Set(changes.map((change) => change(Number(digits))))
    return [...values].flatMap((value): readonly Changed[] => {
      if (value < 0 || value === Number(digits)) return []
      const written = literal.includes('x') ? `${value}x${value}` : String(value)
      const what = `line ${positionOf(source, index).line}: ${literal} → ${written}`
      const number = { start: index, end: index + written.length }
      return [{ file, text: text.slice(0, index) + written + text.slice(index + literal.length), number, what }]
    })
  })
}

export function verdictOn(changed: Changed): Verdict {
  const errors = compile(changed.file, changed.text, nodeHost).diagnostics.filter(({ severity }) => severity === 'error')
  return { changed, errors, isShown: errors.length > 0 && shows(errors[0]!, changed) }
}

function shows({ span, labels, chain, notes }: Diagnostic, { file, text, number }: Changed): boolean {
  const spans = [span, ...labels.map((label) => label.span), ...chain.map(({ call }) => call)]
  const { line } = positionOf({ path: file, text, library: false }, number.start)
  const named = notes.some(
    (note) => new RegExp(`\\bline ${line}\\b|/${line}:`).test(note) || note.includes(`${file.split('/').at(-1)}:${line}`),
  )
  return named || spans.some(({ source, start, end }) => source.path === file && start <= number.start && number.end <= end)
}
