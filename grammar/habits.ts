import type { IToken } from 'chevrotain'

/** What to write instead of something other languages have. */
export interface Habit {
  readonly hint: string
  /** The text for the place of the problem, where one is certain. */
  readonly replacement?: string
  /** How many tokens before and after the one found belong to it. */
  readonly before?: number
  readonly after?: number
}

/** What stands around the token that did not fit. */
export interface Surroundings {
  /** The grammar's rule that did not go on, and what it wanted. */
  readonly rule: string
  readonly expected: string
  readonly found: IToken | undefined
  readonly before: (steps: number) => string
  readonly after: (steps: number) => string
  /** The innermost bracket that is open: `(`, `[`, `{`, or nothing. */
  readonly bracket: string
  /** The tokens before the one found on its line. */
  readonly line: readonly string[]
}

/** Signs that are no sign here. */
const signs: Readonly<Record<string, Habit>> = {
  '#': { hint: 'a comment begins with //' },
  ';': { hint: 'a statement ends with its line: leave it out', replacement: '' },
  "'": { hint: 'a text stands in double quotes, and a word such as same in none' },
  '“': { hint: 'a text stands in straight double quotes' },
  '&&': { hint: 'write and', replacement: 'and' },
  '||': { hint: 'write or', replacement: 'or' },
  '|': { hint: 'a pipe is written |>', replacement: '|>' },
  '!': { hint: 'write not', replacement: 'not ' },
  '^': { hint: 'there is no sign for a power: multiply, or declare a const that does' },
  '@': { hint: 'the product of two matrices is matmul(a, b)' },
}

/** The habit behind a sign that is no token. */
export const habitOfSign = (sign: string): Habit | undefined =>
  signs[sign] ??
  signs[sign[0]!] ??
  (/^\p{L}/u.test(sign) ? { hint: 'names are made of the letters a to z, digits and _' } : undefined)

const inFile = new Set(['file', 'declaration'])
const inBody = new Set(['statement', 'body'])
const name = /^[A-Za-z_]\w*$/

/** The habit behind a token that did not fit, if it is a known one. */
export function habitOf(at: Surroundings): Habit | undefined {
  const found = at.found?.image ?? ''
  if (inFile.has(at.rule)) return ofFile(found, at)
  return ofOperators(found, at) ?? (inBody.has(at.rule) ? ofBody(found, at) : ofPart(found, at))
}

const declarations: Readonly<Record<string, Habit>> = {
  def: { hint: 'a part that is used again is a block: block Name(x: [H, W, C]) -> [H, W, C] { … }', replacement: 'block' },
  function: { hint: 'a function of numbers is const f(n: int) = …, a part of a network is a block' },
  class: { hint: 'a network is a model: model Name { … }' },
  let: { hint: 'a value of the file is a const', replacement: 'const' },
  var: { hint: 'a value of the file is a const', replacement: 'const' },
  from: { hint: 'the names come first: import { Name } from "./file.fmw"' },
  '}': { hint: 'this brace closes nothing: leave it out', replacement: '' },
}

const statements = /^(?:input|output|return|param|state|layer|require|for|if)$/

function ofFile(found: string, at: Surroundings): Habit | undefined {
  if (Object.hasOwn(declarations, found)) return declarations[found]
  if (statements.test(found)) return { hint: 'statements stand in the body of a model or a block' }
  return name.test(found) && at.after(1) === '='
    ? { hint: `a value of the file is a const: const ${found} = …`, replacement: `const ${found}` }
    : undefined
}

const namedBlock = 'a block has a name: declare it with block Name(x: tensor) -> like x { … } and pass Name'

/** Operators of other languages; they fit nowhere. */
function ofOperators(found: string, at: Surroundings): Habit | undefined {
  const pair = at.before(1) + found
  if (found === '=' && at.after(1) === '>') {
    if (at.rule === 'body' && at.before(1) === ')')
      return { hint: 'what a block returns stands behind ->', replacement: '->', after: 1 }
    return { hint: namedBlock, after: 1 }
  }
  if (at.before(1) === 'lambda') return { hint: namedBlock }
  if (pair === ':=') return { hint: 'a name is assigned with =', replacement: '=', before: 1 }
  if (pair === '**') return { hint: 'there is no sign for a power: multiply, or declare a const that does', before: 1 }
  if (pair === '>>') return { hint: 'a pipe is written |>', replacement: '|>', before: 1 }
  if (found === '/' && at.after(1) === '*') return { hint: 'a comment begins with // and ends with its line', after: 1 }
  if (found === '->') return { hint: 'a pipe is written |>', replacement: '|>' }
  if (found === '?') return { hint: 'a choice is if condition then a else b' }
  if (found === '.' && /^\d/.test(at.after(1)))
    return { hint: `write 0.${at.after(1)}`, replacement: `0.${at.after(1)}`, after: 1 }
  if (at.before(1) === '.' && /^\d+$/.test(at.before(2))) return { hint: `write ${at.before(2)}.0`, before: 2 }
  if (comparison.test(found) && at.line.some((image) => comparison.test(image))) return { hint: 'compare twice: a < b and b < c' }
  return undefined
}

const comparison = /^(?:[<>]=?|[=!]=)$/

const betweenTwo = /^(?:[-+*/%]|[<>]=?|[=!]=|and|or)$/

const leadsNowhere: Habit = { hint: 'the |> before leads nowhere: an op has to follow it' }

const openings: Readonly<Record<string, Habit>> = {
  let: { hint: 'a name is assigned without a keyword: x = …', replacement: '' },
  var: { hint: 'a name is assigned without a keyword: x = …', replacement: '' },
  while: { hint: 'a loop goes through a list: for i in range(n) { … }' },
  elif: { hint: 'write else if', replacement: 'else if' },
  ')': { hint: 'this parenthesis closes nothing: leave it out', replacement: '' },
  ']': { hint: 'this bracket closes nothing: leave it out', replacement: '' },
  ':': { hint: 'a body stands in braces: { … }' },
}

function ofBody(found: string, at: Surroundings): Habit | undefined {
  if (found === '=' && at.before(2) === '|>') return leadsNowhere
  if (found === '=' && at.line[0] === 'if') return { hint: 'to compare, write ==', replacement: '==' }
  if (found === 'else')
    return { hint: at.line.includes('if') ? 'a choice is if condition then a else b' : 'else stands behind the } of an if' }
  if (at.line.length === 2 && at.line[0] === 'output') return { hint: 'an output has a name: output y = …' }
  if (Object.hasOwn(openings, found)) return openings[found]
  // in the first column it is a declaration, and the body before it is not closed
  if (found === 'const' && at.found?.startColumn !== 1)
    return { hint: 'in a body a name is assigned without a keyword: x = …', replacement: '' }
  return name.test(found) && at.line.length === 0 ? ofWord(found, at.after(1), at.after(2), at.after(3)) : undefined
}

/** A statement that begins with a word and is none. */
function ofWord(word: string, ...[next, second, third]: readonly [string, string, string]): Habit | undefined {
  if (/^[-+*/%]$/.test(next) && second === '=') return { hint: `write ${word} = ${word} ${next} …` }
  if (next === '[') return { hint: 'a list is not changed: build a new one' }
  if (next === '.' && third === '=') return { hint: 'a value is not changed: build a new one' }
  if (next === '.') return { hint: `a statement gives a value a name: y = ${word}.${second} …` }
  if (next === '(') return { hint: `a statement gives a value a name: y = ${word}(…)` }
  return next === '|>' ? { hint: `a statement gives a value a name: y = ${word} |> …` } : undefined
}

/** Inside a statement or a declaration. */
function ofPart(found: string, at: Surroundings): Habit | undefined {
  if (at.before(1) === '|>') return leadsNowhere
  if (at.rule === 'label' || at.before(1) === 'as') return { hint: 'as gives a step a name: conv(16, 3x3) as stem' }
  if (at.rule === 'inputStatement' && at.expected === '`:`') {
    return { hint: 'an input has a shape: input image: [32, 32, 3]', ...(found === '=' ? { replacement: ':' } : {}) }
  }
  if (at.rule === 'index' && found === ':')
    return { hint: 'nothing is cut out by : here; channels are taken by gather.channels(x, [0, 1])' }
  if (at.rule === 'parameter') return { hint: 'a parameter has a type: x: [H, W, C], count: int' }
  if (at.rule === 'weightStatement' && at.expected === '`=`') return { hint: 'a weight has first values: param gate: [C] = ones' }
  if (at.rule === 'importDeclaration' && at.before(1) === 'import') {
    return {
      hint: `the names stand in braces: import { ${found} } from …`,
      ...(name.test(found) ? { replacement: `{ ${found} }` } : {}),
    }
  }
  if (at.rule === 'choice' && /then|else/.test(at.expected)) return { hint: 'a choice is if condition then a else b' }
  if (at.rule === 'list' && at.line[0] === 'output' && at.before(1) === ':')
    return { hint: 'the value of an output stands behind =: output y = …' }
  if (at.rule === 'list' && at.line.length === 2 && at.before(1) === ':')
    return { hint: 'a value has no type, only a shape: x: [32, 32, 3] = …' }
  if (at.rule === 'list' && found === '(') return { hint: 'a shape stands in square brackets: [32, 32, 3]' }
  return ofArgument(found, at)
}

function ofArgument(found: string, at: Surroundings): Habit | undefined {
  if (found === '=' && at.bracket === '(')
    return { hint: `an argument by name takes a colon: ${at.before(1)}: …`, replacement: ': ' }
  if (found === ',' && at.before(1) === ',') return { hint: 'this comma is one too many: leave it out', replacement: '' }
  if (found === ',' && at.rule === 'primary') return { hint: 'a size is written 3x3, and a list in square brackets' }
  if (found === 'for' && at.bracket === '[') return { hint: 'the for comes first: [for k in [1, 3, 5]: conv(x, 16, k)]' }
  if (found === '*') return { hint: 'a list is spread by dots: ...maps', replacement: '...' }
  if (betweenTwo.test(at.before(1)) && (found === '' || /^[)\]},]$/.test(found) || at.line.length === 0))
    return { hint: `${at.before(1)} stands between two values: the second is missing` }
  return found === '{' ? { hint: 'arguments by name stand in the call itself: conv(filters: 16)' } : undefined
}
