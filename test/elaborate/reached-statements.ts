import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { nodeHost } from '../../src/cli/files/node-host.ts'
import { Reporter } from '../../src/compiler/diagnostics/diagnostics.ts'
import type { Diagnostic } from '../../src/compiler/diagnostics/diagnostics.ts'
import { anyCaller } from '../../src/compiler/elaborate/callers.ts'
import { elaborated, mistakesOf } from '../../src/compiler/elaborate/check-block.ts'
import { statementsIn } from '../../src/compiler/syntax/statements-in.ts'
import { Modules } from '../../src/compiler/reading/module.ts'

export interface Reach {
  /** Statements in the blocks of the files. */
  readonly statements: number
  /** Those that are run while their block is elaborated by itself. */
  readonly run: number
  readonly mistakes: readonly Diagnostic[]
}

/** How much of the blocks in a folder is checked where it stands. */
export function reachOf(folder: string): Reach {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.fmw'))
  const parts = files.map((file) => reachOfFile(folder, file))
  return {
    statements: parts.reduce((sum, { statements }) => sum + statements, 0),
    run: parts.reduce((sum, { run }) => sum + run, 0),
    mistakes: parts.flatMap(({ mistakes }) => mistakes),
  }
}

function reachOfFile(folder: string, file: string): Reach {
  const modules = new Modules(nodeHost, new Reporter(), undefined)
  const at = path.posix.join(folder, file)
  const module = folder === 'std' ? modules.family(file.slice(0, -'.fmw'.length)) : modules.file(at, readFileSync(at, 'utf8'))
  const blocks = module.ast.declarations.filter((declaration) => declaration.kind === 'block')
  const parts = blocks.map((block) => {
    const statements = statementsIn(block.body)
    const { reached } = elaborated(block, module, modules, anyCaller)
    const mistakes = mistakesOf(block, module, modules, { advise: undefined }, () => false)
    return { statements: statements.length, run: statements.filter((one) => reached.has(one)).length, mistakes }
  })
  return {
    statements: parts.reduce((sum, { statements }) => sum + statements, 0),
    run: parts.reduce((sum, { run }) => sum + run, 0),
    mistakes: parts.flatMap(({ mistakes }) => mistakes),
  }
}
