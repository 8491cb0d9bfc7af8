import { formalsOf, type Formal } from '../elaborate/formals.ts'
import type { Target } from '../elaborate/value.ts'
import { primitives } from '../primitives/index.ts'
import { declaredBy } from '../reading/declared-by.ts'
import type { Modules } from '../reading/module.ts'
import { opParts } from './op-parts.ts'

/** The parameters of an op of the library, or of a primitive, in order; undefined where there is none of that name. */
export function signatureOf(op: string, modules: Modules): readonly Formal[] | undefined {
  const target = blockOf(op, modules) ?? primitiveOf(op)
  return target && formalsOf(target)
}

function blockOf(op: string, modules: Modules): Target | undefined {
  const { family, name } = opParts(op)
  const isOfFamily = family !== undefined && modules.families.includes(family)
  const module = isOfFamily ? modules.family(family) : modules.prelude
  const binding = module.names.get(isOfFamily ? name : op)
  const declared = binding && declaredBy(binding, module)
  return declared?.declaration.kind === 'block'
    ? { kind: 'block', declaration: declared.declaration, module: declared.module }
    : undefined
}

function primitiveOf(op: string): Target | undefined {
  const primitive = primitives.get(op)
  return primitive && { kind: 'primitive', primitive }
}
