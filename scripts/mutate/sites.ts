import ts from 'typescript'

/** A change of a text that its tests should notice. */
export interface Mutant {
  readonly path: string
  readonly start: number
  readonly end: number
  readonly original: string
  readonly replacement: string
  readonly what: string
}

const { SyntaxKind } = ts

/** Operators with what each is exchanged for. */
const exchanged: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [SyntaxKind.LessThanToken, '<='],
  [SyntaxKind.LessThanEqualsToken, '<'],
  [SyntaxKind.GreaterThanToken, '>='],
  [SyntaxKind.GreaterThanEqualsToken, '>'],
  [SyntaxKind.EqualsEqualsEqualsToken, '!=='],
  [SyntaxKind.ExclamationEqualsEqualsToken, '==='],
  [SyntaxKind.PlusToken, '-'],
  [SyntaxKind.MinusToken, '+'],
  [SyntaxKind.AsteriskToken, '/'],
  [SyntaxKind.SlashToken, '*'],
  [SyntaxKind.AmpersandAmpersandToken, '||'],
  [SyntaxKind.BarBarToken, '&&'],
])

/** Methods and functions that are as easily taken for one another. */
const confused: ReadonlyMap<string, string> = new Map(
  [
    ['ceil', 'floor'],
    ['min', 'max'],
    ['some', 'every'],
    ['find', 'findLast'],
  ].flatMap(([a, b]) => [
    [a!, b!],
    [b!, a!],
  ]),
)

/** Every mutant of a text, in its order. */
export function mutantsOf(path: string, text: string): readonly Mutant[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const found: Mutant[] = []
  const replace = (node: ts.Node, replacement: string, what: string): void => {
    found.push({ path, start: node.getStart(source), end: node.end, original: node.getText(source), replacement, what })
  }
  const visit = (node: ts.Node): void => {
    // types mean nothing at run time
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return
    if (ts.isBinaryExpression(node)) {
      const { operatorToken } = node
      const other = exchanged.get(operatorToken.kind)
      if (other) replace(operatorToken, other, `${operatorToken.getText(source)} for ${other}`)
    }
    if (ts.isPrefixUnaryExpression(node) && node.operator === SyntaxKind.ExclamationToken)
      replace(node, node.operand.getText(source), 'no negation')
    if (ts.isNumericLiteral(node)) replace(node, `(${node.getText(source)} + 1)`, 'one more')
    if (node.kind === SyntaxKind.TrueKeyword) replace(node, 'false', 'true for false')
    if (node.kind === SyntaxKind.FalseKeyword) replace(node, 'true', 'false for true')
    if (ts.isPropertyAccessExpression(node) && ts.isCallExpression(node.parent) && node.parent.expression === node) {
      const other = confused.get(node.name.text)
      if (other) replace(node.name, other, `${node.name.text} for ${other}`)
    }
    if (ts.isIfStatement(node) && !node.elseStatement && isExit(node.thenStatement)) replace(node, ';', 'no early exit')
    if (ts.isArrayLiteralExpression(node) && node.elements.length > 1) for (const [i, element] of node.elements.entries()) {
      const rest = node.elements.filter((_, k) => k !== i).map((other) => other.getText(source))
      replace(node, `[${rest.join(', ')}]`, `without ${element.getText(source)}`)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** Whether a statement only leaves what it stands in. */
function isExit(statement: ts.Statement): boolean {
  const only = ts.isBlock(statement) && statement.statements.length === 1 ? statement.statements[0]! : statement
  return ts.isReturnStatement(only) || ts.isContinueStatement(only) || ts.isBreakStatement(only) || ts.isThrowStatement(only)
}
