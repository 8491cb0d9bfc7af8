import { fixedShape } from '../../compiler/graph/fixed-shape.ts'
import type { WeightNode } from '../../compiler/graph/graph.ts'
import { pathsAround, pathText } from '../../compiler/graph/path.ts'
import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { importHint } from './import-hint.ts'

type Tensors = ReadonlyMap<string, TensorData>

/**
 * How a file that does not fit a model as it is would: by another program's names, a scope of either, or without a part.
 *
 * @param complete whether all weights must be given
 */
export function whatFits(weights: readonly WeightNode[], tensors: Tensors, file: string, complete: boolean): readonly string[] {
  const known = weights.filter(({ path }) => tensors.has(path))
  const others = known.length === 0 ? importHint([...tensors.keys()], file) : undefined
  if (others !== undefined) return [others]
  const fitting = known.filter((weight) => isShapeOf(weight, tensors.get(weight.path)!))
  if (known.length === weights.length && fitting.length < known.length) return fits('skip', file, known.filter((weight) => !fitting.includes(weight)), weights)
  const unexpected = [...tensors.keys()].filter((name) => !weights.some(({ path }) => path === name))
  const absent = weights.filter(({ path }) => !tensors.has(path))
  if (unexpected.length === 0 && fitting.length === known.length) return complete ? fits('part', file, absent, weights) : []
  return movedScopes(absent, new Map(unexpected.map((name) => [name, tensors.get(name)!])), file, known.length > 0)
}

const isShapeOf = ({ type }: WeightNode, { shape }: TensorData): boolean => String(fixedShape(type.shape)) === String(shape)

/** The file has the rest of the model. */
function fits(how: 'skip' | 'part', file: string, others: readonly WeightNode[], weights: readonly WeightNode[]): readonly string[] {
  if (others.length === weights.length) return []
  const scopes = scopesOf(others, weights)
  const named = scopes.slice(0, mostNamed)
  if (named.length < scopes.length) return []
  return how === 'skip'
    ? [`the rest of it fits: fmw train --weights ${file} ${named.map((scope) => `--skip '${scope}'`).join(' ')} begins with fresh weights there`]
    : [`what it has fits: fmw train --weights ${file} begins with fresh weights for ${named.join(', ')}`]
}

const mostNamed = 4

/** The outermost scopes that hold some weights and no others, as patterns; the paths of those that are in none. */
function scopesOf(some: readonly WeightNode[], all: readonly WeightNode[]): readonly string[] {
  const rest = new Set(all.filter((weight) => !some.includes(weight)).flatMap(({ segments }) => pathsAround(segments)))
  const named = some.map(({ path, segments }) => {
    const scope = pathsAround(segments).find((around) => !rest.has(around))
    return scope === undefined ? path : `${scope}/**`
  })
  return [...new Set(named)]
}

/** Scopes of the model whose weights are all absent, each with the one scope of the file that has the same under it. */
function movedScopes(absent: readonly WeightNode[], unexpected: Tensors, file: string, isMore: boolean): readonly string[] {
  const targets = contentsOf(absent.map(({ segments, type }) => ({ segments, shape: fixedShape(type.shape) })))
  const sources = contentsOf([...unexpected].map(([name, { shape }]) => ({ segments: segmentsOf(name), shape })))
  const bySource = new Map<string, string[]>()
  for (const [scope, content] of sources) bySource.set(content, [...(bySource.get(content) ?? []), scope])
  const moved: Moved[] = []
  const isWithin = (path: string, scope: string): boolean => scope === '' || path === scope || segmentsOf(scope).every((segment, i) => segmentsOf(path)[i] === segment)
  for (const [to, content] of targets) {
    if (moved.some((pair) => isWithin(to, pair.to))) continue
    // a part of what is moved already is no find of its own
    const [from, ...others] = (bySource.get(content) ?? []).filter((scope) => !moved.some((pair) => scope !== pair.from && isWithin(scope, pair.from)))
    if (from !== undefined && others.length === 0 && from !== to) moved.push({ to, from })
  }
  const covered = (scope: 'to' | 'from', path: string): boolean => moved.some((pair) => isWithin(path, pair[scope]))
  if (moved.length === 0 || !file.endsWith('.safetensors')) return []
  const option = ({ to, from }: Moved): string => `--weights ${to === '' ? '' : `${to}=`}${file}${from === '' ? '' : `:${from}`}`
  if (moved.every(({ from }) => from === '')) return [`it is for one scope of the model: ${moved.map(option).join(' or ')} fits`]
  const isOnce = new Set(moved.map(({ from }) => from)).size === moved.length
  const isRest = isMore && [...unexpected.keys()].every((name) => covered('from', name))
  if (!isOnce || !absent.every(({ path }) => covered('to', path)) || (isMore && !isRest)) return []
  return [`a scope has another name there: ${[...(isMore ? [`--weights ${file}`] : []), ...moved.map(option)].join(' ')} fits`]
}

interface Moved {
  readonly to: string
  readonly from: string
}

interface Placed {
  readonly segments: readonly string[]
  readonly shape: readonly number[]
}

/** What stands under each scope, the outermost first, as a text; under none all. */
function contentsOf(placed: readonly Placed[]): ReadonlyMap<string, string> {
  const inside = new Map<string, string[]>([['', []]])
  for (const { segments, shape } of placed)
    for (let depth = 0; depth < segments.length; depth++) {
      const scope = pathText(segments.slice(0, depth))
      const list = inside.get(scope) ?? []
      inside.set(scope, list)
      list.push(`${pathText(segments.slice(depth))} ${shape.join()}`)
    }
  const sorted = [...inside].toSorted(([a], [b]) => segmentsOf(a).length - segmentsOf(b).length || (a === '' ? -1 : 0))
  return new Map(sorted.map(([scope, list]) => [scope, list.sort().join('\n')]))
}

/** In a file a name is all that there is of a path. */
const segmentsOf = (name: string): readonly string[] => name.split('/')
