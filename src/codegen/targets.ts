import type { Graph } from '../compiler/graph/graph.ts'
import type { About, EmittedTexts, Imports } from './about.ts'
import type { Unsupported } from './unsupported.ts'

/** How the name of a file beside may end where it is imported. */
export type ImportExtension = 'ts' | 'js' | 'none'

/** What a model can be written as. */
export interface Target {
  /** In the words of the help. */
  readonly says: string
  /** Whether a file has a single model, or all that stand in one text. */
  readonly isSingle: boolean
  /** Whether its files can be left as they come, without being laid out for people. */
  readonly isLaidOut: boolean
  /** Whether its files import TensorFlow.js. */
  readonly importsCore: boolean
  /** How the names of files beside may end where its files import them, the usual first; empty where they import none. */
  readonly importExtensions: readonly ImportExtension[]
  /** Whether what it emits calls kernels, for which `kernels` names a backend. */
  readonly callsKernels: boolean
  readonly emit: (graphs: readonly Graph[], about: About) => Promise<EmittedTexts | { readonly unsupported: readonly Unsupported[] }>
  /** The files that all of its files import, by name, from those that `read` gives. */
  readonly companions?: (imports: Imports, read: (file: string) => string) => Promise<ReadonlyMap<string, string>>
}

/** What models are written as, by the word that asks for it; the code of each is loaded when it is asked for. */
export const targets = {
  ts: {
    says: 'a TypeScript module',
    isSingle: false,
    isLaidOut: true,
    importsCore: true,
    importExtensions: ['ts', 'js', 'none'],
    callsKernels: true,
    emit: async (graphs, about) => (await import('./tfjs/module/emit-module.ts')).emitModule(graphs, about),
    companions: async (imports, read) => (await import('./tfjs/runtime-files.ts')).runtimeFiles(read, imports),
  },
  js: {
    says: 'a JavaScript module with its types',
    isSingle: false,
    isLaidOut: true,
    importsCore: true,
    importExtensions: ['js', 'none'],
    callsKernels: true,
    emit: async (graphs, about) => (await import('./tfjs/module/emit-module.ts')).emitJavaScript(graphs, about),
    companions: async (imports, read) => (await import('./tfjs/runtime-files.ts')).compiledRuntimeFiles(read, imports),
  },
  types: {
    says: 'the types of what a bundler imports',
    isSingle: false,
    isLaidOut: true,
    importsCore: true,
    importExtensions: [],
    callsKernels: false,
    emit: async (graphs, about) => (await import('./tfjs/module/emit-module.ts')).emitDeclarations(graphs, about),
  },
  ir: {
    says: 'the graph as JSON',
    isSingle: true,
    isLaidOut: false,
    importsCore: false,
    importExtensions: [],
    callsKernels: false,
    emit: async ([graph]) => {
      const { graphToJson } = await import('../compiler/ir/write-json.ts')
      return { texts: new Map([['.ir.json', `${JSON.stringify(graphToJson(graph!), null, 2)}\n`]]) }
    },
  },
} as const satisfies Readonly<Record<string, Target>>

export type TargetName = keyof typeof targets
