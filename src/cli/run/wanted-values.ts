import type { TensorData } from '../../codegen/tfjs/runtime/tensor-data.ts'
import { hasBatch, type Graph, type Node } from '../../compiler/graph/graph.ts'
import { UsageError } from '../exit/exit.ts'
import { encoderFor } from '../files/encode-output.ts'
import { findNodes } from '../files/find-nodes.ts'

/** A value that is written to a file. */
interface WantedValue {
  /** As it was named: an output, a node, or a scope, which stands for its last op. */
  readonly name: string
  readonly node: Node
  readonly path: string
  readonly encode: (data: TensorData) => Uint8Array
}

/**
 * What `--output` and the like name, of outputs and other nodes.
 *
 * @param list what lists the names, for who mistook one
 * @throws UsageError for a name that nothing has, and for a file of a kind that is not written
 */
export function wantedValues(graph: Graph, files: Readonly<Record<string, string>>, list: string): readonly WantedValue[] {
  return Object.entries(files).map(([name, path]) => {
    const node = findNodes(graph, name, list).result
    const encode = encoderFor(path)
    return { name, node, path, encode: (data) => encode(data, hasBatch(node.type)) }
  })
}

/** The graph that gives these values too, by the names that they were asked for. */
export function withValues(graph: Graph, wanted: readonly WantedValue[]): Graph {
  const known = new Set(graph.outputs.map(({ name }) => name))
  const more = new Map(wanted.filter(({ name }) => !known.has(name)).map(({ name, node }) => [name, node]))
  return { ...graph, outputs: [...graph.outputs, ...[...more].map(([name, node]) => ({ name, node }))] }
}

/** @throws UsageError where two values would be written to one file */
export function refuseSameFile(wanted: readonly WantedValue[]): void {
  const paths = wanted.map(({ path }) => path)
  const twice = paths.find((path, i) => paths.indexOf(path) !== i)
  if (twice !== undefined) throw new UsageError(`two outputs would be written to ${twice}`)
}
