import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from '../../src/compiler/compile.ts'
import type { Diagnostic } from '../../src/compiler/diagnostics/diagnostics.ts'
import { nodeHost } from '../../src/cli/files/node-host.ts'

const folder = fileURLToPath(new URL('../errors', import.meta.url))
const host = { ...nodeHost, read: (file: string) => nodeHost.read(path.join(folder, file)) }

export interface Diagnosed {
  readonly file: string
  readonly diagnostics: readonly Diagnostic[]
}

/** Everything that is said of the files under test/errors, and the same with other line breaks. */
export const corpus: readonly Diagnosed[] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.fmw'))
  .sort()
  .flatMap((file) => {
    const text = readFileSync(path.join(folder, file), 'utf8')
    return [text, text.replaceAll('\n', '\r\n')].map((own) => ({ file, diagnostics: compile(file, own, host).diagnostics }))
  })
