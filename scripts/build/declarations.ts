import ts from 'typescript'

/** What a file exports, as its types alone; it must say the types of what it exports. */
export function declarationsOf(file: string, text: string): string {
  const { outputText, diagnostics } = ts.transpileDeclaration(text, {
    fileName: file,
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, strict: true },
  })
  const problems = (diagnostics ?? []).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
  if (problems.length > 0) throw new Error(`${file} cannot be declared: ${problems.join('; ')}`)
  return outputText
}
