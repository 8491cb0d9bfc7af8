import ts from 'typescript'
import type { Source } from './sources.ts'

/** What finds a place in a text, or takes the text apart there. */
const takers: ReadonlySet<string> = new Set([
  'split',
  'indexOf',
  'lastIndexOf',
  'includes',
  'startsWith',
  'endsWith',
  'match',
  'search',
])

/** The calls of a file that look for a slash in a text: at one, before or behind a text that is put in, or by a pattern. */
export function takenApart({ file, text }: Source): readonly string[] {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const [sought] = node.arguments
      if (takers.has(node.expression.name.text) && sought && isSlash(sought)) found.push(node.getText())
    }
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return found
}

function isSlash(sought: ts.Expression): boolean {
  if (ts.isStringLiteralLike(sought)) return sought.text === '/'
  if (ts.isRegularExpressionLiteral(sought)) return sought.text.includes('\\/')
  if (!ts.isTemplateExpression(sought)) return false
  return [sought.head, ...sought.templateSpans.map(({ literal }) => literal)].some((piece) => /^\/|\/$/.test(piece.text))
}
