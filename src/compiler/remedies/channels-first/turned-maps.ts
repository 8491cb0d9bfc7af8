import type { Details, Edit } from '../../diagnostics/diagnostics.ts'
import { joinDetails } from '../../diagnostics/join-details.ts'
import type { Dim } from '../../dim/expr.ts'
import { printDim, printShape } from '../../dim/print.ts'
import type { InputNode } from '../../graph/graph.ts'
import type { Context } from '../../elaborate/context.ts'
import type { OpName } from '../../library/names.ts'
import type { ListExpr } from '../../syntax/ast.ts'
import { isSamePlace } from '../../text/source.ts'
import { isNamedTurned, isPictureTurned, mapText, threeExtents, turnedNote } from '../../reading/channels-first.ts'
import { writingAll } from '../../fixes/writing.ts'
import { declaredShape } from '../written.ts'
import { turnedEdit, turnedText } from './turned-text.ts'

const nothing = joinDetails()

/** Whether the text has an input's first extent where channels stand. */
export type TreatsAsChannels = (channels: Dim, height: Dim, width: Dim) => boolean

/** Whether an input looks like [channels, height, width], and can be written otherwise. */
export const isChannelsFirst = (ctx: Context): boolean => turnedMaps(isPictureTurned, ctx).fixes.length > 0

/** What is said of an input, or a parameter of a block, that has its channels first. */
export function turnedMaps(isTreatedSo: TreatsAsChannels, ctx: Context): ReturnType<typeof joinDetails> {
  const turned = ctx.run.builder.inputs.filter((input) => looksTurned(input, ctx))
  const input = turned.find((one) => isSurelyTurned(one, ctx) || isTreatedSo(...dimsOf(one)))
  const shapes = (input ? turned : []).flatMap((one) => declaredShape(one, ctx) ?? [])
  const edits = ctx.run.modules.userFiles.flatMap(({ ast }) =>
    turnedText(ast.declarations, (shape) => shapes.some(({ span }) => isSamePlace(span, shape.span))),
  )
  const parameter = turnedParameter(ctx)
  if (parameter) return said(parameter.name, mapText(parameter.extents), edits)
  const [channels, height, width] = input?.type.shape ?? []
  if (!input || shapes.length === 0 || !channels || !height || !width) return nothing
  return {
    ...said(input.name, printShape([height, width, channels]), edits),
    labels: [{ origin: channels.origin, text: `${printDim(channels.dim)} is the height here` }],
  }
}

/** The inputs that have their channels first, with the parameters that they are given to, and nothing else of the text. */
export function turnedInputs(ctx: Context): Details {
  const turned = ctx.run.builder.inputs.filter((input) => looksTurned(input, ctx) && (isPictureTurned(...dimsOf(input)) || isNamed(input, ctx)))
  const [input] = turned
  const parameters = ctx.run.modules.userFiles
    .flatMap(({ ast }) => ast.declarations)
    .flatMap((declaration) => (declaration.kind === 'block' ? declaration.parameters : []))
    .flatMap(({ type }) => (type.kind === 'shape' && isNamedTurned(type.shape) ? [type.shape] : []))
  const edits = [...turned.flatMap((one) => declaredShape(one, ctx) ?? []), ...parameters].flatMap(turnedEdit)
  const [channels, height, width] = input?.type.shape ?? []
  return input && channels && height && width && edits.length > 0 ? said(input.name, printShape([height, width, channels]), edits) : {}
}

const said = (name: string, shape: string, edits: readonly Edit[]): ReturnType<typeof joinDetails> => ({
  labels: [],
  notes: [turnedNote(name, shape)],
  fixes: [writingAll(edits)],
})

/** A parameter of the user's block in which something happens that is written in the names of [channels, height, width]. */
function turnedParameter({ frame, run: { modules } }: Context): { readonly name: string; readonly extents: Parameters<typeof mapText>[0] } | undefined {
  let inner = frame
  while (inner?.definition.source.library) inner = inner.parent
  const definition = inner?.definition
  const block = definition && modules.userFiles.flatMap(({ ast }) => ast.declarations).find(({ name }) => isSamePlace(name.span, definition))
  for (const { name, type } of block?.parameters ?? []) {
    const extents = type.kind === 'shape' && isNamedTurned(type.shape) ? threeExtents(type.shape) : undefined
    if (extents) return { name: name.name, extents }
  }
  return undefined
}

const transpose: OpName = 'transpose'

/** Few channels before the size of a picture, any number before two that are equal, or such names; not what the text turns itself. */
function looksTurned(input: InputNode, ctx: Context): boolean {
  if (input.type.shape.length !== 3) return false
  const [first, second, third] = dimsOf(input)
  const isTransposed = ctx.run.builder.nodes.some((node) => node.kind === 'op' && node.op === transpose && node.args['x'] === input)
  const isSquare = [first, second].every((dim) => typeof dim === 'number' && dim > 1) && second === third && second !== first
  return !isTransposed && (isSquare || isPictureTurned(first, second, third) || isNamed(input, ctx))
}

const isNamed = (input: InputNode, ctx: Context): boolean => {
  const shape: ListExpr | undefined = declaredShape(input, ctx)
  return shape !== undefined && isNamedTurned(shape)
}

/** Colours are never rows. */
const isSurelyTurned = (input: InputNode, ctx: Context): boolean => isNamed(input, ctx) || (dimsOf(input)[0] === 3 && isPictureTurned(...dimsOf(input)))

const dimsOf = ({ type: { shape: [first, second, third] } }: InputNode): readonly [Dim, Dim, Dim] => [first!.dim, second!.dim, third!.dim]
