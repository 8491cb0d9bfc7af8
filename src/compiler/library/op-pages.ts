import { builtins } from '../elaborate/builtins.ts'
import { enums } from '../elaborate/enums.ts'
import { formalsOf, type Formal } from '../elaborate/formals.ts'
import type { Builtin, Target } from '../elaborate/value.ts'
import { primitives } from '../primitives/index.ts'
import type { Kind, Primitive } from '../primitives/primitive.ts'
import { declaredBy } from '../reading/declared-by.ts'
import type { Modules } from '../reading/module.ts'
import type { BlockDeclaration, Result, TypeExpr } from '../syntax/ast.ts'
import { textOf } from '../text/source.ts'
import { functionUsage } from './function-usage.ts'
import { opDoc, type OpWeight } from './op-doc.ts'

/** What there is to know about an op that a model can call. */
export interface OpPage {
  readonly name: string
  /** Whether it is written in fmw, is an operation of its own, or is computed when a model is compiled. */
  readonly kind: 'block' | 'primitive' | 'function'
  readonly signature: string
  /** What it computes, in paragraphs; formulas stand in backticks. */
  readonly doc: string
  readonly parameters: readonly OpParameter[]
  /** The shape of the result. */
  readonly result?: string
  readonly weights: readonly OpWeight[]
  readonly paper?: string
  /** A file that compiles. */
  readonly example: string
}

interface OpParameter {
  readonly name: string
  readonly type: string
  /** As it would be written; a parameter without one is required. */
  readonly default?: string
  /** The words that it takes, where it takes words. */
  readonly words?: readonly string[]
  readonly doc: string
}

/** The pages of all ops: of the library, of the primitives beside it, and of the functions of the language. By name, in that order. */
export function opPages(modules: Modules): ReadonlyMap<string, OpPage> {
  const pages = [
    ...blocksOf(modules).map(([name, declaration, target]) => blockPage(name, declaration, formalsOf(target))),
    ...[...primitives.values()].map(primitivePage),
    ...[...builtins.values()].filter(({ name }) => !primitives.has(name)).map(functionPage),
  ]
  return new Map(pages.map((page) => [page.name, page.parameters.length === 0 ? page : withReferences(page, pages)]))
}

/** The first sentence of a page. */
export const summaryOf = ({ doc }: OpPage): string => /^.*?(?:[.;](?=\s)|$)/s.exec(doc.replaceAll(/\s*\n\s*/g, ' '))![0].replace(/[.;]$/, '')

type Block = readonly [name: string, declaration: BlockDeclaration, target: Target]

/** The blocks of the library as models call them: those that need no family, then those of families. */
function blocksOf(modules: Modules): readonly Block[] {
  const plain = [...modules.prelude.names].flatMap(([name, binding]): readonly Block[] => {
    const found = declaredBy(binding, modules.prelude)
    return found?.declaration.kind === 'block' ? [[name, found.declaration, { kind: 'block', ...found, declaration: found.declaration }]] : []
  })
  const known = new Set(plain.map(([, declaration]) => declaration))
  const ofFamilies = modules.families.flatMap((family) => {
    const module = modules.family(family)
    return module.ast.declarations.flatMap((declaration): readonly Block[] =>
      declaration.kind === 'block' && !known.has(declaration)
        ? [[`${family}.${declaration.name.name}`, declaration, { kind: 'block', declaration, module }]]
        : [],
    )
  })
  return [...plain, ...ofFamilies].sort(([a], [b]) => (a < b ? -1 : 1))
}

const signatureText = (name: string, parameters: readonly Omit<OpParameter, 'doc'>[], results = ''): string =>
  `${name}(${parameters.map((one) => `${one.name}: ${one.type}${one.default === undefined ? '' : ` = ${one.default}`}`).join(', ')})${results}`

const exampleOf = (body: string): string => `model Example {\n${body.replaceAll(/^/gm, '  ')}\n}\n`

function blockPage(name: string, { doc, parameters, results }: BlockDeclaration, formals: readonly Formal[]): OpPage {
  const said = opDoc(doc)
  const written = parameters.map(({ name: { name: parameter }, type, default: value }, i): OpParameter => ({
    name: parameter,
    type: textOf(type.span),
    ...(value && { default: textOf(value.span) }),
    ...wordsOf(formals[i]?.words),
    doc: said.parameters.get(parameter) ?? '',
  }))
  const declared = results.map(({ span }) => textOf(span)).join(', ')
  const isOne = results.length === 1 && results[0]?.name === undefined
  return {
    name,
    kind: 'block',
    signature: signatureText(name, written, results.length === 0 ? '' : ` -> ${isOne ? declared : `(${declared})`}`),
    doc: said.text,
    parameters: written,
    ...(said.result === undefined ? resultOf(results) : { result: said.result }),
    weights: said.weights,
    ...(said.paper !== undefined && { paper: said.paper }),
    example: exampleOf(said.example),
  }
}

const wordsOf = (words: readonly string[] | undefined): Pick<OpParameter, 'words'> => (words ? { words } : {})

/** Of results that say all of their shapes. */
function resultOf(results: readonly Result[]): Pick<OpPage, 'result'> {
  const shapes = results.map((result) => ({ name: result.name?.name, shape: shapeOf(result) }))
  if (shapes.length === 0 || shapes.some(({ shape }) => shape === undefined)) return {}
  return { result: shapes.map(({ name, shape }) => (name === undefined ? shape : `${name} ${shape}`)).join(', ') }
}

const shapeOf = (result: Result): string | undefined =>
  result.kind === 'like' ? `the shape of ${result.model.name}` : isWhole(result.type) ? `\`${textOf(result.type.span)}\`` : undefined

const isWhole = (type: TypeExpr): boolean => type.kind === 'shape' && !/\b_\b/.test(textOf(type.span))

function primitivePage({ name, doc, paper, result, example, signature }: Primitive): OpPage {
  const parameters = Object.entries(signature).map(([parameter, { kind, default: value, doc: meaning }]): OpParameter => ({
    name: parameter,
    type: typeof kind === 'object' ? enumOf(kind.words) : types[kind],
    ...(value !== undefined && { default: valueText(value) }),
    ...wordsOf(typeof kind === 'object' ? kind.words : kind === 'padding' ? enums.get('padding') : undefined),
    doc: meaning,
  }))
  const ofNumbers = builtins.get(name)?.doc
  return {
    name,
    kind: 'primitive',
    signature: signatureText(name, parameters),
    doc: ofNumbers === undefined ? doc : `${doc}\n\n${ofNumbers}`,
    parameters,
    result,
    weights: [],
    ...(paper !== undefined && { paper }),
    example: exampleOf(example),
  }
}

const types: Readonly<Record<Kind, string>> = {
  tensor: 'tensor',
  optional_tensor: 'tensor?',
  tensors: 'tensor...',
  int: 'int',
  number: 'float',
  bool: 'bool',
  size: 'size',
  padding: 'padding',
  pads: 'padding',
  ints: 'int[]',
  axes: 'axes',
  dims: 'int[]',
}

/** The type whose words these are, where it has a name. */
const enumOf = (words: readonly string[]): string =>
  [...enums].find(([, others]) => others.join() === words.join())?.[0] ?? words.join(' | ')

const valueText = (value: unknown): string => (Array.isArray(value) ? `[${value.map(valueText).join(', ')}]` : String(value ?? 'none'))

const functionPage = ({ name, doc }: Builtin): OpPage => ({
  name,
  kind: 'function',
  signature: functionUsage[name]?.call ?? name,
  doc,
  parameters: [],
  weights: [],
  example: exampleOf(functionUsage[name]?.example ?? ''),
})

const reference = /^as in `([\w.]+)`/

/** What a parameter means is said once: `as in conv` is put in words. */
function withReferences(page: OpPage, pages: readonly OpPage[]): OpPage {
  const meant = (name: string, doc: string): string =>
    doc.replace(reference, (said, op: string) => {
      const other = pages.find((one) => one.name === op)?.parameters.find((one) => one.name === name)
      return other ? meant(name, other.doc) : said
    })
  return { ...page, parameters: page.parameters.map((one) => ({ ...one, doc: meant(one.name, one.doc) })) }
}
