import type { Body, Statement, Tree } from './tree.ts'

/** What stands in a statement itself. */
function treesIn(statement: Statement): readonly Tree[] {
  switch (statement.kind) {
    case 'let':
    case 'destructure':
      return [statement.value]
    case 'return':
      return statement.values.map(({ value }) => value)
    case 'loop':
      return [statement.from, statement.to]
  }
}

/** All trees of a statement, each with those in it, also those of the statements of loops and comprehensions. */
export const treesOf = (statement: Statement): readonly Tree[] => [
  ...treesIn(statement).flatMap(within),
  ...(statement.kind === 'loop' ? treesOfBody(statement.body) : []),
]

/** Those that a statement reads itself, not the bodies in it. */
export function ownTrees(statement: Statement): readonly Tree[] {
  const own = (tree: Tree): readonly Tree[] => [tree, ...(tree.kind === 'map' ? [tree.from, tree.to] : partsOf(tree)).flatMap(own)]
  return treesIn(statement).flatMap(own)
}

/** Those of the statements of a body and of its loops, not of its comprehensions. */
export const ownTreesOfBody = (body: Body): readonly Tree[] =>
  body.flatMap((statement) => [...ownTrees(statement), ...(statement.kind === 'loop' ? ownTreesOfBody(statement.body) : [])])

export const treesOfBody = (body: Body): readonly Tree[] => body.flatMap(treesOf)

const within = (tree: Tree): readonly Tree[] => [tree, ...partsOf(tree).flatMap(within)]

function partsOf(tree: Tree): readonly Tree[] {
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

/** Of a tree that is a variable, or an element of one: those that hold it. */
export const holders = (tree: Tree): readonly string[] => (tree.kind === 'local' ? tree.names : tree.kind === 'element' ? tree.lists : [])

/** The variables that a tree reads. */
export const namesIn = (tree: Tree): readonly string[] => within(tree).flatMap(holders)

/** The variables that a statement assigns to. */
export const assignedIn = (statement: Statement): readonly string[] => {
  if (statement.kind === 'let') return [statement.name]
  if (statement.kind === 'destructure') return statement.names.map(({ name }) => name)
  return statement.kind === 'loop' ? statement.body.flatMap(assignedIn) : []
}

/** The variables that a body makes or assigns to, those of its comprehensions too. */
export const variablesIn = (body: Body): readonly string[] => [
  ...body.flatMap(assignedIn),
  ...treesOfBody(body).flatMap((tree) => (tree.kind === 'map' ? variablesIn(tree.body) : [])),
]
