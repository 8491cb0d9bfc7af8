import type { Remedy } from './remedy.ts'
import { textOf } from '../text/source.ts'

/** `H >= 512, H <= 256`, where nothing is between: the numbers the other way round. */
export const exchangedBounds: Remedy<'contradicting-where'> = ({ conditions }) => {
  const [first, second, ...others] = conditions
  if (first?.kind !== 'compare' || second?.kind !== 'compare' || others.length > 0) return {}
  if (!isBound(first.op) || !isBound(second.op) || first.right.kind !== 'number' || second.right.kind !== 'number') return {}
  const [a, b] = [first.right.span, second.right.span]
  const edits = [{ span: a, text: textOf(b) }, { span: b, text: textOf(a) }]
  const written = (condition: typeof first, text: string): string => `${textOf(condition.left.span)} ${condition.op} ${text}`
  return { fixes: [{ title: `write ${written(first, textOf(b))}, ${written(second, textOf(a))}`, edits }] }
}

const isBound = (op: string): boolean => op.startsWith('<') || op.startsWith('>')
