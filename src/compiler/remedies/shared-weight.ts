import { textOf, indentOf } from '../text/source.ts'
import { statementsIn } from '../syntax/statements-in.ts'
import { namesAssigned } from '../elaborate/names-assigned.ts'
import { freeName } from '../fixes/free-name.ts'
import type { Remedy } from './remedy.ts'
import { surroundingsOf } from './surroundings.ts'
import { expressionAt } from './written.ts'

/** A layer of its own for the use that needs other weights. */
export const layerOfItsOwn: Remedy<'shared-weight'> = ({ use }, ctx) => {
  const expr = expressionAt(use, ctx)
  const callee = expr?.kind === 'call' ? expr.callee : expr
  if (callee?.kind !== 'name') return {}
  const body = surroundingsOf(use, ctx)?.body ?? []
  const layer = statementsIn(body).find((one) => one.kind === 'layer' && one.name.name === callee.name)
  if (layer?.kind !== 'layer') return {}
  const name = freeName(callee.name, new Set([callee.name, ...namesAssigned(body)]))
  const { source, end } = layer.span
  const copy = `layer ${name}${textOf({ ...layer.span, start: layer.name.span.end })}`
  return {
    fixes: [
      {
        title: `declare layer ${name}, with weights of its own, and use it here`,
        safety: 'unsafe',
        edits: [
          { span: { source, start: end, end }, text: `\n${indentOf(layer.span)}${copy}` },
          { span: callee.span, text: name },
        ],
      },
    ],
  }
}
