import ts from 'typescript'
import type { SourceModules } from './source-modules.ts'

/** What a walk through functions meets at the end of its ways. */
export interface Ends {
  /** Something of a file that is not looked into: its name there, members of members with dots between. */
  readonly foreign: (file: string, name: string) => void
  /** The call of a method, on anything. */
  readonly method?: (name: string) => void
  /** A call, with what is called where that is a name. */
  readonly called?: (name: string, args: readonly ts.Expression[]) => void
  /** Whether a condition never holds. */
  readonly isNever?: (condition: ts.Expression) => boolean
}

/** Walks through all that something reaches which a file declares, as its text says it: other functions, and what they read. */
export function walkReached(modules: SourceModules, file: string, name: string, ends: Ends): void {
  const seen = new Set<string>()
  const enter = (from: string, declared: string): void => {
    const key = `${from} ${declared}`
    if (seen.has(key)) return
    seen.add(key)
    for (const node of modules.module(from)?.declarations.get(declared) ?? []) visit(node, from)
  }
  enter(file, name)

  function visit(node: ts.Node, from: string): void {
    if (ts.isTypeNode(node)) return
    if (ts.isIfStatement(node) || ts.isConditionalExpression(node)) {
      const [condition, then, otherwise] = ts.isIfStatement(node)
        ? [node.expression, node.thenStatement, node.elseStatement]
        : [node.condition, node.whenTrue, node.whenFalse]
      visit(condition, from)
      if (!ends.isNever?.(condition)) visit(then, from)
      if (otherwise) visit(otherwise, from)
      return
    }
    if (ts.isCallExpression(node)) {
      if (ts.isPropertyAccessExpression(node.expression)) ends.method?.(node.expression.name.text)
      if (ts.isIdentifier(node.expression)) ends.called?.(node.expression.text, node.arguments)
    }
    if (ts.isPropertyAccessExpression(node)) return visitMember(node, from)
    if (ts.isPropertyAssignment(node)) return visit(node.initializer, from)
    if (ts.isIdentifier(node)) return visitName(node.text, [], from)
    ts.forEachChild(node, (child) => visit(child, from))
  }

  function visitMember(node: ts.PropertyAccessExpression, from: string): void {
    const members = [node.name.text]
    let of: ts.Expression = node.expression
    for (; ts.isPropertyAccessExpression(of); of = of.expression) members.unshift(of.name.text)
    if (ts.isIdentifier(of)) visitName(of.text, members, from)
    else visit(of, from)
  }

  function visitName(local: string, members: readonly string[], from: string): void {
    const found = modules.module(from)
    if (found?.declarations.has(local)) return enter(from, local)
    const imported = found?.imports.get(local)
    if (!imported) return
    if (!modules.module(imported.from)) return ends.foreign(imported.from, imported.name === '*' ? members.join('.') : imported.name)
    const declared = modules.exported(imported.from, imported.name === '*' ? (members[0] ?? '') : imported.name)
    if (declared && modules.module(declared.from)) enter(declared.from, declared.name)
    else if (declared) ends.foreign(declared.from, declared.name)
  }
}
