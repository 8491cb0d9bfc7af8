import type { Scope } from '../../../compiler/graph/graph.ts'
import { bodyOf, declarationKey, type CallBody } from './body-of.ts'
import { mergedBodies } from './merge.ts'
import type { Program } from './program.ts'
import { rankOf } from './rank-of.ts'
import type { Body, Case, Holds, Parameter } from './tree.ts'
import { weightsClassesOf, type WeightsClass } from './weights-tree.ts'

/** A function of the module: what several calls share. */
export interface Shared {
  readonly class: string
  readonly calls: readonly Scope[]
  readonly parameters: readonly Parameter[]
  readonly body: Body
  readonly weights: WeightsClass
}

interface Candidate {
  readonly call: Scope
  readonly body: CallBody
  readonly weights: WeightsClass
}

/**
 * As few functions as there are declarations where their calls can share one. Calls that call others of two kinds are of two kinds
 * themselves, so the classes are refined until they stay.
 */
export function functionsOf(program: Program): readonly Shared[] {
  const weights = new Map(weightsClassesOf(program).flatMap((one) => one.calls.map(({ id }) => [id, one] as const)))
  let classes = new Map(program.calls.map((call) => [call.id, `${weights.get(call.id)!.class} ${firstClass(program, call)}`]))
  for (;;) {
    const classOf = ({ id }: Scope): string => classes.get(id) ?? ''
    const byClass = new Map<string, Candidate[]>()
    for (const call of program.calls) {
      const candidate = { call, body: bodyOf(program, call, classOf), weights: weights.get(call.id)! }
      byClass.set(classOf(call), [...(byClass.get(classOf(call)) ?? []), candidate])
    }
    const found = [...byClass].flatMap(([name, candidates]) => grouped(name, candidates, program))
    if (found.length === byClass.size) return found
    classes = new Map(found.flatMap((shared) => shared.calls.map(({ id }) => [id, shared.class] as const)))
  }
}

/** What activations are given is what they are, so that they can be handed on as functions of one tensor. */
function firstClass(program: Program, call: Scope): string {
  if (!program.isActivation(call)) return declarationKey(call)
  const [{ node }] = call.inputs as [Scope['inputs'][number]]
  const rank = 'kind' in node && !program.isElementwise(call) ? rankOf(node.type) : ''
  return `${declarationKey(call)} ${rank} ${JSON.stringify(call.arguments)}`
}

function grouped(name: string, candidates: readonly Candidate[], program: Program): readonly Shared[] {
  const groups: Shared[] = []
  for (const candidate of candidates) {
    const index = groups.findIndex((group) => withCall(group, candidate, program))
    if (index >= 0) groups[index] = withCall(groups[index]!, candidate, program)!
    else groups.push(alone(`${name}${groups.length === 0 ? '' : ` ${groups.length + 1}`}`, candidate))
  }
  return groups
}

const alone = (name: string, { call, body, weights }: Candidate): Shared => ({
  class: name,
  calls: [call],
  parameters: body.parameters,
  body: body.body,
  weights,
})

function withCall(group: Shared, { call, body }: Candidate, program: Program): Shared | undefined {
  const isGeneric = program.isActivation(call) && program.isElementwise(call)
  const parameters = mergedParameters(group.parameters, body.parameters, isGeneric)
  const merged = parameters && mergedBodies(group.body, body.body)
  return merged && { ...group, calls: [...group.calls, call], parameters, body: merged }
}

function mergedParameters(a: readonly Parameter[], b: readonly Parameter[], isGeneric: boolean): readonly Parameter[] | undefined {
  const names = [...new Set([...a, ...b].map(({ name }) => name))]
  const merged: Parameter[] = []
  for (const name of names) {
    const holds = [a, b].flatMap((list) => list.find((one) => one.name === name)?.holds ?? [])
    if (!isGeneric && new Set(holds.map(kindOf)).size > 1) return undefined
    merged.push({ name, holds })
  }
  return merged
}

const kindOf = ({ value: { list, type } }: Case<Holds>): string => `${list} ${type ? rankOf(type) : ''}`
