import type { Edit } from '../diagnostics/diagnostics.ts'
import type { Binding, Use } from '../syntax/bindings.ts'
import { afterColon } from './argument-edit.ts'

/** Calls something otherwise, where it is made and everywhere else. */
export const renaming = ({ span, uses }: Binding, name: string): readonly Edit[] => [
  { span, text: name },
  ...uses.map((use) => renamed(use, name)),
]

/** `bias:`, a name and its value at once, becomes `bias: offset`. */
export function renamed({ span, how }: Use, name: string): Edit {
  if (how !== 'short') return { span, text: name }
  const end = afterColon(span)
  return { span: { ...span, start: end, end }, text: ` ${name}` }
}
