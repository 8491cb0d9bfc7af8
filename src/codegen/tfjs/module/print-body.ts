import { printShape } from '../../../compiler/dim/print.ts'
import { tensorType } from './tensor-type.ts'
import { condition, narrowedBy, optionalPaths, printTree, sayHole, type Printing } from './print-tree.ts'
import { placesOf } from './readable.ts'
import { objectKey } from './property.ts'
import { rankOf } from './rank-of.ts'
import { samePlace, type Body, type Case, type Holds, type Place, type Statement, type Tree } from './tree.ts'
import { elementsOf, withElements, type Turns } from './turn-elements.ts'
import { holders, namesIn, treesOf } from './walk.ts'

type Let = Extract<Statement, { kind: 'let' }>

/** The statements of a body. `typeOf` says the type of a variable. */
export interface BodyPrinting extends Printing {
  readonly declared: Set<string>
  readonly typeOf: (name: string) => string
  readonly hasShapes: boolean
  /** The outputs have names, however many they are; those that are not made for themselves alone are copies. */
  readonly isModel: boolean
  readonly isCopied: (output: string) => boolean
}

export function printBody(body: Body, printing: BodyPrinting): readonly string[] {
  return printInto(body, { ...printing, declared: new Set(printing.declared) }, [])
}

/** `after` are the statements that stand behind the body in the same block. */
function printInto(body: Body, printing: BodyPrinting, after: readonly Statement[]): readonly string[] {
  const lines: string[] = []
  let current: BodyPrinting = printing
  const rest = [...nestedReturn(body, printing.isModel)]
  while (rest.length > 0) {
    const statement = rest[0]!
    if (isEverywhere(statement, current)) {
      rest.shift()
      lines.push(...printStatement(statement, current, [...rest, ...after]))
      current = withShape(statement, current)
      continue
    }
    const under = rest.splice(0, rest.findIndex((one) => !sameAt(one.at, statement.at)) + 1 || rest.length)
    if (under.length > 0 && !sameAt(under.at(-1)!.at, statement.at)) rest.unshift(under.pop()!)
    const ends = under.at(-1)!.kind === 'return'
    const going = current.places.filter((place) => !statement.at.some((one) => samePlace(one, place)))
    const following = ends ? rest.flatMap((one) => treesInside(one)) : []
    const missing = [...new Set(following.flatMap((tree) => optionalPaths(tree, going, current)))]
    const text =
      missing.length > 0
        ? missing.map((path) => `!${path}`).join(' || ')
        : condition(statement.at, under.flatMap(treesInside), current, 'when')
    const inside = { ...current, places: statement.at, around: { ...current.around, narrowed: narrowedBy(text, current) } }
    lines.push(...conditioned(text, printBody(under, inside)))
    if (ends)
      current = {
        ...current,
        places: going,
        around: { ...current.around, narrowed: new Set([...(current.around.narrowed ?? []), ...missing]) },
      }
  }
  return lines
}

/** What is a statement of one line needs no block. */
function conditioned(condition: string, lines: readonly string[]): readonly string[] {
  const [only] = lines
  const isPlain = only !== undefined && lines.length === 1 && !/^(const|let|for|if|;)/.test(only) && !only.includes('\n')
  return isPlain ? [`if (${condition}) ${only}`] : [`if (${condition}) {`, ...lines, '}']
}

const treesInside = (statement: Statement): readonly Tree[] => {
  if (statement.kind === 'let' || statement.kind === 'destructure') return [statement.value]
  return statement.kind === 'return' ? statement.values.map(({ value }) => value) : statement.body.flatMap(treesInside)
}

const sameAt = (a: readonly Place[], b: readonly Place[]): boolean =>
  a.length === b.length && a.every((place) => b.some((one) => samePlace(one, place)))

const isEverywhere = ({ at }: Statement, { places }: Printing): boolean => at.length === places.length

function withShape(statement: Statement, printing: BodyPrinting): BodyPrinting {
  const made = statement.kind === 'let' ? [statement] : statement.kind === 'destructure' ? statement.names : []
  if (made.length === 0) return printing
  const shapes = new Map(printing.around.shapes)
  for (const { name, holds } of made) {
    shapes.delete(name)
    shapes.set(name, holds)
  }
  return { ...printing, around: { ...printing.around, shapes } }
}

function printStatement(statement: Statement, printing: BodyPrinting, rest: readonly Statement[]): readonly string[] {
  switch (statement.kind) {
    case 'let':
      return printLet(statement, printing, rest)
    case 'destructure':
      return printDestructure(statement, printing, rest)
    case 'loop':
      return printLoop(statement, printing, rest)
    case 'return':
      return [`return ${printReturn(statement, printing)}`]
  }
}

function printLet({ name, value, holds }: Let, printing: BodyPrinting, rest: readonly Statement[]): readonly string[] {
  const text = tidied(value, printing)
  const keyword = keywordFor(name, printing, rest)
  const comment = printing.hasShapes ? shapeComment(holds, printing) : ''
  if (keyword === '') return [`${name} = ${text}${comment}`]
  printing.declared.add(name)
  return [`${keyword} ${name}: ${printing.typeOf(name)} = ${text}${comment}`]
}

/** What makes values on the way disposes of them itself. */
function tidied(tree: Tree, printing: Printing): string {
  const value = tree.kind === 'replace' ? tree.value : tree
  if (value.kind !== 'tf' || callsIn(value) < 2) return printTree(tree, printing)
  const tidy: Tree = { kind: 'tidy', of: value }
  return printTree(tree.kind === 'replace' ? { ...tree, value: tidy } : tidy, printing)
}

const callsIn = (tree: Tree): number =>
  (tree.kind === 'tf' || tree.kind === 'call' ? 1 : 0) +
  (tree.kind === 'tf' || tree.kind === 'list' ? parts(tree).reduce((sum, one) => sum + callsIn(one), 0) : 0)

const parts = (tree: Extract<Tree, { kind: 'tf' | 'list' }>): readonly Tree[] => (tree.kind === 'tf' ? tree.args : tree.items)

const assigns = (statement: Statement, name: string): boolean => {
  if (statement.kind === 'let') return statement.name === name
  if (statement.kind === 'destructure') return statement.names.some((one) => one.name === name)
  return statement.kind === 'loop' && statement.body.some((one) => assigns(one, name))
}

function printDestructure(
  statement: Extract<Statement, { kind: 'destructure' }>,
  printing: BodyPrinting,
  rest: readonly Statement[],
): readonly string[] {
  const text = printTree(statement.value, printing)
  const wanted = statement.names.filter(({ name }) => printing.declared.has(name) || rest.some((one) => reads(one, name) > 0))
  const kinds = ['const', 'let', ''].flatMap((keyword) => {
    const names = wanted.filter(({ name }) => keyword === keywordFor(name, printing, rest))
    return names.length > 0 ? [{ keyword, names }] : []
  })
  const [only] = kinds
  const results = kinds.length > 1 ? freeName('results', printing, rest) : ''
  for (const { name } of wanted) printing.declared.add(name)
  if (only && kinds.length === 1) return [destructuring(only, text)]
  printing.declared.add(results)
  return [`const ${results} = ${text}`, ...kinds.map((one) => destructuring(one, results))]
}

/** How a variable is written when something is given to it; nothing where it is there. */
function keywordFor(name: string, { declared }: Printing, rest: readonly Statement[]): string {
  if (declared.has(name)) return ''
  return rest.some((one) => assigns(one, name)) ? 'let' : 'const'
}

type Destructured = Extract<Statement, { kind: 'destructure' }>['names']

function destructuring({ keyword, names }: { readonly keyword: string; readonly names: Destructured }, from: string): string {
  const pattern = `{ ${names.map(({ output, name }) => (output === name ? name : `${output}: ${name}`)).join(', ')} }`
  return keyword === '' ? `;(${pattern} = ${from})` : `${keyword} ${pattern} = ${from}`
}

function freeName(name: string, { declared }: Printing, rest: readonly Statement[]): string {
  let found = name
  for (let count = 2; declared.has(found) || rest.some((one) => assigns(one, found)); count++) found = `${name}_${count}`
  return found
}

/** `range(3).map((i) => …)`, or `w.heads.map((head) => …)` where there is a turn for each of some weights. */
export function printMap({ variable, from, to, body, isFlat }: Extract<Tree, { kind: 'map' }>, printing: BodyPrinting): string {
  const { lines, element, list, readsIndex } = printTurns({ from, to, body, variable }, { ...printing, isModel: false })
  const only = lines.length === 1 ? /^return (.*)$/s.exec(lines[0]!)?.[1] : undefined
  const text = only ?? `{\n${lines.join('\n')}\n}`
  const parameters = [...(element === undefined ? [] : [element]), ...(readsIndex ? [variable] : [])]
  return `${list}.${isFlat ? 'flatMap' : 'map'}((${parameters.join(', ')}) => ${text})`
}

function printLoop(loop: Extract<Statement, { kind: 'loop' }>, printing: BodyPrinting, rest: readonly Statement[]): readonly string[] {
  const { from, to, body, variable } = loop
  const [begin, end] = [sayHole(from, printing), sayHole(to, printing)]
  // a single turn has no block of its own, whose variables would end with it
  if (Number(end) - Number(begin) === 1) return printInto(body, inTurn(body, begin, printing), rest)
  const { lines, element, list, readsIndex } = printTurns(loop, printing)
  const index = readsIndex ? variable : `_${variable}`
  const each = element === undefined ? `${index} of ${list}` : readsIndex ? `[${variable}, ${element}] of ${list}.entries()` : `${element} of ${list}`
  return [`for (const ${each}) {`, ...lines, '}']
}

/** The turns of a loop or a comprehension, and what they go over: weights where each turn has its own, else numbers. */
function printTurns({ from, to, body, variable }: Turns, printing: BodyPrinting) {
  const inside = inTurn(body, variable, printing)
  const written = printBody(body, inside)
  const weights = elementsOf({ from, to, body, variable }, inside, written)
  const lines = withElements(weights?.lines ?? written, variable, printing)
  const readsIndex = lines.some((line) => new RegExp(`\\b${variable}\\b`).test(line))
  const list = weights?.list ?? printRange(sayHole(from, printing), sayHole(to, printing), printing)
  return { lines, list, element: weights?.element, readsIndex }
}

/** In a turn of a loop, whose number is this variable or, of a single turn, this number. */
const inTurn = (body: Body, turn: string, printing: BodyPrinting): BodyPrinting => ({
  ...printing,
  places: placesOf(body),
  around: { ...printing.around, loops: [...printing.around.loops, turn] },
})

const printRange = (begin: string, end: string, { runtime }: Printing): string =>
  `${runtime('range')}(${begin === '0' ? end : `${begin}, ${end}`})`

function printReturn({ values }: Extract<Statement, { kind: 'return' }>, printing: BodyPrinting): string {
  const [only] = values
  if (only && values.length === 1 && !printing.isModel) return printTree(only.value, printing)
  const properties = values.map(({ name, value }) => {
    const plain = value.kind === 'number' ? `tf.scalar(${printTree(value, printing, 1)})` : printTree(value, printing, 1)
    const text = printing.isModel && printing.isCopied(name) ? `tf.clone(${plain})` : plain
    return text === name ? name : `${objectKey(name)}: ${text}`
  })
  return `{ ${properties.join(', ')} }`
}

/** The shape where it is the same at all places, or the few that follow each other. */
function shapeComment(holds: readonly Case<Holds>[], printing: BodyPrinting): string {
  const shapes = [...new Set(holds.map(({ value: { type } }) => (type ? printShape(type.shape) : '')))]
  return shapes.length > 4 || shapes.includes('') || shapes[0] === '[]' || printing.places.length === 0 ? '' : ` // ${shapes.join(', ')}`
}

/** The last value is returned without a name, with the one before it in it where only it reads that. */
function nestedReturn(body: Body, isModel: boolean): Body {
  const last = body.at(-1)
  const statement = body.at(-2)
  if (isModel || last?.kind !== 'return' || statement?.kind !== 'let' || last.values.length !== 1 || !sameAt(last.at, statement.at))
    return body
  const [{ value: returned }] = last.values as [(typeof last.values)[number]]
  // what it held ends with the body
  const before = statement.value.kind === 'replace' ? { ...statement, value: statement.value.value } : statement
  if (before.value.kind === 'map') return body
  const isIt = returned.kind === 'local' && returned.names.includes(before.name)
  if (!isIt) return body
  const joined: Statement = { ...last, values: [{ ...last.values[0]!, value: before.value }] }
  const named = [...body.slice(0, -2), joined]
  const above = body.at(-3)
  if (above?.kind !== 'let' || !sameAt(above.at, last.at) || reads(joined, above.name) !== 1 || !isSimple(above.value)) return named
  const value = substituted(before.value, above.name, above.value)
  return value ? [...body.slice(0, -3), { ...last, values: [{ ...last.values[0]!, value }] }] : named
}

const isSimple = (tree: Tree): boolean => (tree.kind === 'tf' || tree.kind === 'call') && callsIn(tree) === 1

const reads = (statement: Statement, name: string): number => treesOf(statement).filter((tree) => holders(tree).includes(name)).length

/** In an argument of the call itself. */
function substituted(tree: Tree, name: string, value: Tree): Tree | undefined {
  if (tree.kind === 'tf') {
    const at = tree.args.findIndex((arg) => arg.kind === 'local' && arg.names.includes(name))
    return at < 0 ? undefined : { ...tree, args: tree.args.with(at, value) }
  }
  if (tree.kind !== 'call') return undefined
  const entry = Object.entries(tree.inputs).find(([, input]) => input.kind === 'local' && namesIn(input).includes(name))
  return entry && { ...tree, inputs: { ...tree.inputs, [entry[0]]: value } }
}

/** The type of a variable that holds these: of tensors of any rank, the type parameter of the function. */
export function variableType(holds: readonly Case<Holds>[]): string {
  const ranks = new Set(holds.flatMap(({ value: { type } }) => (type ? [rankOf(type)] : [])))
  const [rank] = ranks
  const type = rank === undefined ? 'tf.Tensor' : ranks.size > 1 ? 'T' : tensorType(rank)
  return holds[0]?.value.list ? `${type}[]` : type
}
