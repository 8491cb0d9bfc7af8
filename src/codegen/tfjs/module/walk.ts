import type { Body, Statement, Tree } from './tree.ts'

/** All trees of a statement, each with those in it, also those of the statements of loops and comprehensions. */
export function treesOf(statement: Statement): readonly Tree[] {
  switch (statement.kind) {
    case 'let':
    case 'destructure':
      return within(statement.value)
    case 'return':
      return statement.values.flatMap(({ value }) => within(value))
    case 'loop':
      return [...within(statement.from), ...within(statement.to), ...treesOfBody(statement.body)]
  }
}

/** Those that a statement reads itself, not the bodies in it. */
export function ownTrees(statement: Statement): readonly Tree[] {
  const own = (tree: Tree): readonly Tree[] => [tree, ...(tree.kind === 'map' ? [tree.from, tree.to] : partsOf(tree)).flatMap(own)]
  if (statement.kind === 'loop') return [...own(statement.from), ...own(statement.to)]
  return statement.kind === 'return' ? statement.values.flatMap(({ value }) => own(value)) : own(statement.value)
}

export const treesOfBody = (body: Body): readonly Tree[] => body.flatMap(treesOf)

function within(tree: Tree): readonly Tree[] {
  return [tree, ...partsOf(tree).flatMap(within)]
}

export function partsOf(tree: Tree): readonly Tree[] {
  switch (tree.kind) {
    case 'hole':
    case 'local':
      return []
    case 'element':
      return [tree.index]
    case 'weight':
      return tree.path.filter((step) => typeof step !== 'string')
    case 'constant':
      return [tree.id]
    case 'number':
      return [tree.value]
    case 'tf':
      return [tree.fn, ...tree.args]
    case 'call':
      return [...Object.values(tree.inputs), ...(tree.weights ?? []).filter((step) => typeof step !== 'string')]
    case 'list':
      return tree.items
    case 'spread':
    case 'batch':
    case 'tidy':
      return [tree.of]
    case 'map':
      return [tree.from, tree.to, ...treesOfBody(tree.body)]
    case 'replace':
      return [...tree.old, tree.value]
    case 'choice':
      return tree.branches.map((branch) => branch.tree)
  }
}

/** The variables that a tree reads. */
export const namesIn = (tree: Tree): readonly string[] =>
  within(tree).flatMap((part) => (part.kind === 'local' ? part.names : part.kind === 'element' ? part.lists : []))

/** The variables that a body makes or assigns to. */
export const variablesIn = (body: Body): readonly string[] => [
  ...body.flatMap((statement: Statement): readonly string[] => {
    if (statement.kind === 'let') return [statement.name]
    if (statement.kind === 'destructure') return statement.names.map(({ name }) => name)
    return statement.kind === 'loop' ? variablesIn(statement.body) : []
  }),
  ...treesOfBody(body).flatMap((tree) => (tree.kind === 'map' ? variablesIn(tree.body) : [])),
]

/** The variables that a statement assigns to. */
export const assignedIn = (statement: Statement): readonly string[] => {
  if (statement.kind === 'let') return [statement.name]
  if (statement.kind === 'destructure') return statement.names.map(({ name }) => name)
  return statement.kind === 'loop' ? statement.body.flatMap(assignedIn) : []
}
