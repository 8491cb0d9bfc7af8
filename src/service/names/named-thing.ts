import type { Target } from '../../compiler/elaborate/value.ts'
import { inputsOf } from '../../compiler/elaborate/inputs-of.ts'
import type { Declaration, Identifier } from '../../compiler/syntax/ast.ts'
import type { BindingKind } from '../../compiler/syntax/bindings.ts'
import type { Span } from '../../compiler/text/source.ts'

/** Something that has a name, in whatever file. */
export interface NamedThing {
  /** The same wherever it is named, and of nothing else. */
  readonly key: string
  readonly kind: BindingKind | 'label' | 'result' | 'op' | 'family' | 'word'
  readonly name: string
  /** Where it is made; undefined of what no text makes. */
  readonly made: Span | undefined
}

/** A name where it stands. */
export interface Occurrence {
  readonly span: Span
  readonly thing: NamedThing
  /** `named` is that of an argument; `written` is assigned again. */
  readonly how: 'made' | 'read' | 'written' | 'named'
  /** `stride:`, a name and its value at once: all of it. */
  readonly short?: Span
  /** What the file calls it instead, where it does. */
  readonly alias?: NamedThing
}

/** What is made at a place, as a key. */
export const keyOf = ({ source: { library, path }, start }: Span): string => `${library ? 'library' : 'file'} ${path}#${start}`

export const thingMade = (kind: NamedThing['kind'], { name, span }: Identifier): NamedThing => ({ key: keyOf(span), kind, name, made: span })

export const thingDeclared = ({ kind, name }: Declaration): NamedThing => thingMade(name.span.source.library ? 'op' : kind, name)

/** What is called. */
export function thingCalled(target: Target): NamedThing {
  if (target.kind === 'primitive') return ofLanguage(target.primitive.name)
  return target.kind === 'builtin' ? ofLanguage(target.builtin.name) : thingDeclared(target.declaration)
}

const ofLanguage = (name: string): NamedThing => ({ key: `language ${name}`, kind: 'op', name, made: undefined })

/** What an argument of a name is given to; undefined where there is none. */
export function thingGiven(target: Target, name: string): NamedThing | undefined {
  if (target.kind === 'builtin') return undefined
  if (target.kind === 'primitive') {
    if (!Object.hasOwn(target.primitive.signature, name)) return undefined
    return { key: `language ${target.primitive.name}.${name}`, kind: 'parameter', name, made: undefined }
  }
  const { declaration } = target
  const parameter = declaration.parameters?.find((one) => one.name.name === name)
  if (parameter) return thingMade('parameter', parameter.name)
  const input = declaration.kind === 'model' ? inputsOf(declaration).find((one) => one.name.name === name) : undefined
  return input && thingMade('input', input.name)
}
