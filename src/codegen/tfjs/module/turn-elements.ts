import { pathsIn, printPath, type Printing } from './print-tree.ts'
import type { Body, Hole, Step } from './tree.ts'
import { ownTreesOfBody } from './walk.ts'

/** A loop or a comprehension. */
export interface Turns {
  readonly variable: string
  readonly from: Hole
  readonly to: Hole
  readonly body: Body
}

interface Elements {
  /** What is gone over, and what its element is called. */
  readonly list: string
  readonly element: string
  /** The turns, with that name in place of the element. */
  readonly lines: readonly string[]
}

/** The weights of which there is one for each turn, as the turns read them; undefined where no list has just as many as there are turns. */
export function elementsOf({ variable, from, to, body }: Turns, printing: Printing, lines: readonly string[]): Elements | undefined {
  if (from.cases.some(({ value }) => value !== 0)) return undefined
  const depth = printing.around.loops.length - 1
  const isTurn = (step: Step | undefined): boolean =>
    typeof step === 'object' && step.cases.every(({ at, value }) => at.turns[depth] === value)
  const text = lines.join('\n')
  for (const path of ownTreesOfBody(body).flatMap(pathsIn)) {
    const step = path.findIndex(isTurn)
    const before = path.slice(0, step)
    if (step < 0 || !to.cases.every(({ at, value }) => printing.lengthAt(before, at) === value)) continue
    const list = printPath(before, printing)
    const found = printing.wording.element(list, variable)
    if (list.includes('given(') || !text.includes(found)) continue
    const element = elementName(list, text, printing)
    return { list, element, lines: lines.map((line) => line.replaceAll(found, element)) }
  }
  return undefined
}

/** What a turn reads several times of its element of the weights has a name. */
export function withElements(lines: readonly string[], variable: string, printing: Printing): readonly string[] {
  const text = lines.join('\n')
  const element = new RegExp(`\\bat\\((w[\\w.]*|at\\(w[\\w.]*, \\w+\\)[\\w.]*), ${variable}\\)`, 'g')
  const counts = new Map<string, number>()
  // what is read first under a condition need not be there
  const sure = lines.slice(0, lines.findIndex((line) => /^if \(| \? |&&|\|\|/.test(line)) >>> 0).join('\n')
  for (const [found] of text.matchAll(element)) if (sure.includes(found)) counts.set(found, (counts.get(found) ?? 0) + 1)
  return [...counts]
    .filter(([, count]) => count > 1)
    .reduce<readonly string[]>((rest, [found]) => {
      const name = elementName(found.slice(0, found.lastIndexOf(`, ${variable})`)), rest.join('\n'), printing)
      return [`const ${name} = ${found}`, ...rest.map((line) => line.replaceAll(found, name))]
    }, lines)
}

/** `stage` of `w.stages`, `unit` of a stage; what no plural names is `weights`, or an `element`. */
function elementName(list: string, text: string, { declared }: Printing): string {
  const last = /(\w+)$/.exec(list)?.[1]
  const singular = last?.replace(/(ch|sh|x|ss)es$|s$/, '$1')
  const taken = new Set([...declared, ...(text.match(/(?<![.\w])\w+/g) ?? [])])
  const own = last === undefined ? ['unit'] : singular === last || singular === undefined ? [] : [singular]
  const [first] = [...own, 'weights', 'element'].filter((name) => !taken.has(name))
  if (first) return first
  let count = 2
  while (taken.has(`element${count}`)) count++
  return `element${count}`
}
