import type { Graph } from '../compiler/graph/graph.ts'
import type { About } from './about.ts'
import type { Unsupported } from './unsupported.ts'

/** What a model can be written as. */
export interface Target {
  /** In the words of the help. */
  readonly says: string
  /** How its files end. */
  readonly ending: string
  /** Whether a file has a single model, or all that stand in one text. */
  readonly isSingle: boolean
  readonly emit: (graphs: readonly Graph[], about: About) => Promise<{ readonly text: string } | { readonly unsupported: readonly Unsupported[] }>
  /** The files that all of its files import, by name, from those of the room that `read` gives. */
  readonly companions?: (read: (file: string) => string) => Promise<ReadonlyMap<string, string>>
}

/** What models are written as, by the word that asks for it; the code of each is loaded when it is asked for. */
export const targets = {
  ts: {
    says: 'a TypeScript module',
    ending: '.ts',
    isSingle: false,
    emit: async (graphs, about) => (await import('./tfjs/module/emit-module.ts')).emitModule(graphs, about),
    companions: async (read) => (await import('./tfjs/runtime-files.ts')).runtimeFiles(read),
  },
  types: {
    says: 'the types of what a bundler imports',
    ending: '.d.fmw.ts',
    isSingle: false,
    emit: async (graphs, about) => (await import('./tfjs/module/emit-module.ts')).emitDeclarations(graphs, about),
  },
  ir: {
    says: 'the graph as JSON',
    ending: '.ir.json',
    isSingle: true,
    emit: async ([graph]) => {
      const { graphToJson } = await import('../compiler/ir/write-json.ts')
      return { text: `${JSON.stringify(graphToJson(graph!), null, 2)}\n` }
    },
  },
} as const satisfies Readonly<Record<string, Target>>

export type TargetName = keyof typeof targets
