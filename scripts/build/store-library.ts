import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { readFile } from '../../src/compiler/reading/read-file.ts'
import { storeSyntax } from '../../src/compiler/syntax/stored-syntax.ts'

/** Parses std/ into dist/library/, one file for each family. */
export function storeLibrary(): void {
  for (const file of readdirSync('std', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.fmw'))) {
    const text = readFileSync(path.join('std', file), 'utf8')
    const { ast, problems } = readFile(`std/${file}`, text, true)
    if (problems.length > 0) throw new Error(`std/${file} cannot be read: ${JSON.stringify(problems)}`)
    const target = path.join('dist/library', file.replace(/fmw$/, 'json'))
    mkdirSync(path.dirname(target), { recursive: true })
    writeFileSync(target, storeSyntax(text, ast))
  }
}
