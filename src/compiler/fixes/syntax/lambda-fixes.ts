import type { Fix } from '../../diagnostics/diagnostics.ts'
import { lineStart, type Source } from '../../text/source.ts'

/** A function without a name: `x => f(x, 2)`, `(x) => …`, `lambda x: …`, up to the comma or bracket behind it. */
const lambda = /(?:\(?\b(\w+)\)?\s*=>|\blambda\s+(\w+)\s*:)\s*((?:[^(),]|\((?:[^()]|\([^()]*\))*\))+)/g

/** A call that takes the value once is a block value with a hole; anything else becomes a block of the file. */
export function lambdaFixes(start: number, source: Source): readonly Fix[] {
  const { text } = source
  const begin = lineStart(text, start)
  const [line = ''] = text.slice(begin).split(/\r?\n/, 1)
  const found = [...line.matchAll(lambda)].find(
    ({ index, 0: all }) => begin + index <= start && start <= begin + index + all.length,
  )
  if (!found) return []
  const [all, arrow, keyword, written = ''] = found
  const parameter = arrow ?? keyword ?? ''
  const body = written.trim()
  const from = begin + found.index
  const span = { source, start: from, end: from + all.trimEnd().length }
  const uses = body.match(new RegExp(String.raw`\b${parameter}\b`, 'g'))?.length ?? 0
  const call = uses === 1 ? withHole(body, parameter) : undefined
  if (call !== undefined) return [{ title: `write ${call}`, edits: [{ span, text: call }] }]
  const name = nameFor(line.slice(0, found.index), text)
  const block = `block ${name}(${parameter}: tensor) -> like ${parameter} {\n  return ${body}\n}\n`
  const end = text.length
  const declared = { span: { source, start: end, end }, text: `${text.endsWith('\n') ? '\n' : '\n\n'}${block}` }
  return [
    {
      title: `declare block ${name}(${parameter}: tensor) { return ${body} } and pass ${name}`,
      edits: [{ span, text: name }, declared],
    },
  ]
}

/** The body with a hole for the value: where it is an argument of the only call, or what is piped into it. */
function withHole(body: string, parameter: string): string | undefined {
  const piped = new RegExp(String.raw`^${parameter}\s*\|>\s*([\w.]+)\(([^()]*)\)$`).exec(body)
  if (piped) return `${piped[1]}(${['_', ...(piped[2] ? [piped[2]] : [])].join(', ')})`
  const argument = new RegExp(String.raw`^[\w.]+\((?:[^()]*,\s*)?${parameter}(?:\s*,[^()]*)?\)$`)
  return argument.test(body) ? body.replace(new RegExp(String.raw`\b${parameter}\b`), '_') : undefined
}

/** What the argument is called is what the block is: `activation: x => …`. */
function nameFor(before: string, text: string): string {
  const word = /(\w+)\s*[:=]\s*$/.exec(before)?.[1] ?? 'part'
  const name = word.replace(/^[a-z]/, (letter) => letter.toUpperCase())
  return new RegExp(String.raw`\b${name}\b`).test(text) ? `${name}2` : name
}
