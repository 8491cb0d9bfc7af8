import { Reporter } from '../../compiler/diagnostics/diagnostics.ts'
import { enums } from '../../compiler/elaborate/enums.ts'
import { inputsOf } from '../../compiler/elaborate/inputs-of.ts'
import type { Target } from '../../compiler/elaborate/value.ts'
import { opDoc } from '../../compiler/library/op-doc.ts'
import { opPages, type OpPage } from '../../compiler/library/op-pages.ts'
import { Modules } from '../../compiler/reading/module.ts'
import type { Declaration, TypeExpr } from '../../compiler/syntax/ast.ts'
import { fileName } from '../../compiler/text/file-name.ts'
import type { Library } from '../../compiler/text/host.ts'
import { textOf } from '../../compiler/text/source.ts'
import type { Analysis } from '../analysis.ts'

/** What there is to say of something that can be called. */
export interface Described {
  /** As a call names it: `pool.max`, `Bottleneck`. */
  readonly name: string
  /** What stands before the name where it is declared: `block`, `model`, `const`; '' of an op. */
  readonly keyword: string
  readonly parameters: readonly DescribedParameter[]
  /** ` -> [H, W, C]` */
  readonly results: string
  readonly doc: string
  /** The shape of the result, in words. */
  readonly result?: string
  readonly paper?: string
}

interface DescribedParameter {
  readonly name: string
  readonly type: string
  readonly default?: string
  readonly words?: readonly string[]
  readonly doc: string
}

const pagesKnown = new WeakMap<Library, ReadonlyMap<string, OpPage>>()

/** The pages of the ops of the library and of the language, by name. */
export function pagesOf({ host }: Analysis): ReadonlyMap<string, OpPage> {
  let pages = pagesKnown.get(host.library)
  if (!pages) pagesKnown.set(host.library, (pages = opPages(new Modules(host, new Reporter()))))
  return pages
}

export function described(target: Target, analysis: Analysis): Described {
  const page = pageOf(target, analysis)
  if (page) return ofPage(page)
  if (target.kind === 'primitive' || target.kind === 'builtin') return { name: '', keyword: '', parameters: [], results: '', doc: '' }
  return ofDeclaration(target.declaration)
}

/** A call as its declaration has it, in several lines where one would be long. */
export function signatureText({ keyword, name, parameters, results }: Described): string {
  const head = `${keyword}${keyword && ' '}${name}`
  const texts = parameters.map(parameterText)
  const line = `${head}${parameters.length > 0 || keyword === 'block' || !keyword ? `(${texts.join(', ')})` : ''}${results}`
  return line.length <= 80 ? line : `${head}(\n${texts.map((text) => `  ${text},\n`).join('')})${results}`
}

export const parameterText = ({ name, type, default: value }: DescribedParameter): string =>
  `${name}${type && `: ${type}`}${value === undefined ? '' : ` = ${value}`}`

function pageOf(target: Target, analysis: Analysis): OpPage | undefined {
  const pages = pagesOf(analysis)
  if (target.kind === 'primitive') return pages.get(target.primitive.name)
  if (target.kind === 'builtin') return pages.get(target.builtin.name)
  const { name } = target.declaration
  if (!name.span.source.library) return undefined
  const family = fileName(name.span.source.path).replace(/\.fmw$/, '')
  return pages.get(`${family}.${name.name}`) ?? pages.get(name.name)
}

const ofPage = ({ name, signature, parameters, doc, result, paper }: OpPage): Described => ({
  name,
  keyword: '',
  parameters,
  results: signature.includes(' -> ') ? signature.slice(signature.lastIndexOf(' -> ')) : '',
  doc,
  ...(result !== undefined && { result }),
  ...(paper !== undefined && { paper }),
})

export function ofDeclaration(declaration: Declaration): Described {
  const said = opDoc(declaration.doc)
  const docOf = (name: string): string => said.parameters.get(name) ?? ''
  const parameters = (declaration.parameters ?? []).map(({ name, type, default: value }): DescribedParameter => ({
    name: name.name,
    type: textOf(type.span),
    ...(value && { default: textOf(value.span) }),
    ...wordsOf(type),
    doc: docOf(name.name),
  }))
  const inputs = declaration.kind === 'model' ? inputsOf(declaration).map(({ name, shape }) => ({ name: name.name, type: textOf(shape.span), doc: docOf(name.name) })) : []
  const results = declaration.kind === 'block' ? declaration.results.map(({ span }) => textOf(span)) : []
  const isOne = declaration.kind === 'block' && declaration.results.length === 1 && declaration.results[0]?.name === undefined
  return {
    name: declaration.name.name,
    keyword: declaration.kind,
    parameters: [...inputs, ...parameters],
    results: results.length === 0 ? '' : ` -> ${isOne ? results.join() : `(${results.join(', ')})`}`,
    doc: said.text,
    ...(said.paper !== undefined && { paper: said.paper }),
  }
}

function wordsOf(type: TypeExpr): Pick<DescribedParameter, 'words'> {
  const words = type.kind === 'named' ? enums.get(type.name.name) : undefined
  return words ? { words } : {}
}
