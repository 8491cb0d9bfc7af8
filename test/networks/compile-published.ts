import { readFileSync } from 'node:fs'
import { nodeHost } from '../../src/cli/files/node-host.ts'
import { compile, type Compiled } from '../../src/compiler/compile.ts'
import type { Published } from './published.ts'

/** Compiles one network of this folder, with some of its parameters set. */
export function compilePublished({ file, model }: Published, set: Readonly<Record<string, string>> = {}): Compiled {
  const path = `test/networks/${file}.fmw`
  return compile(path, readFileSync(path, 'utf8'), nodeHost, { model, set })
}
