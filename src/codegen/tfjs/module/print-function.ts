import { docOf } from './doc-of.ts'
import { optionalIn, type Shared } from './functions.ts'
import type { Function, Names } from './module-names.ts'
import { printBody, variableType } from './print-body.ts'
import { bodyPrinting, callableOf, printingOf, rootPlaces } from './printing-of.ts'
import { objectKey } from './property.ts'

/** A block as a function. */
export function printFunction(one: Function, names: Names): string {
  const { shared, run } = one
  const { inputs, optional, hasWeights } = callableOf(one, false, names)
  const lines = bodyLines(one, names, new Set(shared.parameters.map(({ name }) => name)))
  const parameters = [
    ...inputs.map((name) => {
      const { holds } = shared.parameters.find((parameter) => parameter.name === name)!
      return `${name}: ${variableType(holds)}${optional.has(name) ? ' | undefined' : ''}`
    }),
    ...(hasWeights ? [`w: ${one.weights.name}`] : []),
    ...run.extras.map(({ name, type }) => `${name}: ${extraType(type)}`),
  ]
  const generic = resultType(shared) === 'T' ? '<T extends tf.Tensor>' : ''
  return [
    ...printDoc(docOf(shared.calls[0]!)),
    `function ${run.name}${generic}(${parameters.join(', ')}): ${resultType(shared)} {`,
    ...tidied(lines),
    '}',
  ].join('\n')

  function extraType(type: string): string {
    return type.replace(/\b(?:Pad|Size)\b/g, (name) => names.runtime(`type ${name}`))
  }
}

/** What a function computes, line by line; `declared` are its parameters. */
export function bodyLines(one: Function, names: Names, declared: Set<string>): readonly string[] {
  const { shared } = one
  const printing = printingOf(one, one.run, names, rootPlaces(shared))
  const shapes = new Map(shared.parameters.map(({ name, holds }) => [name, holds] as const))
  const optional = optionalIn(shared)
  const lines = printBody(one.body, { ...printing, ...bodyPrinting(one, names), around: { loops: [], shapes }, declared, optional })
  one.run.printed(lines.join('\n'))
  return lines
}

/** One call needs no tidying. */
export function tidied(lines: readonly string[]): readonly string[] {
  const only = lines.length === 1 ? /^return (.*)$/s.exec(lines[0]!)?.[1] : undefined
  if (only === undefined) return ['return tf.tidy(() => {', ...lines, '})']
  return (only.replace(/\bat\(/g, '').match(/[\w>]\(/g) ?? []).length <= 1
    ? lines
    : [`return tf.tidy(() => ${only.startsWith('{') ? `(${only})` : only})`]
}

function resultType({ body }: Shared): string {
  const last = body.at(-1)
  if (last?.kind !== 'return') throw new Error('a body ends with what it gives')
  const [only] = last.values
  if (only && last.values.length === 1) return variableType(only.holds)
  return `{ ${last.values.map(({ name, holds }) => `readonly ${objectKey(name)}: ${variableType(holds)}`).join('; ')} }`
}

export const printDoc = (doc: string): readonly string[] =>
  doc === ''
    ? []
    : !doc.includes('\n') && doc.length < 112
      ? [`/** ${doc.replaceAll('*/', '*\\/')} */`]
      : ['/**', ...doc.split('\n').map((line) => ` * ${line.replaceAll('*/', '*\\/')}`.trimEnd()), ' */']
