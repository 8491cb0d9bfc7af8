import type { Scope } from '../../../compiler/graph/graph.ts'
import { bodyOf, declarationKey, type CallBody } from './body-of.ts'
import { joinInto, numbered } from './join-into.ts'
import { formOf, mergedAlike, mergedBodies } from './merge.ts'
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

/** The parameters that not all calls give. */
export const optionalIn = ({ parameters, calls }: Shared): ReadonlySet<string> =>
  new Set(parameters.flatMap(({ name, holds }) => (holds.length < calls.length ? [name] : [])))

/** What activations are given is what they are, so that they can be handed on as functions of one tensor. */
function firstClass(program: Program, call: Scope): string {
  if (!program.isActivation(call)) return declarationKey(call)
  const [{ node }] = call.inputs as [Scope['inputs'][number]]
  const rank = 'kind' in node && !program.isElementwise(call) ? rankOf(node.type) : ''
  return `${declarationKey(call)} ${rank} ${JSON.stringify(call.arguments)}`
}

function grouped(name: string, candidates: readonly Candidate[], program: Program): readonly Shared[] {
  const byForm = new Map<string, Candidate[]>()
  for (const candidate of candidates) {
    const form = formOf(candidate.body.body)
    byForm.set(form, [...(byForm.get(form) ?? []), candidate])
  }
  let groups: readonly Shared[] = []
  for (const alike of byForm.values()) {
    const together = sharedOf(alike, program)
    for (const shared of together ? [together] : alike.map(alone)) groups = joinInto(groups, shared, (a, b) => joined(a, b, program))
  }
  return groups.map((group, i) => ({ ...group, class: numbered(name, i) }))
}

const alone = ({ call, body, weights }: Candidate): Shared => ({
  class: '',
  calls: [call],
  parameters: body.parameters,
  body: body.body,
  weights,
})

/** Calls of one form in one function, where their parameters are of one kind. */
function sharedOf(alike: readonly Candidate[], program: Program): Shared | undefined {
  const body = mergedAlike(alike.map((candidate) => candidate.body.body))
  const all = alike.map(alone)
  const [first] = all
  if (!first || !body) return undefined
  const parameters = mergedParameters(all.map((one) => one.parameters), isGeneric(first, program))
  return parameters && { ...first, calls: alike.map(({ call }) => call), parameters, body }
}

function joined(a: Shared, b: Shared, program: Program): Shared | undefined {
  const parameters = mergedParameters([a.parameters, b.parameters], isGeneric(b, program))
  const body = parameters && mergedBodies(a.body, b.body)
  return body && { ...a, calls: [...a.calls, ...b.calls], parameters, body }
}

const isGeneric = ({ calls }: Shared, program: Program): boolean =>
  calls.every((call) => program.isActivation(call) && program.isElementwise(call))

function mergedParameters(lists: readonly (readonly Parameter[])[], isGeneric: boolean): readonly Parameter[] | undefined {
  const merged = new Map<string, Case<Holds>[]>()
  for (const { name, holds } of lists.flat()) {
    const known = merged.get(name)
    if (known) known.push(...holds)
    else merged.set(name, [...holds])
  }
  const parameters = [...merged].map(([name, holds]) => ({ name, holds }))
  return isGeneric || parameters.every(({ holds }) => new Set(holds.map(kindOf)).size === 1) ? parameters : undefined
}

const kindOf = ({ value: { list, type } }: Case<Holds>): string => `${list} ${type ? rankOf(type) : ''}`
