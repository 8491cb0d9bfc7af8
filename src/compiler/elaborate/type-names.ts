import { didYouMean } from '../text/did-you-mean.ts'
import type { Span } from '../text/source.ts'
import { fail, type Context } from './context.ts'
import { enums } from './enums.ts'
import { typeMeant } from './reports/other-frameworks.ts'

/** Whether a parameter can have that type. */
export const isType = (name: string): boolean => typeNames.includes(name) || Object.hasOwn(enums, name)

/** Reports a type that does not exist. */
export function unknownType(name: string, span: Span, ctx: Context): void {
  const near = typeMeant(name) ?? didYouMean(name, [...typeNames, ...Object.keys(enums)])
  fail(ctx, 'name/unknown', { what: 'type', name }, span, {
    notes: near
      ? [`did you mean ${near}?`]
      : [`the types are shapes such as [H, W, C], ${typeNames.join(', ')}, and the enums ${Object.keys(enums).join(', ')}`],
    fixes: near ? [{ title: `use ${near}`, edits: [{ span, text: near }] }] : [],
  })
}

const typeNames: readonly string[] = ['tensor', 'block', 'bool', 'string', 'int', 'float', 'size']
