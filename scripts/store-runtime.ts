// Writes what modules that fmw emits import into dist/, as JavaScript and its types: `fmw/runtime` and the like.
import { writeFileSync } from 'node:fs'
import ts from 'typescript'
import { runtimeFiles } from '../src/codegen/tfjs/runtime-files.ts'
import { readRuntimeFile } from '../src/runtime/files/runtime-file.ts'
import { stripTypes } from '../src/unplugin/strip-types.ts'

for (const [file, text] of runtimeFiles(readRuntimeFile)) {
  const { outputText, diagnostics } = ts.transpileDeclaration(text, { fileName: file, compilerOptions: { strict: true } })
  const problems = (diagnostics ?? []).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
  if (problems.length > 0) throw new Error(`${file} cannot be declared: ${problems.join('; ')}`)
  const linked = (code: string): string => code.replaceAll(/(from |import )(['"])\.\/(fmw-\w+)\.ts\2/g, "$1'./$3.js'")
  writeFileSync(`dist/${file.replace(/ts$/, 'js')}`, linked(stripTypes(text)))
  writeFileSync(`dist/${file.replace(/ts$/, 'd.ts')}`, linked(outputText))
}
