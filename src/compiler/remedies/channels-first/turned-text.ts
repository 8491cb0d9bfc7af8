import type { BlockDeclaration, CallExpr, Declaration, Expr, ListExpr, ModelDeclaration, Statement } from '../../syntax/ast.ts'
import type { Edit } from '../../diagnostics/diagnostics.ts'
import type { OpName } from '../../library/names.ts'
import { calleeName } from '../../syntax/callee-name.ts'
import { statementsIn } from '../../syntax/statements-in.ts'
import { textOf } from '../../text/source.ts'
import { callsIn, reshapeTarget } from '../written-reshapes.ts'
import { isNamedTurned, mapText, threeExtents } from '../../reading/channels-first.ts'

/**
 * What has the channels first in declarations, written as maps have it.
 *
 * @param isTurnedInput says which inputs are meant; those that are written in such names are anyway
 */
export const turnedText = (declarations: readonly Declaration[], isTurnedInput: (shape: ListExpr) => boolean): readonly Edit[] =>
  declarations.flatMap((declaration) => {
    if (declaration.kind === 'const') return []
    const shapes = turnedShapes(declaration, isTurnedInput)
    return shapes.length > 0 ? editsIn(declaration, shapes) : []
  })

/** The shapes of inputs and parameters that have the channels first. */
function turnedShapes(declaration: ModelDeclaration | BlockDeclaration, isTurnedInput: (shape: ListExpr) => boolean): readonly ListExpr[] {
  const inputs = declaration.body.flatMap((statement) => (statement.kind === 'input' ? [statement.shape] : []))
  const given = declaration.parameters.flatMap(({ type }) => (type.kind === 'shape' ? [type.shape] : []))
  return [...inputs.filter((shape) => isTurnedInput(shape) || isNamedTurned(shape)), ...given.filter(isNamedTurned)]
}

function editsIn(declaration: ModelDeclaration | BlockDeclaration, shapes: readonly ListExpr[]): readonly Edit[] {
  const results = declaration.kind === 'block' ? declaration.results : []
  const statements = statementsIn(declaration.body)
  const sizes = new Set(['1,1', ...shapes.map(sizeText)])
  const written = [
    ...shapes,
    ...results.flatMap((result) => (result.kind === 'type' && result.type.kind === 'shape' ? [result.type.shape] : [])),
    ...statements.flatMap((statement) => ((statement.kind === 'assign' || statement.kind === 'output') && statement.shape) || []),
  ]
  return [
    ...written.flatMap(turnedEdit),
    ...statements.flatMap(scaleEdit),
    ...callsIn(declaration.body).flatMap((call) => callEdits(call, sizes)),
  ]
}

const sizeText = (shape: ListExpr): string => shape.items.slice(1).map(({ value }) => textOf(value.span)).join()

/** A shape of three extents as a map has it. */
export function turnedEdit(shape: ListExpr): readonly Edit[] {
  const extents = threeExtents(shape)
  return extents ? [{ span: shape.span, text: mapText(extents) }] : []
}

const isOne = (expr: Expr): boolean => expr.kind === 'number' && expr.value === 1

/** A weight for each channel, `[C, 1, 1]`, is a vector. */
export function scaleEdit(statement: Statement): readonly Edit[] {
  const [channels, height, width] = (statement.kind === 'weight' && threeExtents(statement.shape)) || []
  if (statement.kind !== 'weight' || !channels || !height || !width || isOne(channels) || !isOne(height) || !isOne(width)) return []
  return [{ span: statement.shape.span, text: `[${textOf(channels.span)}]` }]
}

/** A weight `[filters, channels, height, width]` as a kernel has it; for each channel on its own it is `[height, width, channels, 1]`. */
export function kernelEdits(statement: Statement): readonly Edit[] {
  if (statement.kind !== 'weight') return []
  const [filters, channels, height, width, ...others] = statement.shape.items.map(({ value }) => value)
  if (!filters || !channels || !height || !width || others.length > 0 || textOf(height.span) !== textOf(width.span)) return []
  const order = isOne(channels) ? [height, width, filters, channels] : [height, width, channels, filters]
  return [{ span: statement.shape.span, text: `[${order.map(({ span }) => textOf(span)).join(', ')}]` }]
}

const concat: OpName = 'fuse.concat'

/** What calls have of such shapes: the target of a reshape, the axis of a concatenation. */
function callEdits(call: CallExpr, sizes: ReadonlySet<string>): readonly Edit[] {
  if (calleeName(call) === concat) {
    const axis = call.args.find((arg) => arg.kind === 'named' && arg.name.name === 'axis')?.value
    return axis?.kind === 'number' && axis.value === 0 ? [{ span: axis.span, text: '2' }] : []
  }
  const shape = reshapeTarget(call)
  return shape && sizes.has(sizeText(shape)) ? turnedEdit(shape) : []
}
