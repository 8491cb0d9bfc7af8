import { writeFileSync } from 'node:fs'
import { usualCore } from '../../src/codegen/about.ts'
import { formatModule } from '../../src/codegen/tfjs/module/format-module.ts'
import { runtimeFiles } from '../../src/codegen/tfjs/runtime-files.ts'
import { readRuntimeFile } from '../../src/runtime/files/runtime-file.ts'
import { declarationsOf } from './declarations.ts'
import { javaScriptOf } from './javascript.ts'

/** Writes what modules that fmw emits import as JavaScript and its types: they are emitted with those, and are `fmw/runtime` and the like. */
export async function storeRuntime(): Promise<void> {
  const files = runtimeFiles(readRuntimeFile, { core: usualCore, ending: '.js' })
  for (const [file, text] of files) {
    const heading = text.slice(0, text.indexOf('\n'))
    writeFileSync(`dist/${file.replace(/ts$/, 'js')}`, await javaScriptOf(text))
    writeFileSync(`dist/${file.replace(/ts$/, 'd.ts')}`, `${heading}\n\n${await formatModule(apart(declarationsOf(file, text)))}`)
  }
}

/** Declarations with an empty line behind each. */
const apart = (text: string): string => text.replace(/^(?:\S.*)?[;}]$/gm, (end) => `${end}\n`)
