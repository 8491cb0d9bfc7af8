import ts from 'typescript'
import type { Source } from './sources.ts'

interface Counted {
  readonly name: string
  readonly lines: number
}

/** The functions of a file that have more lines than `most`, those within others too. */
export function longFunctions({ file, text }: Source, most: number): readonly Counted[] {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const found: Counted[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body) {
      const line = (offset: number) => tree.getLineAndCharacterOfPosition(offset).line
      const lines = line(node.end) - line(node.getStart(tree)) + 1
      if (lines > most) found.push({ name: nameOf(node), lines })
    }
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return found
}

/** Of a function without a name, the name of what it is given to. */
function nameOf(node: ts.SignatureDeclaration): string {
  if (node.name) return node.name.getText()
  return ts.isVariableDeclaration(node.parent) || ts.isPropertyAssignment(node.parent)
    ? node.parent.name.getText()
    : 'a function without a name'
}
