import type { Body, Branch, Place, Statement, Tree } from './tree.ts'
import { assignedIn, holders, ownTrees, treesOf } from './walk.ts'

/** At most every third statement may stand under a condition or hold a choice, two in a short body, or as many as in one of its parts. */
export function isReadable(body: Body, parts: readonly Body[]): boolean {
  return conditionsIn(body) <= Math.max(2, Math.floor(sizeOf(body) / 3), ...parts.map(conditionsIn))
}

const sizeOf = (body: Body): number =>
  body.reduce((sum, statement) => sum + (statement.kind === 'loop' ? 1 + sizeOf(statement.body) : 1), 0)

function conditionsIn(body: Body): number {
  const all = placesOf(body).length
  let conditions = 0
  let before = ''
  for (const statement of body) {
    const key = statement.at.length === all ? '' : keyOfPlaces(statement.at)
    if (key !== '' && key !== before) conditions++
    before = key
    const trees = statement.kind === 'loop' ? [] : treesOf(statement)
    conditions += trees.filter((tree) => tree.kind === 'choice' && !isOwned(tree.branches)).length
    if (statement.kind === 'loop') conditions += conditionsIn(statement.body)
  }
  return conditions
}

/** Whether what is disposed of is so at some places only. */
export const isOwned = (branches: readonly Branch[]): boolean => branches.some(({ tree }) => tree.kind === 'hole')

const keyOfPlaces = (places: readonly Place[]): string => places.map(({ call, turns }) => `${call} ${turns.join()}`).join(' ')

/** All places at which something in a body stands. */
export function placesOf(body: Body): readonly Place[] {
  const found = new Map<string, Place>()
  for (const { at } of body) for (const place of at) found.set(keyOfPlaces([place]), place)
  return [...found.values()]
}

/** Whether no variable that is made under a condition is read outside of the statements that stand under it together. */
export function isAssignedWhereRead(body: Body, before: ReadonlySet<string> = new Set()): boolean {
  const blocks = new Map<string, number>()
  for (const { statement, block } of blocksOf(body)) {
    const isThere = (name: string): boolean => before.has(name) || [undefined, 0, block].includes(blocks.get(name))
    const there = [...blocks.keys()].filter(isThere)
    if (statement.kind === 'loop' && !isAssignedWhereRead(statement.body, new Set([...before, ...there]))) return false
    const trees = statement.kind === 'loop' ? [] : treesOf(statement)
    if (trees.map(holders).some((names) => names.length > 0 && !names.some(isThere))) return false
    for (const name of assignedIn(statement)) if (!blocks.has(name) || !isThere(name)) blocks.set(name, block)
  }
  return true
}

/** The statements of a body, each with the number of the block that a condition makes of it and those beside it; 0 where none does. */
function blocksOf(body: Body): readonly { readonly statement: Statement; readonly block: number }[] {
  let all = placesOf(body).length
  let [block, count, key] = [0, 0, '']
  return body.map((statement) => {
    const own = statement.at.length === all ? '' : keyOfPlaces(statement.at)
    if (own !== key) block = own === '' ? 0 : ++count
    key = own
    const found = { statement, block }
    // what follows is for those that go on
    if (statement.kind === 'return' && own !== '') {
      all -= statement.at.length
      key = 'ended'
    }
    return found
  })
}

/** Whether a turn reads what was made before the loop, or by itself before. */
export function readsOnly(body: Body, before: ReadonlySet<string>): boolean {
  const known = new Set(before)
  for (const statement of body) {
    const inner = statement.kind === 'loop' ? readsOnly(statement.body, known) : ownTrees(statement).every((tree) => isKnown(tree, known))
    if (!inner) return false
    for (const name of assignedIn(statement)) known.add(name)
  }
  return true
}

const isKnown = (tree: Tree, known: ReadonlySet<string>): boolean => {
  if (tree.kind === 'map') return readsOnly(tree.body, known)
  const names = holders(tree)
  return names.length === 0 || names.some((name) => known.has(name))
}
