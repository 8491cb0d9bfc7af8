import { keyOf } from '../dim/expr.ts'
import type { Attribute, OpNode, Shape } from '../graph/graph.ts'

/** A text that two attributes share just where they are equal. */
export function attributeKey(attribute: Attribute): string {
  if (attribute === null || typeof attribute !== 'object') return Object.is(attribute, -0) ? '-0' : JSON.stringify(attribute) + String(attribute)
  return 'terms' in attribute ? `(${keyOf(attribute)})` : `[${attribute.map(attributeKey).join()}]`
}

export const attributesKey = ({ attributes }: OpNode): string =>
  Object.keys(attributes)
    .sort()
    .map((name) => `${name}: ${attributeKey(attributes[name]!)}`)
    .join()

export const shapeKey = (shape: Shape): string => shape.map(({ dim }) => keyOf(dim)).join()
