import type { Graph } from '../../compiler/graph/graph.ts'
import { Failure, failIfAny, problem } from '../failure/failure.ts'
import type { TextData } from '../files/npy.ts'
import type { ArrayTarget } from './array-dataset.ts'
import { classProblems, rarestClass } from './class-problems.ts'
import { isIgnored, isNan } from './is-ignored.ts'
import { elementName, type Cells } from './element-name.ts'
import { isNumber, isNumeral, noNumber } from './is-number.ts'
import { knownLabels } from './known-labels.ts'
import { listed } from './listed.ts'
import type { Target } from './opened-dataset.ts'
import { sortClassNames } from './sort-class-names.ts'

interface About {
  readonly target: Target
  /** What they are called in what is reported. */
  readonly name: string
  readonly graph: Graph
  readonly file: string
  /** Where they stand in a table that they were read from. */
  readonly cells?: Cells
}

/**
 * Texts as labels: each is the name of a class, and its label the position of the name.
 *
 * @throws Failure `data/classes`, `data/other-classes`, `data/label`
 */
export function namedLabels({ shape, texts }: TextData, { target, name, graph, file, cells }: About): ArrayTarget {
  const isSaid = (text: string): boolean => !isIgnored(text, target.ignored)
  const places = (isMeant: (text: string) => boolean, said: (text: string) => string): readonly string[] => {
    const found = [...texts.keys()].filter((position) => isSaid(texts[position]!) && isMeant(texts[position]!))
    return listed(found.length, (n) => `${elementName(name, shape, found[n]!, cells)} is ${said(texts[found[n]!]!)}`)
  }
  const isMissing = (text: string): boolean => text === '' || isNan(text)
  const missing = texts.filter((text) => isMissing(text) && isSaid(text))
  if (missing.length > 0) {
    const notes = [...places(isMissing, (text) => text || 'empty'), 'what is missing is left out with --ignore nan']
    throw new Failure([problem('data/label', { count: String(missing.length), total: String(texts.length), fault: 'missing' }, { file, notes })])
  }
  const names = sortClassNames(texts.filter(isSaid))
  const classes = target.classes ?? names
  const label = knownLabels(names, classes, file, (unknown) => places((text) => unknown.includes(text), (text) => JSON.stringify(text)))
  // among numbers a text is a slip, and no name
  const isOfNumbers = 2 * texts.filter(isNumeral).length > texts.length
  const slips = isOfNumbers ? places((text) => !isNumber(text), noNumber) : []
  const counts = new Map(classes.map((name) => [name, 0]))
  for (const text of texts) if (isSaid(text)) counts.set(text, counts.get(text)! + 1)
  const rarest = slips.length > 0 ? [] : rarestClass(counts, (text) => elementName(name, shape, texts.indexOf(text), cells))
  failIfAny(classProblems(classes, graph, target.output, file, slips, rarest))
  return { target: { ...target, classes }, name, ...(cells && { cells }), data: { shape, values: Float32Array.from(texts, (text) => (isSaid(text) ? label.get(text)! : target.ignored!)) } }
}
