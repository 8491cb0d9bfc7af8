import { writeFileSync } from 'node:fs'
import { runtimeFiles } from '../../src/codegen/tfjs/runtime-files.ts'
import { readRuntimeFile } from '../../src/runtime/files/runtime-file.ts'
import { stripTypes } from '../../src/unplugin/strip-types.ts'
import { declarationsOf } from './declarations.ts'

/** Writes what modules that fmw emits import as JavaScript and its types: `fmw/runtime` and the like. */
export function storeRuntime(): void {
  for (const [file, text] of runtimeFiles(readRuntimeFile)) {
    writeFileSync(`dist/${file.replace(/ts$/, 'js')}`, linked(stripTypes(text)))
    writeFileSync(`dist/${file.replace(/ts$/, 'd.ts')}`, linked(declarationsOf(file, text)))
  }
}

/** The files as they import each other in dist/. */
const linked = (code: string): string => code.replaceAll(/(from |import )(['"])\.\/(fmw-\w+)\.ts\2/g, "$1'./$3.js'")
