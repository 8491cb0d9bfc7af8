import type { Body, Statement, Tree } from './tree.ts'
import { holders, treesOfBody } from './walk.ts'

/** Without the statements that only give a value another name, where it can be read by the one it has. */
export function withoutAliases(body: Body, parameters: readonly string[]): Body {
  // what a comprehension makes is its own
  const inner = onTreesOf(body, (tree) => (tree.kind === 'map' ? { ...tree, body: withoutAliases(tree.body, []) } : tree))
  const candidates = aliasesIn(inner).filter((name) => !parameters.includes(name))
  return candidates.reduce((rest, name) => (isReadElsewise(rest, name) ? withoutName(rest, name) : rest), inner)
}

/** The variables that only such statements give. */
function aliasesIn(body: Body): readonly string[] {
  const plain = new Map<string, boolean>()
  const visit = (part: Body): void => {
    for (const statement of part) {
      if (statement.kind === 'loop') visit(statement.body)
      if (statement.kind === 'let') plain.set(statement.name, (plain.get(statement.name) ?? true) && isPlain(statement.value))
      if (statement.kind === 'destructure') for (const { name } of statement.names) plain.set(name, false)
    }
  }
  visit(body)
  for (const tree of treesOfBody(body)) if (tree.kind === 'map') visit(tree.body)
  return [...plain].filter(([, isAlias]) => isAlias).map(([name]) => name)
}

const isPlain = (tree: Tree): boolean =>
  tree.kind === 'local' ||
  tree.kind === 'element' ||
  (tree.kind === 'list' && tree.items.every((item) => isPlain(item) || item.kind === 'spread'))

/** Whether whoever reads that name finds the value under another. */
const isReadElsewise = (body: Body, name: string): boolean =>
  treesOfBody(body).every((tree) => {
    const names = holders(tree)
    return !names.includes(name) || names.length > 1
  })

const withoutName = (body: Body, name: string): Body =>
  onTreesOf(
    body.flatMap((statement): Body => {
      if (statement.kind === 'let' && statement.name === name) return []
      return statement.kind === 'loop' ? [{ ...statement, body: withoutName(statement.body, name) }] : [statement]
    }),
    (tree) => {
      if (tree.kind === 'local') return { ...tree, names: tree.names.filter((one) => one !== name) }
      if (tree.kind === 'element') return { ...tree, lists: tree.lists.filter((one) => one !== name) }
      return tree.kind === 'map' ? { ...tree, body: withoutName(tree.body, name) } : tree
    },
  )

function onTreesOf(body: Body, change: (tree: Tree) => Tree): Body {
  const on = (tree: Tree): Tree => change(onParts(tree, on))
  return body.map((statement): Statement => {
    switch (statement.kind) {
      case 'let':
      case 'destructure':
        return { ...statement, value: on(statement.value) }
      case 'loop':
        return { ...statement, body: onTreesOf(statement.body, change) }
      case 'return':
        return { ...statement, values: statement.values.map((one) => ({ ...one, value: on(one.value) })) }
    }
  })
}

/** The tree with its parts changed, but for the bodies of comprehensions. */
function onParts(tree: Tree, on: (tree: Tree) => Tree): Tree {
  switch (tree.kind) {
    case 'tf':
      return { ...tree, args: tree.args.map(on) }
    case 'call':
      return { ...tree, inputs: Object.fromEntries(Object.entries(tree.inputs).map(([key, value]) => [key, on(value)])) }
    case 'list':
      return { ...tree, items: tree.items.map(on) }
    case 'spread':
    case 'batch':
    case 'tidy':
      return { ...tree, of: on(tree.of) }
    case 'replace':
      return { ...tree, old: tree.old.map(on), value: on(tree.value) }
    case 'choice':
      return { ...tree, branches: tree.branches.map((branch) => ({ ...branch, tree: on(branch.tree) })) }
    default:
      return tree
  }
}
