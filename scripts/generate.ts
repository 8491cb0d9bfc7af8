// Writes the files that are derived from others: the TextMate grammar, the railroad diagrams, the tables of kernels, the pages of diagnostics.
// With --check it writes nothing, and fails when one of them is not what it would write.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { generatedFiles, leftovers, staleFiles } from './generate/generated-files.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const stale = staleFiles(root)

if (process.argv.includes('--check')) {
  for (const file of stale) console.error(`${file} is stale: npm run generate`)
  process.exit(stale.length > 0 ? 1 : 0)
}

const files = generatedFiles()
for (const file of leftovers(root, files)) rmSync(path.join(root, file))
for (const [file, text] of files) {
  if (!stale.includes(file)) continue
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
  writeFileSync(path.join(root, file), text)
}
console.log(`${files.size} files, ${stale.length} changed`)
