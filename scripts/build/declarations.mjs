// The types of what the package exports: each file names no types but its own and those of packages, and is declared alone.
import { readFileSync, writeFileSync } from 'node:fs'
import ts from 'typescript'

export function writeDeclarations(source, target) {
  const { outputText, diagnostics } = ts.transpileDeclaration(readFileSync(source, 'utf8'), {
    fileName: source,
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, strict: true },
  })
  const problems = (diagnostics ?? []).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
  if (/^import [^']*'\.|^import [^"]*"\./m.test(outputText)) problems.push('it names types of other files')
  if (problems.length > 0) throw new Error(`${source} cannot be declared: ${problems.join('; ')}`)
  writeFileSync(target, outputText)
}
