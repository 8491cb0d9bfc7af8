import type { Graph } from '../../compiler/graph/graph.ts'
import { Failure, failIfAny, problem } from '../failure/failure.ts'
import type { TextData } from '../files/npy.ts'
import type { ArrayTarget } from './array-dataset.ts'
import { classProblems } from './class-problems.ts'
import { isIgnored } from './is-ignored.ts'
import { elementName } from './element-name.ts'
import { knownLabels } from './known-labels.ts'
import { listed } from './listed.ts'
import type { Target } from './opened-dataset.ts'
import { sortClassNames } from './sort-class-names.ts'

/**
 * Texts as labels: each is the name of a class, and its label the position of the name.
 *
 * @param name what they are called in what is reported
 * @throws Failure `data/classes`, `data/other-classes`, `data/label`
 */
export function namedLabels({ shape, texts }: TextData, { target, name, graph, file }: { readonly target: Target; readonly name: string; readonly graph: Graph; readonly file: string }): ArrayTarget {
  const isSaid = (text: string): boolean => !isIgnored(text, target.ignored)
  const empty = [...texts.keys()].filter((position) => texts[position] === '' && isSaid(''))
  if (empty.length > 0) {
    const notes = listed(empty.length, (n) => `${elementName(name, shape, empty[n]!)} is empty`)
    throw new Failure([problem('data/label', { count: String(empty.length), total: String(texts.length), fault: 'empty' }, { file, notes })])
  }
  const names = sortClassNames(texts.filter(isSaid))
  const classes = target.classes ?? names
  const label = knownLabels(names, classes, file)
  failIfAny(classProblems(classes, graph, target.output, file))
  return { target: { ...target, classes }, name, data: { shape, values: Float32Array.from(texts, (text) => (isSaid(text) ? label.get(text)! : target.ignored!)) } }
}
