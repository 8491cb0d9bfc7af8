import { isWeight, type Graph, type OpNode } from '../../../compiler/graph/graph.ts'
import type { Expression } from '../../../compiler/primitives/tfjs/expression.ts'
import type { Backend } from '../../about.ts'
import type { Unsupported } from '../../unsupported.ts'
import { kernelsOf } from '../kernels/kernels-of.ts'
import { emittedExpression } from './emitted-expression.ts'

/** The names of the kernels that modules with these models need to predict, in order, or the nodes for which the backend has none. */
export function neededKernels(
  graphs: readonly Graph[],
  backend: Backend,
): { readonly kernels: readonly string[] } | { readonly unsupported: readonly Unsupported[] } {
  const unsupported = graphs.flatMap((graph) =>
    opsIn(graph).flatMap((node) =>
      callsIn(node).flatMap((fn) =>
        kernelsOf(fn, backend).lacking.map((kernel) => ({ node, reason: `${fn} calls the kernel ${kernel}, which the backend ${backend} lacks` })),
      ),
    ),
  )
  if (unsupported.length > 0) return { unsupported }
  const kernels = new Set(functionsOf(graphs).flatMap((fn) => kernelsOf(fn, backend).kernels))
  return { kernels: [...kernels].sort() }
}

/** What modules with these models call, as expressions name it. */
function functionsOf(graphs: readonly Graph[]): readonly string[] {
  const called = graphs.flatMap((graph) => opsIn(graph).flatMap(callsIn))
  const hasBounds = graphs.some(({ nodes }) => nodes.some((node) => isWeight(node) && node.within))
  // outputs that are somebody else's are cloned
  return [...new Set([...called, 'runtime.model', 'clone', ...(hasBounds ? ['runtime.bounds'] : [])])]
}

const opsIn = ({ nodes }: Graph): readonly OpNode[] => nodes.filter((node) => node.kind === 'op')

function callsIn(node: OpNode): readonly string[] {
  const expression = emittedExpression(node)
  return 'unsupported' in expression ? [] : callsOf(expression)
}

function callsOf(expression: Expression): readonly string[] {
  if (expression.kind === 'call') return [expression.fn, ...expression.args.flatMap(callsOf)]
  if (expression.kind === 'array') return expression.items.flatMap(callsOf)
  return expression.kind === 'batch' ? callsOf(expression.of) : []
}
