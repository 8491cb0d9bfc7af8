import { readFileSync, writeFileSync } from 'node:fs'
import { declarationsOf } from './declarations.ts'

const types = [
  ['src/index.ts', 'dist/index.d.ts'],
  ['src/unplugin/index.ts', 'dist/unplugin.d.ts'],
  ['src/format/prettier.ts', 'dist/prettier.d.ts'],
] as const

/** Writes the types of the library and the plugins. They name no types but their own and those of packages, so that each file stands alone. */
export function storeTypes(): void {
  for (const [source, target] of types) {
    const text = declarationsOf(source, readFileSync(source, 'utf8'))
    if (/^import [^'"]*['"]\./m.test(text)) throw new Error(`${source} cannot be declared: it names types of other files`)
    writeFileSync(target, text)
  }
}
