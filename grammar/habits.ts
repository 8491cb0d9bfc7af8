import type { IToken } from 'chevrotain'

/** What to write instead of something other languages have. */
export interface Habit {
  readonly hint: string
  /** The text for the place of the problem, where one is certain. */
  readonly replacement?: string
  /** How many tokens before the one found, and with it, belong to the habit; only that one if nothing is said. */
  readonly tokens?: number
}

/** What stands around the token that did not fit. */
export interface Surroundings {
  /** The grammar's rule that did not go on. */
  readonly rule: string
  readonly found: IToken | undefined
  readonly before: (steps: number) => string
  readonly after: (steps: number) => string
  /** The innermost bracket that is open: `(`, `[`, `{`, or nothing. */
  readonly bracket: string
  /** The tokens before the one found on its line. */
  readonly line: readonly string[]
}

/** Signs that are no sign here. */
export const signHabits: Readonly<Record<string, Habit>> = {
  '#': { hint: 'a comment begins with //' },
  ';': { hint: 'a statement ends with its line', replacement: '' },
  "'": { hint: 'a text stands in double quotes, and a word such as same in none' },
  '“': { hint: 'a text stands in straight double quotes' },
  '&&': { hint: 'write and', replacement: 'and' },
  '&': { hint: 'write and', replacement: 'and' },
  '||': { hint: 'write or', replacement: 'or' },
  '|': { hint: 'a pipe is written |>', replacement: '|>' },
  '!': { hint: 'write not', replacement: 'not ' },
  '^': { hint: 'there is no power: multiply' },
  '@': { hint: 'a product of matrices is matmul(a, b)' },
}

const header = new Set(['file', 'declaration'])
const inBody = new Set(['statement', 'body'])
const name = /^[A-Za-z_]\w*$/

/** The habit behind a token that did not fit, if it is a known one. */
export function habitOf(at: Surroundings): Habit | undefined {
  const found = at.found?.image ?? ''
  if (header.has(at.rule)) return ofFile(found, at)
  const anywhere = ofOperators(found, at)
  if (anywhere) return anywhere
  if (inBody.has(at.rule)) return ofBody(found, at)
  return ofValue(found, at)
}

const declarations: Readonly<Record<string, Habit>> = {
  def: { hint: 'a part that is used again is a block: block Name(x: [H, W, C]) -> [H, W, C] { … }', replacement: 'block' },
  function: { hint: 'a function of numbers is const f(n: int) = …, a part of a network is a block' },
  class: { hint: 'a network is a model: model Name { … }', replacement: 'model' },
  let: { hint: 'a value of the file is a const', replacement: 'const' },
  var: { hint: 'a value of the file is a const', replacement: 'const' },
  from: { hint: 'the names come first: import { Name } from "./file.fmw"' },
  '}': { hint: 'this brace closes nothing', replacement: '' },
}

const statements = /^(?:input|output|return|param|state|layer|require|for|if)$/

function ofFile(found: string, at: Surroundings): Habit | undefined {
  if (Object.hasOwn(declarations, found)) return declarations[found]
  if (statements.test(found)) return { hint: 'statements stand in the body of a model or a block' }
  return name.test(found) && at.after(1) === '=' ? { hint: 'a value of the file is a const', replacement: `const ${found}` } : undefined
}

/** Operators of other languages; they fit nowhere. */
function ofOperators(found: string, at: Surroundings): Habit | undefined {
  const pair = at.before(1) + found
  if (found === '=' && at.after(1) === '>') {
    const results = at.rule === 'body' && at.before(1) === ')'
    return results
      ? { hint: 'results stand behind ->' }
      : { hint: 'a block has a name: declare it with block Name(x: tensor) -> like x { … } and pass Name' }
  }
  if (pair === ':=') return { hint: 'a name is assigned with =', replacement: '=', tokens: 2 }
  if (pair === '**') return { hint: 'there is no power: multiply', tokens: 2 }
  if (pair === '>>') return { hint: 'a pipe is written |>', replacement: '|>', tokens: 2 }
  if (found === '->') return { hint: 'a pipe is written |>', replacement: '|>' }
  if (found === '?') return { hint: 'a choice is if condition then a else b' }
  if (found === '.' && /^\d/.test(at.after(1))) return { hint: `write 0.${at.after(1)}`, replacement: '0.' }
  if (at.before(1) === '.' && /^\d+$/.test(at.before(2))) return { hint: `write ${at.before(2)}.0` }
  if (/^[<>=!]=?$/.test(found) && at.line.some((image) => /^(?:[<>]=?|[=!]=)$/.test(image)) && !/^[<>=]$/.test(at.before(1))) {
    return { hint: 'compare twice: a < b and b < c' }
  }
  return undefined
}

const leadsNowhere: Habit = { hint: 'the |> before leads nowhere: an op has to follow it' }

const openings: Readonly<Record<string, Habit>> = {
  let: { hint: 'a name is assigned without a keyword: x = …', replacement: '' },
  var: { hint: 'a name is assigned without a keyword: x = …', replacement: '' },
  const: { hint: 'in a body a name is assigned without a keyword: x = …', replacement: '' },
  while: { hint: 'a loop goes through a list: for i in range(n) { … }' },
  elif: { hint: 'write else if', replacement: 'else if' },
  in: { hint: '`in` is a keyword and cannot name a value' },
  ')': { hint: 'this parenthesis closes nothing', replacement: '' },
  ']': { hint: 'this bracket closes nothing', replacement: '' },
  ':': { hint: 'a body stands in braces: { … }' },
}

function ofBody(found: string, at: Surroundings): Habit | undefined {
  if (found === '=' && at.before(2) === '|>') return leadsNowhere
  if (found === '=' && at.line[0] === 'if') return { hint: 'to compare, write ==', replacement: '==' }
  if (found === 'else') return { hint: at.line.includes('if') ? 'a choice is if condition then a else b' : 'else stands behind the } of an if' }
  if (Object.hasOwn(openings, found)) return openings[found]
  if (!name.test(found)) return undefined
  const [next, then] = [at.after(1), at.after(2)]
  if (/^[-+*/%]$/.test(next) && then === '=') return { hint: `write ${found} = ${found} ${next} …` }
  if (next === '(' || next === '|>') return { hint: `a value is assigned to a name: y = ${found}${next === '(' ? '(…)' : ' |> …'}` }
  if (next === '[') return { hint: 'a list is not changed: build a new one' }
  return next === '.' ? { hint: `a value is assigned to a name: y = ${found}.${then}…; members are not changed` } : undefined
}

function ofValue(found: string, at: Surroundings): Habit | undefined {
  if (at.before(1) === '|>') return leadsNowhere
  if (found === '=' && at.rule === 'inputStatement') return { hint: 'an input has a shape: input image: [32, 32, 3]', replacement: ':' }
  if (found === '=' && at.bracket === '(') return { hint: `an argument by name takes a colon: ${at.before(1)}: …`, replacement: ': ' }
  if (found === '(' && at.rule === 'list') return { hint: 'a shape stands in square brackets: [32, 32, 3]' }
  if (at.rule === 'list' && at.line[0] === 'output' && at.before(1) === ':') return { hint: 'the value of an output stands behind =: output y = …' }
  if (found === ',' && at.bracket === '(' && at.rule === 'primary') return { hint: 'a size is written 3x3, and a list in square brackets' }
  if (found === 'for' && at.bracket === '[') return { hint: 'the for comes first: [for k in [1, 3, 5]: conv(x, 16, k)]' }
  if (found === '*') return { hint: 'a list is spread by dots: ...maps', replacement: '...' }
  if (found === '{') return { hint: 'arguments by name stand in the call itself: conv(filters: 16)' }
  if (at.rule === 'importDeclaration' && name.test(found)) return { hint: `the names stand in braces: import { ${found} } from …`, replacement: `{ ${found} }` }
  if (at.rule === 'choice') return { hint: 'a choice is if condition then a else b' }
  return undefined
}
