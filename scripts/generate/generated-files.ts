import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { configSchema } from './config-schema.ts'
import { cstTypes } from './cst-types.ts'
import { diagnosticPages } from './diagnostic-pages.ts'
import { kernelTables } from './kernel-tables.ts'
import { llmsText } from './llms-text.ts'
import { opPages } from './op-pages.ts'
import { syntaxDiagrams } from './syntax-diagrams.ts'
import { textMateGrammar } from './text-mate-grammar.ts'
import { vscodeManifest } from './vscode-manifest.ts'

/** Folders that hold generated files only. */
const folders = { errors: 'docs/errors', ops: 'docs/ops' }

/** The texts of everything that is derived from other files of the repository, by path. */
export function generatedFiles(): ReadonlyMap<string, string> {
  const diagnostics = diagnosticPages()
  return new Map([
    ['grammar/fmw.tmLanguage.json', `${JSON.stringify(textMateGrammar(), null, 2)}\n`],
    ['grammar/diagrams.html', syntaxDiagrams()],
    ['grammar/cst.ts', cstTypes()],
    ['fmw.config.schema.json', configSchema()],
    ['editors/vscode/manifest.json', vscodeManifest()],
    ...kernelTables(),
    ['llms.txt', llmsText(diagnostics.get('README.md') ?? '')],
    ...inFolder(folders.errors, diagnostics),
    ...inFolder(folders.ops, opPages()),
  ])
}

const inFolder = (folder: string, pages: ReadonlyMap<string, string>) =>
  [...pages].map(([file, text]) => [path.posix.join(folder, file), text] as const)

/** What on disk is not what would be generated: files that differ or are missing, and pages that nothing generates any more. */
export function staleFiles(root: string): readonly string[] {
  const files = generatedFiles()
  const differing = [...files].filter(([file, text]) => textAt(path.join(root, file)) !== text).map(([file]) => file)
  return [...differing, ...leftovers(root, files)]
}

/** Pages of codes and ops that do not exist any more. */
export const leftovers = (root: string, files: ReadonlyMap<string, string>): readonly string[] =>
  Object.values(folders)
    .filter((folder) => existsSync(path.join(root, folder)))
    .flatMap((folder) => readdirSync(path.join(root, folder)).map((file) => path.posix.join(folder, file)))
    .filter((file) => !files.has(file))

const textAt = (file: string): string | undefined => (existsSync(file) ? readFileSync(file, 'utf8') : undefined)
