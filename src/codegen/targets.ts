import type { Graph } from '../compiler/graph/graph.ts'
import type { About } from './about.ts'
import type { Unsupported } from './unsupported.ts'

/** What a model can be written as. */
interface Target {
  /** In the words of the help. */
  readonly says: string
  /** How its files end. */
  readonly ending: string
  readonly emit: (graph: Graph, about: About) => Promise<{ readonly text: string } | { readonly unsupported: readonly Unsupported[] }>
}

/** What models are written as, by the word that asks for it; the code of each is loaded when it is asked for. */
export const targets = {
  ts: {
    says: 'a TypeScript module',
    ending: '.ts',
    emit: async (graph, about) => (await import('./tfjs/module.ts')).emitModule(graph, about),
  },
  ir: {
    says: 'the graph as JSON',
    ending: '.ir.json',
    emit: async (graph) => {
      const { graphToJson } = await import('../compiler/ir/write-json.ts')
      return { text: `${JSON.stringify(graphToJson(graph), null, 2)}\n` }
    },
  },
} as const satisfies Readonly<Record<string, Target>>

export type TargetName = keyof typeof targets
