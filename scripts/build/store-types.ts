import { readFileSync, writeFileSync } from 'node:fs'
import { declarationsOf } from './declarations.ts'

/** Writes the types of the library and the plugin. They name no types but their own and those of packages, so that each file stands alone. */
export function storeTypes(): void {
  for (const [source, target] of [['src/index.ts', 'dist/index.d.ts'], ['src/unplugin/index.ts', 'dist/unplugin.d.ts']] as const) {
    const text = declarationsOf(source, readFileSync(source, 'utf8'))
    if (/^import [^'"]*['"]\./m.test(text)) throw new Error(`${source} cannot be declared: it names types of other files`)
    writeFileSync(target, text)
  }
}
