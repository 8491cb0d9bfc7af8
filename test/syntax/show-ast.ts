import { parseExpression, parseFile } from '../../grammar/index.ts'
import type {
  Argument,
  Clause,
  Declaration,
  Expr,
  FileAst,
  Item,
  ListExpr,
  Parameter,
  Pattern,
  Result,
  Subscript,
  Statement,
  Step,
  TypeExpr,
} from '../../src/compiler/syntax/ast.ts'
import { buildExpression, buildFile } from '../../src/compiler/syntax/build-ast/index.ts'
import type { TextReader } from '../../src/compiler/syntax/read-text.ts'
import type { Source } from '../../src/compiler/text/source.ts'

const sourceOf = (text: string): Source => ({ path: 'test.fmw', text, library: false })

const readParts: TextReader = (source, text, offset) => buildExpression(parseExpression(text, offset), source, readParts)

/** The AST of a file, mistakes and all. */
export const astOf = (text: string): FileAst => buildFile(parseFile(text), sourceOf(text), readParts)

export const expressionOf = (text: string): Expr => buildExpression(parseExpression(text), sourceOf(text), readParts)

/** An expression with every grouping written out: `(a + (b * c))`, `(x |> f(2) as y)`. */
export function showExpression(expr: Expr): string {
  switch (expr.kind) {
    case 'number':
      return expr.float && Number.isInteger(expr.value) ? `${expr.value}.0` : String(expr.value)
    case 'size':
      return expr.values.join('x')
    case 'text':
      return `"${expr.parts.map((part) => (typeof part === 'string' ? escaped(part) : `{${showExpression(part)}}`)).join('')}"`
    case 'bool':
      return String(expr.value)
    case 'none':
      return 'none'
    case 'hole':
      return '_'
    case 'name':
      return expr.name
    case 'list':
      return showList(expr)
    case 'call':
      return `${showExpression(expr.callee)}(${expr.args.map(showArgument).join(', ')})`
    case 'index':
      return `${showExpression(expr.of)}[${expr.subscripts.map(showSubscript).join(', ')}]`
    case 'member':
      return `${showExpression(expr.of)}.${expr.member.name}`
    case 'unary':
      return `(${expr.op} ${showExpression(expr.of)})`
    case 'chain':
      return expr.rest.reduce((left, { op, value }) => `(${left} ${op} ${showExpression(value)})`, showExpression(expr.first))
    case 'logic':
      return `(${expr.operands.map(showExpression).join(` ${expr.op} `)})`
    case 'compare':
      return `(${showExpression(expr.left)} ${expr.op} ${showExpression(expr.right)})`
    case 'choice':
      return `(if ${showExpression(expr.condition)} then ${showExpression(expr.consequent)} else ${showExpression(expr.alternative)})`
    case 'pipe':
      return `(${[showExpression(expr.head), ...expr.steps.map(showStep)].join(' |> ')})`
    case 'label':
      return `(${showExpression(expr.of)} as ${expr.label.name})`
    case 'missing':
      return '<missing>'
  }
}

const showStep = ({ value, label }: Step): string => showExpression(value) + (label ? ` as ${label.name}` : '')

const escaped = (text: string): string =>
  text
    .replace(/["\\{}]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')

const showList = ({ items }: ListExpr): string => `[${items.map(showItem).join(', ')}]`

const showItem = (item: Item): string =>
  item.kind === 'comprehension'
    ? `${item.clauses.map(showClause).join(' ')}: ${showExpression(item.value)}`
    : (item.kind === 'spread' ? '...' : '') + showExpression(item.value)

const showClause = (clause: Clause): string =>
  [
    `for ${showPattern(clause.pattern)} in ${showExpression(clause.in)}`,
    ...clause.filters.map((filter) => `if ${showExpression(filter)}`),
  ].join(' ')

function showSubscript(subscript: Subscript): string {
  const show = (expr: Expr | undefined): string => (expr ? showExpression(expr) : '')
  if (subscript.kind === 'at') return show(subscript.index)
  return subscript.kind === 'rest' ? '...' : `${show(subscript.from)}:${show(subscript.to)}`
}

function showArgument(arg: Argument): string {
  if (arg.kind === 'positional') return showExpression(arg.value)
  if (arg.kind === 'spread') return `...${showExpression(arg.value)}`
  const { name } = arg.name
  // a keyword as the name of an argument stands for a value of that name, which no other text can say
  return arg.value.kind === 'name' && arg.value.name === name ? `${name}:` : `${name}: ${showExpression(arg.value)}`
}

const showPattern = (pattern: Pattern): string =>
  pattern.kind === 'name' ? pattern.name : pattern.kind === 'discard' ? '_' : `[${pattern.items.map(showPattern).join(', ')}]`

const showType = (type: TypeExpr): string =>
  (type.kind === 'shape' ? showList(type.shape) : type.name.name + '[]'.repeat(type.lists)) + type.suffix

const showParameter = ({ name, type, default: value }: Parameter): string =>
  `${name.name}: ${showType(type)}${value ? ` = ${showExpression(value)}` : ''}`

const showResult = (result: Result): string =>
  (result.name ? `${result.name.name}: ` : '') + (result.kind === 'like' ? `like ${result.model.name}` : showType(result.type))

const annotated = (shape: ListExpr | undefined): string => (shape ? `: ${showList(shape)}` : '')

const showBody = (body: readonly Statement[]): string => `{ ${body.map(showStatement).join('; ')} }`

const afterwards = (before: string, values: readonly Expr[]): string =>
  values.length > 0 ? `${before}${values.map(showExpression).join(', ')}` : ''

const optional = (before: string, value: Expr | undefined): string => afterwards(before, value ? [value] : [])

/** A statement as it was read; `#b_2` shows the segment it gives to paths. */
export function showStatement(statement: Statement): string {
  const text = textOfStatement(statement)
  return 'segment' in statement ? `${text} #${statement.segment}` : text
}

function textOfStatement(statement: Statement): string {
  switch (statement.kind) {
    case 'input':
      return `input ${statement.name.name}${annotated(statement.shape)}${afterwards(' where ', statement.where)}`
    case 'output':
      return `output ${statement.name.name}${annotated(statement.shape)}${optional(' = ', statement.value)}`
    case 'return':
      return `return ${afterwards('', statement.values)}`
    case 'weight': {
      const { weight, name, shape, init, options } = statement
      const values = [showExpression(init), ...options.map((option) => `${option.name.name}: ${showExpression(option.value)}`)]
      return `${weight} ${name.name}${annotated(shape)} = ${values.join(', ')}`
    }
    case 'layer':
      return `layer ${statement.name.name} = ${showExpression(statement.value)}`
    case 'require':
      return `require ${showExpression(statement.condition)}${optional(', ', statement.message)}`
    case 'for':
      return `for ${showPattern(statement.pattern)} in ${showExpression(statement.in)} ${showBody(statement.body)}`
    case 'if':
      return `if ${showExpression(statement.condition)} ${showBody(statement.consequent)} else ${showBody(statement.alternative)}`
    case 'assign':
      return `${statement.targets.map(showPattern).join(', ')}${annotated(statement.shape)} = ${showExpression(statement.value)}`
  }
}

export function showDeclaration(declaration: Declaration): string {
  const { kind, name } = declaration
  const parameters = declaration.parameters ? `(${declaration.parameters.map(showParameter).join(', ')})` : ''
  if (kind === 'const') return `const ${name.name}${parameters} = ${showExpression(declaration.value)}`
  const results = kind === 'block' ? ` -> (${declaration.results.map(showResult).join(', ')})` : ''
  return `${kind} ${name.name}${parameters}${results} ${showBody(declaration.body)}`
}
