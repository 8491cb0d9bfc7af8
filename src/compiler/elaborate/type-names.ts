import type { Identifier } from '../syntax/ast.ts'
import { fail, type Context } from './context.ts'
import { enums } from './enums.ts'
import type { Value } from './value.ts'

/** Whether a parameter can have that type. */
export const isType = (name: string): boolean => typeNames.includes(name) || enums.has(name)

/** Reports a type that does not exist. */
export const unknownType = (name: Identifier, ctx: Context): Value =>
  fail(ctx, 'name/unknown', { what: 'type', name: name.name }, name.span, {
    cause: { kind: 'unknown-type', name, types: typeNames },
  })

export const typeNames: readonly string[] = ['tensor', 'block', 'bool', 'string', 'int', 'float', 'size', 'axes']
