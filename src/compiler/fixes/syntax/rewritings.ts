/** A line of another language, and how it is written here. */
interface Rewriting {
  readonly pattern: RegExp
  /** What is written instead, given the text of the declaration before the line; nothing where that speaks against it. */
  readonly written: (found: RegExpExecArray, before: string) => string | undefined
  /** What is done, where it is not said by what is written. */
  readonly title?: string
}

/** A value within a line: up to a comma, with the parentheses of its calls. */
const value = String.raw`(?:[^(),:=?{}]|\([^()]*\))+?`
const operand = String.raw`(?:\w[\w.]*(?:\([^()]*\))?|\([^()]*\))`
const lineEnd = String.raw`(?=\s*(?:\/\/.*)?$)`
const valueEnd = String.raw`(?=\s*(?:[,)\]].*|\/\/.*)?$)`
const valueStart = String.raw`(?<=(?:[^=!<>]=|[(,:[]|\breturn)\s*)(?=\S)`

/** What a slice `from:to` of other languages takes: a few indices one by one. */
function indices(from: string, to: string): string {
  const [first, length] = [Number(from), Number(to) - Number(from)]
  return length > 0 && length <= 4 ? `[${Array.from({ length }, (_, i) => first + i).join(', ')}]` : `range(${first}, ${to})`
}

const firstValues = (init: string) => ([, shape]: RegExpExecArray): string => `${shape} = ${init}`

export const rewritings: readonly Rewriting[] = [
  { pattern: /(?<=\binput\s+\w+\s*:\s*)\(([^()]*)\)/g, written: ([, items]) => `[${items}]` },
  { pattern: /(?<=[(,:]\s*)\((\s*\d+\s*(?:,\s*\d+\s*)+)\)/g, written: ([, items]) => `[${items!.trim()}]` },
  { pattern: /\{\s*(\w+\s*:[^{}]*?)\s*\}/g, written: ([, items]) => items! },
  { pattern: /\/\*\s*(.*?)\s*\*\/(?=\s*$)/g, written: ([, comment]) => `// ${comment}` },
  { pattern: /(?<=\boutput\s+\w+)\s*:\s*(?=[A-Za-z])/g, written: () => ' = ' },
  {
    pattern: /\b(\w+)\s*([-+*/])=\s*([\w.]+|\w+\([^()]*\))(?=\s*(?:\/\/.*)?$)/g,
    written: ([, name, sign, other]) => `${name} = ${name} ${sign} ${other}`,
  },
  { pattern: /(?<=^\s*)(\w+)([-+])\2(?=\s*(?:\/\/.*)?$)/g, written: ([, name, sign]) => `${name} = ${name} ${sign} 1` },
  {
    pattern: /\bfrom\s+("[^"]*")\s+import\s+(\w+(?:\s*,\s*\w+)*)/g,
    written: ([, file, names]) => `import { ${names} } from ${file}`,
  },
  { pattern: /(?<![\w.])(\d+)\.(?![\d.\w])/g, written: ([, digits]) => `${digits}.0` },
  {
    pattern: /(?<=\[)([^[\]]*?)\s+for\s+(\w+)\s+in\s+([^[\]]*|\[[^[\]]*\]|\w+\([^()]*\))(?=\])/g,
    written: ([, each, name, list]) => `for ${name} in ${list}: ${each}`,
  },
  {
    pattern: new RegExp(String.raw`(?<=\bwhere\b.*)(${operand})\s*([<>]=?)\s*(${operand})\s*([<>]=?)\s*(${operand})`, 'g'),
    written: ([, a, first, b, second, c]) => `${a} ${first} ${b}, ${b} ${second} ${c}`,
  },
  {
    pattern: new RegExp(String.raw`(${operand})\s*([<>]=?)\s*(${operand})\s*([<>]=?)\s*(${operand})`, 'g'),
    written: ([, a, first, b, second, c]) => `${a} ${first} ${b} and ${b} ${second} ${c}`,
  },
  {
    pattern: new RegExp(String.raw`${valueStart}(${value})\s*\?\s*(${value})\s*:\s*(${value})${valueEnd}`, 'g'),
    written: ([, condition, a, b]) => `if ${condition!.trim()} then ${a!.trim()} else ${b!.trim()}`,
  },
  {
    pattern: new RegExp(
      String.raw`${valueStart}(${value})\s+if\s+(${value.replace('=', '')})\s+else\s+(${value})${valueEnd}`,
      'g',
    ),
    written: ([, a, condition, b]) => `if ${condition!.trim()} then ${a!.trim()} else ${b!.trim()}`,
  },
  // what is kept as it is where nothing else is said is the value that the name has
  {
    pattern: new RegExp(String.raw`(?<=^\s*)(\w+)(\s*=\s*if\b(?:(?!\belse\b).)*?\bthen\b(?:(?!\belse\b).)*?)${lineEnd}`, 'g'),
    written: ([, name, choice], before) =>
      new RegExp(String.raw`\b${name}\s*[=:]`).test(before) ? `${name}${choice} else ${name}` : undefined,
  },
  // a comment that takes a bracket with it was no comment
  {
    pattern: new RegExp(String.raw`(${operand})\s*\/\/\s*(${operand})(?=[^(]*[)\]])`, 'g'),
    written: ([, a, b]) => `floor(${a} / ${b})`,
  },
  {
    pattern: new RegExp(String.raw`(?<=^\s*)(\w+)\[(${operand})\]\s*=\s*(?!=)((?:(?!\b(?:at|item)\b).)*?)${lineEnd}`, 'g'),
    written: ([, name, index, now]) =>
      `${name} = [for [at, item] in enumerate(${name}): if at == ${index} then ${now} else item]`,
  },
  {
    pattern: new RegExp(String.raw`\s+as(?=\s*(?:\|>|[,)]))|\s+as${lineEnd}`, 'g'),
    written: () => '',
    title: 'leave the as out',
  },
  { pattern: new RegExp(String.raw`\s*\|>${lineEnd}`, 'g'), written: () => '', title: 'leave the |> out' },
  {
    pattern: new RegExp(String.raw`(?<=^\s*)output\s+(\w+\s*(?:\|>|[-+*/(]).*?)${lineEnd}`, 'g'),
    written: ([, made]) => `output y = ${made}`,
  },
  {
    pattern: new RegExp(
      String.raw`(?<=^\s*(?:param|state)\s+\w*(?:bias|offset|shift|beta|mean)\w*\s*:\s*)(\[[^[\],]*\])${lineEnd}`,
      'g',
    ),
    written: firstValues('zeros'),
  },
  {
    pattern: new RegExp(String.raw`(?<=^\s*(?:param|state)\s+\w+\s*:\s*)(\[[^[\],]*\])${lineEnd}`, 'g'),
    written: firstValues('ones'),
  },
  {
    pattern: new RegExp(String.raw`(?<=^\s*param\s+\w+\s*:\s*)(\[[^[\]]*,[^[\]]*\])${lineEnd}`, 'g'),
    written: firstValues('glorot_uniform'),
  },
  { pattern: /^class\s+(\w+)\s*(?:\([^()]*\))?(?=\s*\{)/g, written: ([, name]) => `model ${name}` },
  {
    pattern: /(?<=^\s*)(\w+)\s*:\s*(?:int|float|str|string|number|bool|boolean|list|any|Tensor)\b(?:\[\])?\s*=(?!=)/g,
    written: ([, name]) => `${name} =`,
    title: 'leave the type out',
  },
  { pattern: /(?<=^\s*)assert\s+/g, written: () => 'require ' },
  { pattern: /(?<=\bfor\s+\w+\s+)of\b/g, written: () => 'in' },
  { pattern: /(?<=^\s*)repeat\s*\(?\s*(\w+)\s*\)?(?=\s*\{)/g, written: ([, times]) => `for i in range(${times})` },
  {
    pattern: /(?<=\bfor\s+)\(\s*(?:let\s+|const\s+|var\s+)?(\w+)\s+(?:in|of)\s+((?:[^()]|\([^()]*\))*)\)(?=\s*\{)/g,
    written: ([, name, list]) => `${name} in ${list}`,
  },
  {
    pattern:
      /(?<=\bfor\s+)\(\s*(?:let|var)\s+(\w+)\s*=\s*0\s*;\s*\1\s*<\s*([\w.]+)\s*;\s*(?:\1\+\+|\+\+\1|\1\s*\+=\s*1)\s*\)(?=\s*\{)/g,
    written: ([, name, count]) => `${name} in range(${count})`,
  },
  {
    pattern: new RegExp(String.raw`(?<=^\s*if\s+)(${value})\s+(?:then\s+)?(\w+\s*=[^=].*?)${lineEnd}`, 'g'),
    written: ([, condition, then]) => `${condition} { ${then} }`,
  },
  { pattern: /(?<![\w"])f(?="[^"]*")/g, written: () => '', title: 'leave the f out: every text may have {…} in it' },
  {
    pattern: /(?<![\w.])([a-z_]\w*)\[\s*(\d*)\s*:\s*(\d*)\s*\]/g,
    written: ([, name, from, to]) => `gather.channels(${name}, ${indices(from!, to || `${name}.channels`)})`,
  },
  {
    pattern: /(?<![\w.])(\w+)\[\s*(\d*)\s*:\s*(\d*)\s*\]/g,
    written: ([, name, from, to]) => `[for i in ${indices(from!, to || `${name}.length`)}: ${name}[i]]`,
  },
]
