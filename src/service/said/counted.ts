import { printDim } from '../../compiler/dim/print.ts'
import { countsOf } from '../../compiler/facts/stats.ts'
import type { Graph, OpNode, Scope } from '../../compiler/graph/graph.ts'
import { pathOf } from '../../compiler/graph/scope.ts'
import { isSamePlace, type Span } from '../../compiler/text/source.ts'
import type { Analysis } from '../analysis.ts'

/** The parts of the models that one place of the text makes. */
export interface Made {
  readonly scopes: readonly { readonly graph: Graph; readonly scope: Scope }[]
}

/** What calls of a place make; several where the block around it is called several times. */
export const madeByCall = (call: Span, { graphs }: Analysis): Made => madeBy(graphs, ({ call: at, kind }) => kind !== 'turn' && isSamePlace(at, call))

/** What all calls of a declaration make, or all turns of a loop. */
export const madeByDeclaration = (declaration: Span, { graphs }: Analysis): Made =>
  madeBy(graphs, ({ declaration: at, kind }) => kind !== 'turn' && isSamePlace(at, declaration))

const madeBy = (graphs: readonly Graph[], isMeant: (scope: Scope) => boolean): Made => ({
  scopes: graphs.flatMap((graph) => graph.scopes.filter(isMeant).map((scope) => ({ graph, scope }))),
})

/** `25,557,032 parameters, 4,089,184,256 multiply-adds`; where there are several, how many, and what they have together. */
export function countsText({ scopes }: Made): string | undefined {
  if (scopes.length === 0) return undefined
  const each = [...new Set(scopes.map(({ graph, scope }) => countText(countsOf(opsIn(graph, scope)))))]
  const all = countsOf([...new Set(scopes.flatMap(({ graph, scope }) => opsIn(graph, scope)))])
  if (all.trainable === 0 && all.nonTrainable === 0 && all.macs === 0) return undefined
  if (scopes.length === 1) return each[0]
  return `${each.length === 1 ? `${each[0]} in each of ${scopes.length} calls; ` : `${scopes.length} calls; `}together ${countText(all)}`
}

/** The paths of the weights: `stages/0/0`, of several the first and the last. */
export function pathsText({ scopes }: Made): string | undefined {
  const paths = [...new Set(scopes.map(({ graph, scope }) => pathOf(graph.scopes, scope.id)))].filter((path) => path !== '')
  return paths.length === 0 ? undefined : paths.length > 2 ? `\`${paths[0]}\` … \`${paths.at(-1)}\`` : paths.map((path) => `\`${path}\``).join(', ')
}

const known = new WeakMap<Graph, readonly (readonly OpNode[])[]>()

/** The ops of a scope and of those inside of it. */
function opsIn(graph: Graph, { id }: Scope): readonly OpNode[] {
  let byScope = known.get(graph)
  if (!byScope) {
    const found: OpNode[][] = graph.scopes.map(() => [])
    for (const node of graph.nodes) {
      if (node.kind !== 'op') continue
      for (let at = graph.scopes[node.scope]; at; at = at.parent === undefined ? undefined : graph.scopes[at.parent]) found[at.id]!.push(node)
    }
    known.set(graph, (byScope = found))
  }
  return byScope[id] ?? []
}

const countText = ({ trainable, nonTrainable, macs }: ReturnType<typeof countsOf>): string =>
  [
    `${digits(trainable)} ${trainable === 1 ? 'parameter' : 'parameters'}`,
    ...(nonTrainable === 0 ? [] : [`${digits(nonTrainable)} numbers that are not trained`]),
    `${typeof macs === 'number' ? digits(macs) : printDim(macs)} multiply-adds`,
  ].join(', ')

const digits = (number: number): string => number.toLocaleString('en-US')
