import ts from 'typescript'
import { formatModule } from '../../src/codegen/tfjs/module/format-module.ts'
import { toJavaScript } from '../../src/codegen/tfjs/module/to-javascript.ts'

/** A file of TypeScript as JavaScript that is laid out as it was: what has only types is gone with what is said of it. */
export const javaScriptOf = async (text: string): Promise<string> => formatModule(await toJavaScript(withoutTypes(text)))

function withoutTypes(text: string): string {
  const tree = ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true)
  const gone = tree.statements.filter(isOfTypes).map((statement) => ({
    // what is said of the first signature of a function is said of the function
    start: statement.getStart(tree, !ts.isFunctionDeclaration(statement)),
    end: statement.end + 1,
  }))
  const kept = [...gone, { start: text.length, end: text.length }].map(({ start }, i) => text.slice(gone[i - 1]?.end ?? 0, start))
  return kept.join('').replace(emptySection, '')
}

const isOfTypes = (statement: ts.Statement): boolean =>
  ts.isInterfaceDeclaration(statement) ||
  ts.isTypeAliasDeclaration(statement) ||
  (ts.isFunctionDeclaration(statement) && !statement.body) ||
  (ts.isVariableStatement(statement) && statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword) === true)

/** The heading of a part of which nothing is left. */
const emptySection = /^\/\/ [\w/-]+\n+(?=\/\/ [\w/-]+\n\n)/gm
