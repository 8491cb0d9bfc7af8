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
 * An output by its name, the node of a path, or the scope of one (as `fmw summary --depth` groups ops). An output is meant before a scope that is
 * called like it: where its last op has a label, the scope ends in another value.
 *
 * @param list what lists the names, as a clause for who mistook one: 'fmw show m.fmw lists them'
 * @throws UsageError with the name that is nearest
 */
export function findNodes(graph: Graph, name: string, list: string): FoundNodes {
  const nodes = namedNodes(graph)
  const output = graph.outputs.find((candidate) => candidate.name === name)?.node
  const exact = nodes.find(({ path }) => path === name)
  if (exact && (!output || output === exact)) return { result: exact, all: [exact] }
  const inside = nodes.filter(({ segments }) => pathsAround(segments).includes(name))
  if (output) return { result: output, all: inside.includes(output) ? inside : [...inside, output] }
  const last = inside.findLast(({ kind }) => kind === 'op') ?? inside.at(-1)
  if (last) return { result: last, all: inside }
  const paths = nodes.flatMap(({ path, segments }) => [...pathsAround(segments), path])
  const known = new Set([...paths, ...graph.outputs.map((candidate) => candidate.name)])
  throw new UsageError(`${graph.name} has no node ${name}${suggestion(name, known)}; ${list}`)
}

/** How a node is called in a list. */
export const kindOf = (node: Node): string => (node.kind === 'op' ? node.op : isWeight(node) ? node.kind : 'input')
