import { suggestion } from '../../../compiler/text/suggestion.ts'
import { pathText } from '../../../compiler/graph/path.ts'
import { problem, type Problem } from '../../failure/failure.ts'
import { shapeText } from '../../../codegen/tfjs/runtime/tensor-data.ts'
import type { ForeignTensor } from './foreign-file.ts'
import { fitsLayout, layouts, type Layout } from './layouts.ts'
import type { WeightUse } from './weight-uses.ts'

/** What the lines of a map say. */
export interface WeightMap {
  readonly pairs: readonly { readonly tensor: ForeignTensor; readonly use: WeightUse; readonly layout?: Layout }[]
  /** `encoder/** -> left/**`: parts, by their paths without the stars. */
  readonly parts: readonly { readonly from: string; readonly to: string }[]
  /** `weights/map`, one for each line that is wrong. */
  readonly problems: readonly Problem[]
}

/**
 * Reads a map, whose lines are `tensor -> weight`, or with how the file has it `tensor -> weight layout`, or `part/** -> part/**`; from # on a
 * line is a comment.
 */
export function parseMap(text: string, file: string, tensors: readonly ForeignTensor[], uses: readonly WeightUse[]): WeightMap {
  const [byName, byPath] = [new Map(tensors.map((tensor) => [tensor.name, tensor])), new Map(uses.map((use) => [use.weight.path, use]))]
  const pairs: WeightMap['pairs'][number][] = []
  const parts: WeightMap['parts'][number][] = []
  const problems: Problem[] = []
  const given = new Map<string, number>()
  for (const [i, written] of text.split(/\r?\n/).entries()) {
    const line = written.replace(/(?:^|\s)#.*$/, '').trim()
    if (line === '') continue
    const fail = (reason: string): void => void problems.push(problem('weights/map', { line: String(i + 1), reason }, { file }))
    const [, from, to, layout] = /^(\S+)\s+->\s+(\S+)(?:\s+(\S+))?$/.exec(line) ?? []
    if (from === undefined || to === undefined) {
      fail(`${JSON.stringify(line)} is not of the form: tensor -> weight, or: tensor -> weight layout`)
      continue
    }
    const part = partOf(from, to)
    if (part) {
      const missing = missingPart(part, tensors, uses)
      if (missing === undefined) parts.push(part)
      else fail(missing)
      continue
    }
    const [tensor, use, before] = [byName.get(from), byPath.get(to), given.get(to)]
    if (!tensor) fail(`the file has no tensor ${from}${suggestion(from, [...byName.keys()])}`)
    if (!use) fail(`the model has no weight ${to}${suggestion(to, [...byPath.keys()])}`)
    if (before !== undefined) fail(`${to} is given a tensor in line ${before} already`)
    if (!tensor || !use || before !== undefined) continue
    given.set(to, i + 1)
    const known = layouts.find((one) => one === layout)
    if (layout !== undefined && !known) fail(`${layout} is no layout: they are ${layouts.join(', ')}`)
    else if (known && !isPossible(known, tensor, use)) fail(`${from} ${shapeText(tensor.shape)} is not ${to} ${shapeText(use.shape)} as ${known}`)
    else pairs.push({ tensor, use, ...(known && { layout: known }) })
  }
  return { pairs, parts, problems }
}

const isPossible = (layout: Layout, { shape }: ForeignTensor, use: WeightUse): boolean =>
  fitsLayout(layout, shape, use) && (use.order !== undefined || !layout.endsWith('chw')) && (use.columns !== undefined || !layout.startsWith('chw-'))

/** Both with two stars at their end. */
function partOf(from: string, to: string): WeightMap['parts'][number] | undefined {
  const [, source] = /^(.+)[/.]\*\*$/.exec(from) ?? []
  const [, target] = /^(.+)\/\*\*$/.exec(to) ?? []
  return source === undefined || target === undefined ? undefined : { from: source, to: target }
}

function missingPart({ from, to }: WeightMap['parts'][number], tensors: readonly ForeignTensor[], uses: readonly WeightUse[]): string | undefined {
  if (!tensors.some(({ name }) => isWithin(name, from))) return `the file has no tensors under ${from}`
  if (!uses.some(({ weight }) => weight.segments.some((_, i) => i > 0 && pathText(weight.segments.slice(0, i)) === to))) return `the model has no weights under ${to}`
  return undefined
}

/** In a file a name is all that there is of a path. */
const isWithin = (name: string, part: string): boolean => name.startsWith(part) && /^[/.]/.test(name.slice(part.length))

interface PlannedLine {
  readonly from: string
  readonly to: string
  readonly layout: Layout
  readonly how: string
}

/** The text of a map that `parseMap` reads; what it does not say stands in comments. */
export function printMap(title: string, lines: readonly PlannedLine[], open: readonly string[]): string {
  const wide = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => text.length))
  const [from, to] = [wide(lines.map((line) => line.from)), wide(lines.map((line) => line.to))]
  const text = lines.map((line) => `${line.from.padEnd(from)} -> ${line.to.padEnd(to)} ${line.layout.padEnd(6)}  # ${line.how}`)
  return `${[`# ${title}`, '# tensor of the file -> weight of the model, and how the file has it', ...text, ...open.map((each) => `# ${each}`)].join('\n')}\n`
}
