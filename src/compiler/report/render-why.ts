import { conditionsOn, printConditions } from '../dim/condition.ts'
import { variablesOf } from '../dim/expr.ts'
import { printDim } from '../dim/print.ts'
import { knowledgeOf } from '../dim/variable.ts'
import { excerpt, lineOf } from './excerpt.ts'
import type { Style } from './style.ts'
import { chainOf, placeOf } from '../text/source.ts'
import type { History, Step } from '../facts/why.ts'

/** The steps of an extent as excerpts of the text, each below what it was computed from. */
export function renderHistory({ axis, dim, steps }: History, style: Style): string {
  const gutter = Math.max(...steps.map(({ origin }) => String(lineOf(origin.span)).length)) + 1
  const lines = steps.flatMap((step, i) => {
    const { span } = step.origin
    const isResult = i === steps.length - 1
    const corner = !style.unicode ? '-->' : i === 0 ? '┌─' : '├─'
    const [inner] = chainOf(step.origin.frame)
    const mark = { span, text: textOf(step), primary: isResult }
    return [
      `${' '.repeat(gutter + 1)}${style.dim(corner)} ${placeOf(span)}`,
      ...excerpt(span.source, [mark], gutter, (_, sign) => (isResult ? style.bold(sign) : style.dim(sign)), style),
      ...(inner ? [`${' '.repeat(gutter + 1)}${style.dim('=')} in ${inner.name}, called at ${placeOf(inner.call)}`] : []),
    ]
  })
  return [style.bold(`${axis.name}${axis.said === 'numbered' ? ':' : ''} ${printDim(dim)}`), ...lines].join('\n')
}

/** `8 - 3 + 1 = 6 (x/conv/y/conv2d)`, `3 decided here`, `H decided here, H % 16 == 0`. */
function textOf({ dim, how, node }: Step): string {
  if (how !== undefined) return `${how}${node?.kind === 'op' ? ` (${node.path})` : ''}`
  const known =
    node?.kind === 'input'
      ? [...variablesOf(dim).values()].flatMap((variable) => conditionsOn(variable.name, knowledgeOf(variable)))
      : []
  return `${printDim(dim)} decided here${known.length > 0 ? `: ${printConditions(known)}` : ''}`
}
