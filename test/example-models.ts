import { readdirSync, readFileSync } from 'node:fs'
import { nodeHost } from '../src/cli/files/node-host.ts'
import { compile, type Compiled } from '../src/compiler/compile.ts'
import type { Graph } from '../src/compiler/graph/graph.ts'

/** Every example, by its path below examples/. */
export const exampleFiles: readonly string[] = readdirSync('examples', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.fmw'))
  .sort()

export const compileExample = (file: string): Compiled =>
  compile(`examples/${file}`, readFileSync(`examples/${file}`, 'utf8'), nodeHost)

export const modelsOf = (file: string): readonly Graph[] => compileExample(file).graphs
