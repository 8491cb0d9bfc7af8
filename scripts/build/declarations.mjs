// The types of the library. Its interface names no type but its own, so that one file declares all of it.
import { readFileSync, writeFileSync } from 'node:fs'
import ts from 'typescript'

export function writeDeclarations(source, target) {
  const { outputText, diagnostics } = ts.transpileDeclaration(readFileSync(source, 'utf8'), {
    fileName: source,
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, strict: true },
  })
  const problems = (diagnostics ?? []).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
  if (/^import /m.test(outputText)) problems.push('it imports types')
  if (problems.length > 0) throw new Error(`${source} cannot be declared: ${problems.join('; ')}`)
  writeFileSync(target, outputText)
}
