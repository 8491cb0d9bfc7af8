import type { IToken } from 'chevrotain'
import * as t from '../../../grammar/tokens.ts'
import { enums } from '../../compiler/elaborate/enums.ts'
import type { Formal } from '../../compiler/elaborate/formals.ts'
import { typeNames } from '../../compiler/elaborate/type-names.ts'
import type { Value } from '../../compiler/elaborate/value.ts'
import { optionTypes } from '../../compiler/elaborate/weight-options.ts'
import { summaryOf } from '../../compiler/library/op-pages.ts'
import { declaredBy } from '../../compiler/reading/declared-by.ts'
import type { Binding } from '../../compiler/syntax/bindings.ts'
import { contains } from '../../compiler/text/source.ts'
import type { Analysis } from '../analysis.ts'
import type { CallAt } from '../names/call-at.ts'
import { readOf } from '../names/modules.ts'
import { occurrencesIn } from '../names/occurrences.ts'
import { declarationAround, visibleNames } from '../names/visible.ts'
import { described, ofDeclaration, pagesOf, parameterText, signatureText } from '../said/described.ts'
import { inAllCalls } from '../said/in-calls.ts'
import { typeDocs } from '../said/words.ts'

/** Something that can be written. */
export interface Item {
  readonly label: string
  readonly kind: 'value' | 'block' | 'op' | 'family' | 'parameter' | 'word' | 'keyword' | 'type' | 'label' | 'member' | 'path'
  /** The text that is put in. */
  readonly insert: string
  /** The lower, the better it fits. */
  readonly rank: number
  /** Its shape, value or signature. */
  readonly detail: string
  /** Markdown. */
  readonly doc: string
}

const plain = (label: string, kind: Item['kind'], rank: number, detail = '', doc = ''): Item => ({ label, kind, insert: label, rank, detail, doc })

/** The names of the parameters that a call has not given yet. */
export function argumentItems({ callee, formals, given, active }: CallAt, analysis: Analysis): readonly Item[] {
  const { parameters } = described(callee.target, analysis)
  // what has a default is better given by name
  const isWanted = active?.required === true || active?.variadic === true
  return formals
    .filter(({ name, variadic }) => !given.has(name) && !variadic && callee.target.kind !== 'builtin')
    .map(({ name, required }) => {
      const said = parameters.find((one) => one.name === name)
      return { ...plain(`${name}:`, 'parameter', isWanted ? (required ? 1 : 2) : 0, said ? parameterText(said) : name, said?.doc ?? ''), insert: `${name}: ` }
    })
}

/** The words of an enum, where one is wanted: of an argument, of how a weight starts, of a default. */
export function wordItems(before: readonly IToken[], call: CallAt | undefined): readonly Item[] {
  const last = before.at(-1)
  const isWeight = before[0]?.tokenType === t.Param || before[0]?.tokenType === t.State
  const ofDefault = last?.tokenType === t.Assign && before.at(-3)?.tokenType === t.Colon ? enums.get(before.at(-2)!.image) : undefined
  const words = last?.tokenType === t.Assign ? (isWeight ? enums.get('init') : ofDefault) : call?.isDirect && isFresh(last) ? call.active?.words : undefined
  return (words ?? []).map((word) => plain(word, 'word', 0))
}

/** Whether an argument begins behind a token. */
const isFresh = (token: IToken | undefined): boolean => token !== undefined && [t.OpenParen, t.Comma, t.Colon].includes(token.tokenType)

export const optionItems = ([weight]: readonly IToken[]): readonly Item[] =>
  [...optionTypes].filter(([name]) => name !== 'annealed' || weight?.tokenType === t.State).map(([name, takes]) => ({ ...plain(`${name}:`, 'parameter', 0, takes), insert: `${name}: ` }))

export const typeItems = (): readonly Item[] => [...new Set([...typeNames, ...enums.keys()])].map((name) => plain(name, 'type', 0, '', typeDocs.get(name)))

/** The parameters of a declaration whose head is being written. */
export const parameterItems = (head: readonly IToken[]): readonly Item[] =>
  head.flatMap(({ image }, i) => (head[i + 1]?.tokenType === t.Colon ? [plain(image, 'value', 0)] : []))

/** The labels that other declarations of the file have, and the one that adds nothing. */
export function labelItems(offset: number, analysis: Analysis): readonly Item[] {
  const around = declarationAround(offset, analysis)
  const labels = occurrencesIn(analysis).filter(({ thing, span }) => thing.kind === 'label' && !(around && contains(around.span, span)))
  return [
    plain('_', 'label', 0, '', 'Adds no name to the paths of the weights.'),
    ...[...new Set(labels.map(({ thing }) => thing.name))].map((name) => plain(name, 'label', 1)),
  ]
}

/** Names that a statement can assign again. */
export const statementItems = (offset: number, analysis: Analysis): readonly Item[] =>
  visibleNames(offset, analysis).filter(({ kind }) => kind === 'assigned' || kind === 'input' || kind === 'parameter').map((one) => ({ ...itemOf(one, analysis), rank: 3 }))

interface Wanted {
  /** It is called with what a pipe hands on. */
  readonly isStep: boolean
  /** The parameter that it is given to. */
  readonly wanted: Formal | undefined
  readonly before: readonly IToken[]
}

/** What can be a value, or be called. */
export function expressionItems(place: Wanted, offset: number, analysis: Analysis): readonly Item[] {
  const names = visibleNames(offset, analysis).flatMap((binding): readonly Item[] => {
    const value = valueOf(binding, analysis)
    if (place.isStep && !canCall(binding, value)) return []
    return [{ ...itemOf(binding, analysis), rank: rankOf(binding, value, place) }]
  })
  return [...(place.isStep ? [] : loopItems(place.before)), ...names, ...libraryItems(place, analysis)]
}

/** The names of the comprehensions of a statement that is being written. */
function loopItems(before: readonly IToken[]): readonly Item[] {
  const found: Item[] = []
  let isPattern = false
  for (const { tokenType, image } of before) {
    if (tokenType === t.For || tokenType === t.In) isPattern = tokenType === t.For
    else if (isPattern && tokenType === t.Identifier) found.push(plain(image, 'value', 1))
  }
  return found
}

const isBlockName = ({ kind }: Binding): boolean => kind === 'block' || kind === 'model' || kind === 'layer' || kind === 'import'

const canCall = (binding: Binding, value: Value | undefined): boolean => isBlockName(binding) || value?.kind === 'block' || (value === undefined && binding.kind === 'parameter')

function rankOf(binding: Binding, value: Value | undefined, { isStep, wanted }: Wanted): number {
  const isBlock = canCall(binding, value)
  if (isStep) return binding.kind === 'model' ? 4 : 1
  const fits = wanted ? (wanted.tensor ? value?.kind === 'tensor' : wanted.isBlock ? isBlock : value?.kind === 'int' || value?.kind === 'list') : value?.kind === 'tensor'
  return fits ? 1 : value?.kind === 'tensor' || value?.kind === 'int' ? 3 : isBlock ? 4 : 3
}

/** The ops of the library, its families, and the functions of the language. */
function libraryItems({ isStep, wanted }: Wanted, analysis: Analysis): readonly Item[] {
  const { families } = readOf(analysis).modules
  const rank = isStep ? 2 : wanted?.isBlock ? 2 : 5
  const ops = [...pagesOf(analysis).values()]
    .filter(({ name, kind }) => !name.includes('.') && !(isStep && kind === 'function'))
    .map((page) => plain(page.name, 'op', page.kind === 'block' ? rank : rank + 1, page.signature, summaryOf(page)))
  return [...ops, ...families.filter((name) => name !== 'prelude').map((name) => plain(`${name}.`, 'family', rank, 'a family of the library'))]
}

/** What a name is: its shape, its value, its signature. */
function itemOf(binding: Binding, analysis: Analysis): Item {
  const { name, kind } = binding
  const declared = readOf(analysis).module.names.get(name)
  if (kind === 'import' || kind === 'model' || kind === 'block' || kind === 'const') {
    const found = declared && declaredBy(declared, readOf(analysis).module)
    const said = found && ofDeclaration(found.declaration)
    return plain(name, found && found.declaration.kind === 'const' ? 'value' : 'block', 0, said ? signatureText(said) : '', said?.doc)
  }
  const value = valueOf(binding, analysis)
  return plain(name, value?.kind === 'block' ? 'block' : 'value', 0, inAllCalls(toldOf(binding, analysis), analysis).text)
}

const toldOf = ({ span, uses }: Binding, { names }: Analysis) =>
  [span, ...uses.filter(({ how }) => how === 'written').map((use) => use.span)].map(({ start }) => names.get(start) ?? []).findLast((told) => told.length > 0) ?? []

const valueOf = (binding: Binding, analysis: Analysis): Value | undefined => toldOf(binding, analysis).at(-1)?.value
