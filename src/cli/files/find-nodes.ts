import { isWeight, type Graph, type Node } from '../../compiler/graph/graph.ts'
import { pathsAround } from '../../compiler/graph/path.ts'
import { suggestion } from '../../compiler/text/suggestion.ts'
import { UsageError } from '../exit/exit.ts'

/** What a name on the command line stands for. */
interface FoundNodes {
  /** The value that is meant: of a scope, that of its last op. */
  readonly result: Node
  /** The node, or all of the scope in the order of computation. */
  readonly all: readonly Node[]
}

/** The nodes that have a name a user knows: inputs, weights and ops. */
export const namedNodes = ({ nodes }: Graph): readonly Node[] => nodes.filter(({ kind }) => kind !== 'constant')

/**
 * The node of a path, the scope of one (as `fmw summary --depth` groups ops), or an output by its name.
 *
 * @param list what lists the names, as a clause for who mistook one: 'fmw show m.fmw lists them'
 * @throws UsageError with the name that is nearest
 */
export function findNodes(graph: Graph, name: string, list: string): FoundNodes {
  const nodes = namedNodes(graph)
  const exact = nodes.find(({ path }) => path === name)
  if (exact) return { result: exact, all: [exact] }
  const inside = nodes.filter(({ segments }) => pathsAround(segments).includes(name))
  const last = inside.findLast(({ kind }) => kind === 'op') ?? inside.at(-1)
  if (last) return { result: last, all: inside }
  const output = graph.outputs.find((candidate) => candidate.name === name)?.node
  if (output) return { result: output, all: [output] }
  const paths = nodes.flatMap(({ path, segments }) => [...pathsAround(segments), path])
  const known = new Set([...paths, ...graph.outputs.map((candidate) => candidate.name)])
  throw new UsageError(`${graph.name} has no node ${name}${suggestion(name, known)}; ${list}`)
}

/** How a node is called in a list. */
export const kindOf = (node: Node): string => (node.kind === 'op' ? node.op : isWeight(node) ? node.kind : 'input')
