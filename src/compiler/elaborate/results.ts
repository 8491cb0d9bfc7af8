import type { BlockDeclaration, Result, TypeExpr } from '../syntax/ast.ts'
import { printShape } from '../dim/print.ts'
import { textOf, type Origin, type Span } from '../text/source.ts'
import { fail, originAt, type Context } from './context.ts'
import type { PatternScope } from './match-shape.ts'
import type { Returned } from './run-body.ts'
import { tensorOfShape } from './stand-in.ts'
import { describe, failed, list, unknown, type Value } from './value.ts'
import { decisions, differingAxes, shownShape, writtenShape } from './written-shape.ts'
import { ownProperty } from '../text/own-property.ts'
import type { WrittenExtent } from './written-extent.ts'

/** What a block's declaration says of its results, and what its parameters were bound to. */
interface ResultSignature {
  readonly op: string
  readonly declaration: BlockDeclaration
  readonly arguments: ReadonlyMap<string, Value>
}

/** The value of a call: what the body returned, checked against the declared results. */
export function returned(
  found: Returned | undefined,
  signature: ResultSignature,
  call: Span,
  ctx: Context,
  patterns: PatternScope,
): Value {
  const inner = patterns.ctx
  const { op, declaration } = signature
  const { results, body } = declaration
  const definition = declaration.name.span
  const origin = originAt(ctx, call)
  const values = found ?? (ctx.run.standIns ? unknownResults(results, origin) : undefined)
  if (!values) {
    // a mistake in the body has been reported, or the body has no return at all
    if (!ctx.run.reporter.failed)
      fail(inner, 'statement/no-return', { name: op }, definition, {
        cause: { kind: 'no-return', body },
      })
    return failed(origin)
  }
  if (values.some((value) => value.kind === 'error')) return failed(origin)
  const [declared] = results
  // a block that declares a list may also return its elements
  if (values.length > 1 && results.length === 1 && declared?.kind === 'type' && declared.type.suffix === '...') {
    return returned([list(values, origin)], signature, call, ctx, patterns)
  }
  if (results.length > 0 && results.length !== values.length) {
    return fail(
      inner,
      'type/result-count',
      { name: op, wanted: String(results.length), found: String(values.length) },
      definition,
      {
        labels: values.map((value) => ({ origin: value.origin, text: 'returned' })),
        cause: { kind: 'missing-results', results, found: values.length, body },
      },
    )
  }
  const wrong = results.findIndex((result, i) => !fits(values[i]!, result, signature, inner))
  if (wrong >= 0) return failed(origin)
  const items = values.map((value, i) => asDeclared(value, results[i], signature, inner))
  if (items.length === 1 && results[0]?.name === undefined) return items[0]!
  return { kind: 'results', of: op, names: items.map((_, i) => results[i]?.name?.name), named: items.map((_, i) => results[i]?.name?.span), items, origin }
}

/** What a call gives whose body is not run: as many values as are declared, of which nothing else is known. */
const unknownResults = (results: readonly Result[], origin: Origin): Returned =>
  results.length === 0 ? [unknown(origin)] : results.map(() => unknown(origin))

/** Of a result that is not known what its declaration says. */
function asDeclared(value: Value, result: Result | undefined, signature: ResultSignature, inner: Context): Value {
  if (value.kind !== 'unknown' || !result) return value
  if (result.kind === 'like') {
    const model = signature.arguments.get(result.model.name)
    return model?.kind === 'tensor'
      ? tensorOfShape(
          model.node.type.shape.map(({ dim }) => dim),
          value.origin,
          inner,
        )
      : value
  }
  const written = result.type.kind === 'shape' && result.type.suffix === '' ? writtenShape(result.type.shape, inner) : undefined
  return written ? tensorOfShape(written, value.origin, inner) : value
}

function fits(value: Value, result: Result, signature: ResultSignature, inner: Context): boolean {
  if (value.kind === 'unknown') return true
  if (result.kind === 'like') return isLike(value, result, signature, inner)
  const { type } = result
  if (type.kind === 'named') return isOfType(value, type) || wrongResult(value, textOf(type.span), result, signature, inner)
  const written = writtenShape(type.shape, inner)
  if (!written) return false
  const values = type.suffix === '...' ? (value.kind === 'list' ? value.items : undefined) : [value]
  if (!values) return wrongResult(value, `a list of ${textOf(type.shape.span)}`, result, signature, inner)
  return values.every((one) => {
    if (one.kind === 'unknown') return true
    const wrong = one.kind === 'tensor' ? differingAxes(one.node.type.shape, written) : undefined
    if (wrong?.length === 0) return true
    return wrongResult(one, shownShape(type.shape, written), result, signature, inner, { wrong, written, type })
  })
}

/** The kinds of values that a named type has; enums have words. */
const kindsOf: Readonly<Record<string, readonly Value['kind'][]>> = {
  tensor: ['tensor'],
  block: ['block'],
  bool: ['bool'],
  string: ['text'],
  int: ['int'],
  float: ['int', 'float'],
  size: ['int', 'list'],
  padding: ['int', 'list', 'word'],
  init: ['int', 'float', 'list', 'word', 'init'],
}

function isOfType(value: Value, { name, lists, suffix }: TypeExpr & { kind: 'named' }): boolean {
  const depth = lists + (suffix === '...' ? 1 : 0)
  const fitsAt = (one: Value, level: number): boolean =>
    one.kind === 'unknown' ||
    (level === 0
      ? (ownProperty(kindsOf, name.name) ?? ['word']).includes(one.kind)
      : one.kind === 'list' && one.items.every((item) => fitsAt(item, level - 1)))
  return fitsAt(value, depth) || (suffix === '?' && value.kind === 'none')
}

function isLike(value: Value, result: Result & { kind: 'like' }, signature: ResultSignature, inner: Context): boolean {
  const model = signature.arguments.get(result.model.name)
  if (model?.kind === 'unknown') return true
  if (model?.kind !== 'tensor') {
    const tensors = [...signature.arguments].flatMap(([name, value]) => (value.kind === 'tensor' ? [name] : []))
    fail(inner, 'name/unknown', { what: 'parameter', name: result.model.name }, result.model.span, {
      cause: { kind: 'unknown-like', name: result.model, tensors },
    })
    return false
  }
  const wanted = model.node.type.shape
  const written = wanted.map(({ dim }) => dim)
  const wrong = value.kind === 'tensor' ? differingAxes(value.node.type.shape, written) : undefined
  if (wrong?.length === 0) return true
  return wrongResult(value, `the shape of ${result.model.name}, ${printShape(wanted)}`, result, signature, inner, { wrong, written })
}

interface WhatIsWrong {
  readonly wrong?: readonly number[] | undefined
  readonly written?: readonly WrittenExtent[]
  /** The type that is written, where it is one. */
  readonly type?: TypeExpr
}

function wrongResult(
  value: Value,
  wanted: string,
  result: Result,
  { op }: ResultSignature,
  inner: Context,
  { wrong = [], written, type }: WhatIsWrong = {},
): boolean {
  const returns = { origin: value.origin, text: `${describe(value)} is returned` }
  fail(inner, 'shape/result', { name: op, wanted, found: describe(value) }, result.span, {
    labels: value.kind === 'tensor' ? [returns, ...decisions(value.node.type.shape, wrong)] : [returns],
    ...(written ? { cause: { kind: 'wrong-result', value, written, type } } : {}),
  })
  return false
}
