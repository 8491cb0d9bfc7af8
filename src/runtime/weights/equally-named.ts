import { bestInOrder } from './best-in-order.ts'
import { partsOf, sameShape, type Couples, type NamedShape } from './named-shape.ts'

/**
 * The weights of two lists that have one name and one shape. A number in a name is a place in a list, which moves when something
 * before it comes or goes: elements are paired in their order, so that the most in them agrees.
 */
export const equallyNamed = (from: readonly NamedShape[], to: readonly NamedShape[]): Couples => inTrees(treeOf(from), treeOf(to))

/** Weights by the parts of their names. */
interface Tree {
  own?: NamedShape
  readonly parts: Map<string, Tree>
}

const emptyTree = (): Tree => ({ parts: new Map() })

function treeOf(list: readonly NamedShape[]): Tree {
  const root = emptyTree()
  for (const weight of list) {
    let at = root
    for (const part of partsOf(weight.name)) {
      const below = at.parts.get(part) ?? emptyTree()
      at.parts.set(part, below)
      at = below
    }
    at.own = weight
  }
  return root
}

function inTrees(from: Tree, to: Tree): Couples {
  const own: Couples = from.own && to.own && sameShape(from.own, to.own) ? [[from.own, to.own]] : []
  const named = [...from.parts].flatMap(([part, a]): Couples => {
    const b = isNumber(part) ? undefined : to.parts.get(part)
    return b ? inTrees(a, b) : []
  })
  return [...own, ...named, ...inElements(elementsOf(from), elementsOf(to))]
}

type Element = readonly [place: string, content: Tree]

const isNumber = (part: string): boolean => /^\d+$/.test(part)

const elementsOf = ({ parts }: Tree): readonly Element[] =>
  [...parts].filter(([part]) => isNumber(part)).sort(([a], [b]) => Number(a) - Number(b))

/** More than this many pairs of elements take long to compare, and those of one number are taken. */
const mostPairs = 250_000

/** The more they agree the better, and where there is nothing to choose, those of one number. */
function inElements(from: readonly Element[], to: readonly Element[]): Couples {
  const most = from.length + to.length
  const places = new Map(to)
  if (from.length * to.length > mostPairs) return from.flatMap(([place, a]) => (places.has(place) ? inTrees(a, places.get(place)!) : []))
  const worth = ([i, a]: Element, [j, b]: Element): number => most * inTrees(a, b).length + (i === j ? 1 : 0)
  return bestInOrder(from, to, worth).flatMap(([[, a], [, b]]) => inTrees(a, b))
}
