import type { Parameter, TypeExpr } from '../syntax/ast.ts'
import type { Kind, Signature } from '../primitives/primitive.ts'
import { textOf } from '../text/source.ts'
import { enums, paddingWords } from './enums.ts'
import { inputsOf } from './inputs-of.ts'
import type { Target } from './value.ts'

/** A parameter as a call sees it. */
export interface Formal {
  readonly name: string
  readonly required: boolean
  readonly variadic: boolean
  readonly tensor: boolean
  /** Its type is a shape, which nothing but a tensor has. */
  readonly shaped: boolean
  /** It takes a block value, or a list of them. */
  readonly isBlock: boolean
  readonly isList: boolean
  /** The words its enum allows. */
  readonly words: readonly string[] | undefined
  /** Its type in a message. */
  readonly wanted: string
}

const known = new WeakMap<object, readonly Formal[]>()

/** The parameters of anything that can be called, in order. */
export function formalsOf(target: Target): readonly Formal[] {
  const key = target.kind === 'primitive' ? target.primitive : target.kind === 'builtin' ? target.builtin : target.declaration
  let formals = known.get(key)
  if (!formals) known.set(key, (formals = build(target)))
  return formals
}

function build(target: Target): readonly Formal[] {
  switch (target.kind) {
    case 'block':
      return target.declaration.parameters.map(ofParameter)
    case 'function':
      return (target.declaration.parameters ?? []).map(ofParameter)
    case 'model':
      return [
        ...inputsOf(target.declaration).map((input) => ({ ...tensorFormal(input.name.name, textOf(input.shape.span)), shaped: true })),
        ...target.declaration.parameters.map(ofParameter),
      ]
    case 'primitive':
      return ofSignature(target.primitive.signature)
    case 'builtin': {
      const [least, most] = target.builtin.arity
      if (most === Infinity)
        return [
          { ...tensorFormal('first', 'a value'), required: false },
          { ...tensorFormal('others', 'values'), required: false, variadic: true },
        ]
      return Array.from({ length: most }, (_, i) => ({
        ...tensorFormal(`value${most > 1 ? i + 1 : ''}`, 'a value'),
        required: i < least,
      }))
    }
  }
}

const tensorFormal = (name: string, wanted: string): Formal => ({
  name,
  required: true,
  variadic: false,
  tensor: true,
  shaped: false,
  isBlock: false,
  isList: false,
  words: undefined,
  wanted,
})

function ofParameter({ name, type, default: value }: Parameter): Formal {
  return {
    name: name.name,
    required: value === undefined && type.suffix !== '?',
    variadic: type.suffix === '...',
    tensor: isTensorType(type),
    shaped: type.kind === 'shape',
    isBlock: type.kind === 'named' && type.name.name === 'block',
    isList: type.kind === 'named' && type.lists > 0,
    words: type.kind === 'named' ? enums.get(type.name.name) : undefined,
    wanted: textOf(type.span),
  }
}

const isTensorType = (type: TypeExpr): boolean => type.kind === 'shape' || type.name.name === 'tensor'

const ofSignature = (signature: Signature): readonly Formal[] =>
  Object.entries(signature).map(([name, { kind, default: value }]) => {
    const words = typeof kind === 'object' ? kind.words : kind === 'padding' ? paddingWords : undefined
    return {
      name,
      required: value === undefined && kind !== 'optional_tensor',
      variadic: kind === 'tensors',
      tensor: kind === 'tensor' || kind === 'tensors' || kind === 'optional_tensor',
      shaped: false,
      isBlock: false,
      isList: kind === 'ints' || kind === 'dims',
      words,
      wanted: typeof kind === 'object' ? kind.words.join(' or ') : kindNames[kind],
    }
  })

const kindNames: Readonly<Record<Kind, string>> = {
  tensor: 'a tensor',
  optional_tensor: 'a tensor or none',
  tensors: 'at least one tensor',
  int: 'an int',
  number: 'a number',
  bool: 'a bool',
  size: 'a size',
  padding: 'a padding',
  pads: 'a padding',
  ints: 'a list of ints',
  axes: 'an axis, or a list of axes',
  dims: 'a list of extents',
}
