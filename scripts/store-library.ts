// Parses std/ into dist/library/, one file for each family.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { readFile } from '../src/compiler/reading/read-file.ts'
import { storeSyntax } from '../src/compiler/syntax/stored-syntax.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
for (const file of readdirSync(path.join(root, 'std'), { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.fmw'),
)) {
  const text = readFileSync(path.join(root, 'std', file), 'utf8')
  const { ast, problems } = readFile(`std/${file}`, text, true)
  if (problems.length > 0) throw new Error(`std/${file} cannot be read: ${JSON.stringify(problems)}`)
  const target = path.join(root, 'dist/library', file.replace(/fmw$/, 'json'))
  mkdirSync(path.dirname(target), { recursive: true })
  writeFileSync(target, storeSyntax(text, ast))
}
