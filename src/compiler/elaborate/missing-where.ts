import type { Fix } from '../diagnostics.ts'
import { variablesOf } from '../dim/expr.ts'
import type { InputNode } from '../graph.ts'
import { textOf } from '../source.ts'
import type { Context } from './context.ts'

/** What can be done about a mistake. */
export interface Remedies {
  readonly notes: readonly string[]
  readonly fixes: readonly Fix[]
}

/** Conditions that are missing, at the input whose extents they speak of: `H % 16 == 0, W % 16 == 0`. */
export function missingWhere(missing: string, ctx: Context): Remedies {
  const names = [...missing.matchAll(/[A-Za-z_]\w*/g)].map(([name]) => name)
  const input = ctx.run.builder.inputs.find(({ type }) => type.shape.some(({ dim }) => [...variablesOf(dim).keys()].some((name) => names.includes(name))))
  return input ? { notes: [], fixes: [whereAt(input, missing)] } : { notes: [`it holds where ${missing}`], fixes: [] }
}

function whereAt({ origin: { span } }: InputNode, missing: string): Fix {
  const text = `${/\bwhere\b/.test(textOf(span)) ? ',' : ' where'} ${missing}`
  return { title: `require it of the input: ${textOf(span)}${text}`, edits: [{ span: { ...span, start: span.end }, text }] }
}
