import type { Edit } from '../diagnostics/diagnostics.ts'
import type { Binding, Use } from '../syntax/bindings.ts'

/** Calls something otherwise, where it is made and everywhere else. */
export const renaming = ({ span, uses }: Binding, name: string): readonly Edit[] => [
  { span, text: name },
  ...uses.map((use) => renamed(use, name)),
]

/** `bias:`, a name and its value at once, becomes `bias: offset`. */
export const renamed = (use: Use, name: string): Edit =>
  use.how === 'short'
    ? { span: { ...use.argument, start: use.argument.end }, text: ` ${name}` }
    : { span: use.span, text: name }
