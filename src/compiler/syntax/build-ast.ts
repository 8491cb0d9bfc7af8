import type { CstElement, CstNode, IToken } from 'chevrotain'
import type { Parsed } from '../../../grammar/index.ts'
import type * as ast from './ast.ts'
import { positionOf, type Source, type Span } from '../text/source.ts'
import { readText, type TextReader } from './read-text.ts'

/** CST → AST. Pieces that the parser's recovery left out become `missing` expressions or are dropped; nothing throws. */
export function buildFile(parsed: Parsed, source: Source, readParts: TextReader): ast.FileAst {
  const builder = createBuilder(source, readParts)
  const declarations = nodes(parsed.cst, 'declaration')
  return {
    imports: declarations.flatMap((node) => nodes(node, 'importDeclaration')).map(builder.importDeclaration),
    declarations: declarations.flatMap((node) => builder.declaration(node, docBefore(parsed, source, node))),
    comments: parsed.comments.map((comment) => ({ text: comment.image, span: builder.spanOf(comment) })),
  }
}

export function buildExpression(parsed: Parsed, source: Source, readParts: TextReader): ast.Expr {
  const builder = createBuilder(source, readParts)
  return parsed.cst ? builder.expression(parsed.cst) : { kind: 'missing', span: { source, start: 0, end: source.text.length } }
}

const isNode = (element: CstElement): element is CstNode => 'children' in element

const nodes = (node: CstNode | undefined, name: string): readonly CstNode[] => (node?.children[name] ?? []).filter(isNode)

const node = (parent: CstNode | undefined, name: string): CstNode | undefined => nodes(parent, name)[0]

const tokens = (parent: CstNode | undefined, name: string): readonly IToken[] =>
  (parent?.children[name] ?? []).filter((element): element is IToken => !isNode(element) && !element.isInsertedInRecovery)

const token = (parent: CstNode | undefined, name: string): IToken | undefined => tokens(parent, name)[0]

/** The `///` lines that end right above a declaration, without their slashes. */
function docBefore(parsed: Parsed, source: Source, declaration: CstNode): string {
  let line = positionOf(source, declaration.location?.startOffset ?? 0).line - 1
  const lines: string[] = []
  for (let i = parsed.docs.length - 1; i >= 0; i--) {
    const doc = parsed.docs[i]!
    if (doc.startLine! > line) continue
    if (doc.startLine !== line) break
    lines.unshift(doc.image.replace(/^\/\/\/ ?/, '').trimEnd())
    line--
  }
  return lines.join('\n')
}

function createBuilder(source: Source, readParts: TextReader) {
  const spanOf = (element: CstNode | IToken | undefined): Span => {
    if (!element) return { source, start: 0, end: 0 }
    const at = isNode(element) ? element.location! : element
    const start = Number.isNaN(at.startOffset) ? source.text.length : at.startOffset
    const end = at.endOffset === undefined || Number.isNaN(at.endOffset) ? start : at.endOffset + 1
    return { source, start, end }
  }

  const identifier = (name: IToken | undefined): ast.Identifier => ({ name: name?.image ?? '', span: spanOf(name) })

  const missing = (at: CstNode | IToken | undefined): ast.Expr => ({ kind: 'missing', span: spanOf(at) })

  /** Names assigned so far in the text of the body being read, for the segments of weight paths. */
  let assigned = new Map<string, number>()

  const segment = (name: string): string => {
    const count = (assigned.get(name) ?? 0) + 1
    assigned.set(name, count)
    return count === 1 ? name : `${name}_${count}`
  }

  const inNewBody = <T>(build: () => T): T => {
    const outer = assigned
    assigned = new Map()
    const built = build()
    assigned = outer
    return built
  }

  function importDeclaration(cst: CstNode): ast.ImportDeclaration {
    const from = token(cst, 'Text')
    return {
      kind: 'import',
      names: nodes(cst, 'importedName').map((imported) => {
        const name = identifier(token(imported, 'Name'))
        const alias = token(imported, 'alias')
        return { name, as: alias ? identifier(alias) : name }
      }),
      from: from ? from.image.slice(1, -1) : '',
      fromSpan: spanOf(from),
      span: spanOf(cst),
    }
  }

  function declaration(cst: CstNode, doc: string): readonly ast.Declaration[] {
    const model = node(cst, 'modelDeclaration')
    const block = node(cst, 'blockDeclaration')
    const constant = node(cst, 'constDeclaration')
    if (model)
      return inNewBody(() => [{ kind: 'model', ...declared(model, doc), parameters: parameters(model), body: body(model) }])
    if (block) {
      const results = nodes(node(block, 'results'), 'result').map(result)
      return inNewBody(() => [
        { kind: 'block', ...declared(block, doc), parameters: parameters(block), results, body: body(block) },
      ])
    }
    if (!constant) return []
    const value = node(constant, 'expression')
    return [
      {
        kind: 'const',
        ...declared(constant, doc),
        parameters: node(constant, 'parameters') ? parameters(constant) : undefined,
        value: value ? expression(value) : missing(constant),
      },
    ]
  }

  const declared = (cst: CstNode, doc: string) => ({ name: identifier(token(cst, 'Name')), doc, span: spanOf(cst) })

  const parameters = (cst: CstNode): readonly ast.Parameter[] =>
    nodes(node(cst, 'parameters'), 'parameter').flatMap((parameter) => {
      const type = node(parameter, 'type')
      const value = node(parameter, 'expression')
      if (!type) return []
      return [
        {
          name: identifier(token(parameter, 'Name')),
          type: typeExpr(type),
          default: value ? expression(value) : undefined,
          span: spanOf(parameter),
        },
      ]
    })

  function typeExpr(cst: CstNode): ast.TypeExpr {
    const shape = node(cst, 'list')
    const suffix = token(cst, 'Spread') ? '...' : token(cst, 'Question') ? '?' : ''
    if (shape) return { kind: 'shape', shape: list(shape), suffix, span: spanOf(cst) }
    return {
      kind: 'named',
      name: identifier(token(cst, 'Name')),
      lists: tokens(cst, 'OpenBracket').length,
      suffix,
      span: spanOf(cst),
    }
  }

  function result(cst: CstNode): ast.Result {
    const named = token(cst, 'Colon') ? identifier(token(cst, 'Name')) : undefined
    const like = token(cst, 'model')
    if (like) return { kind: 'like', name: named, model: identifier(like), span: spanOf(cst) }
    const type = node(cst, 'type')
    return {
      kind: 'type',
      name: named,
      type: type
        ? typeExpr(type)
        : { kind: 'named', name: { name: 'tensor', span: spanOf(cst) }, lists: 0, suffix: '', span: spanOf(cst) },
      span: spanOf(cst),
    }
  }

  const body = (cst: CstNode | undefined, name = 'body'): readonly ast.Statement[] => statements(node(cst, name))

  const statements = (cst: CstNode | undefined): readonly ast.Statement[] =>
    nodes(cst, 'statement').flatMap((statement) => {
      const [name, [inner]] = Object.entries(statement.children)[0] ?? ['', []]
      const build = name in statementBuilders ? statementBuilders[name as keyof typeof statementBuilders] : undefined
      return build && inner && isNode(inner) ? [build(inner)] : []
    })

  const statementBuilders = {
    inputStatement: (cst: CstNode): ast.Statement => ({
      kind: 'input',
      name: identifier(token(cst, 'Name')),
      shape: list(node(cst, 'list')),
      where: nodes(cst, 'expression').map(expression).flatMap(conjuncts),
      span: spanOf(cst),
    }),
    outputStatement: (cst: CstNode): ast.Statement => {
      const name = identifier(token(cst, 'Name'))
      const shape = node(cst, 'list')
      const value = node(cst, 'expression')
      return {
        kind: 'output',
        name,
        shape: shape ? list(shape) : undefined,
        segment: value ? segment(name.name) : name.name,
        value: value ? expression(value) : undefined,
        span: spanOf(cst),
      }
    },
    returnStatement: (cst: CstNode): ast.Statement => ({
      kind: 'return',
      values: nodes(cst, 'expression').map(expression),
      span: spanOf(cst),
    }),
    weightStatement: (cst: CstNode): ast.Statement => {
      const name = identifier(token(cst, 'Name'))
      return {
        kind: 'weight',
        weight: token(cst, 'State') ? 'state' : 'param',
        name,
        segment: segment(name.name),
        shape: list(node(cst, 'list')),
        init: valueOf(cst),
        options: nodes(cst, 'weightOption').map((option) => ({
          name: identifier(token(option, 'Word')),
          value: valueOf(option),
        })),
        span: spanOf(cst),
      }
    },
    layerStatement: (cst: CstNode): ast.Statement => {
      const name = identifier(token(cst, 'Name'))
      return { kind: 'layer', name, segment: segment(name.name), value: valueOf(cst), span: spanOf(cst) }
    },
    requireStatement: (cst: CstNode): ast.Statement => {
      const message = token(cst, 'Text')
      return { kind: 'require', condition: valueOf(cst), message: message ? text(message) : undefined, span: spanOf(cst) }
    },
    forStatement: (cst: CstNode): ast.Statement => ({
      kind: 'for',
      pattern: pattern(node(cst, 'pattern')),
      in: valueOf(cst),
      body: body(cst),
      span: spanOf(cst),
    }),
    ifStatement: (cst: CstNode): ast.Statement => ifStatement(cst),
    assignment: (cst: CstNode): ast.Statement => {
      const targets = nodes(cst, 'pattern').map(pattern)
      const shape = node(cst, 'list')
      return {
        kind: 'assign',
        targets,
        segment: segment(firstName(targets) ?? '_'),
        shape: shape ? list(shape) : undefined,
        value: valueOf(cst),
        span: spanOf(cst),
      }
    },
  }

  function ifStatement(cst: CstNode): ast.Statement {
    const chained = node(cst, 'ifStatement')
    return {
      kind: 'if',
      condition: valueOf(cst),
      consequent: body(cst),
      alternative: chained ? [ifStatement(chained)] : body(cst, 'otherwise'),
      span: spanOf(cst),
    }
  }

  const firstName = (patterns: readonly ast.Pattern[]): string | undefined => {
    for (const one of patterns) {
      const name = one.kind === 'name' ? one.name : one.kind === 'list' ? firstName(one.items) : undefined
      if (name !== undefined) return name
    }
    return undefined
  }

  function pattern(cst: CstNode | undefined): ast.Pattern {
    const name = token(cst, 'Name')
    if (name) return { kind: 'name', name: name.image, span: spanOf(cst) }
    const items = nodes(cst, 'pattern')
    return items.length > 0
      ? { kind: 'list', items: items.map(pattern), span: spanOf(cst) }
      : { kind: 'discard', span: spanOf(cst) }
  }

  const valueOf = (cst: CstNode): ast.Expr => {
    const value = node(cst, 'expression')
    return value ? expression(value) : missing(cst)
  }

  function expression(cst: CstNode): ast.Expr {
    const span = spanOf(cst)
    const steps = nodes(cst, 'step')
    const head = labelled(choice(node(cst, 'choice'), cst), node(cst, 'label'))
    if (steps.length === 0) return head
    return {
      kind: 'pipe',
      head,
      steps: steps.map((step) => ({ value: stepValue(step), label: labelOf(node(step, 'label')) })),
      span,
    }
  }

  function stepValue(cst: CstNode): ast.Expr {
    const freeze = token(cst, 'Freeze')
    const value = postfix(node(cst, 'postfix'), cst)
    return freeze ? prefix('freeze', freeze, value) : value
  }

  const labelOf = (cst: CstNode | undefined): ast.Identifier | undefined => (cst ? identifier(token(cst, 'Name')) : undefined)

  function labelled(of: ast.Expr, cst: CstNode | undefined): ast.Expr {
    const label = labelOf(cst)
    return label ? { kind: 'label', of, label, span: { source, start: of.span.start, end: label.span.end } } : of
  }

  function choice(cst: CstNode | undefined, parent: CstNode): ast.Expr {
    if (!cst) return missing(parent)
    const condition = node(cst, 'condition')
    if (!condition)
      return logic(node(cst, 'disjunction'), cst, 'or', 'conjunction', (c, p) => logic(c, p, 'and', 'negation', negation))
    const branch = (name: string): ast.Expr => {
      const found = node(cst, name)
      return found ? expression(found) : missing(cst)
    }
    return {
      kind: 'choice',
      condition: expression(condition),
      consequent: branch('then'),
      alternative: branch('otherwise'),
      span: spanOf(cst),
    }
  }

  type Operand = (cst: CstNode | undefined, parent: CstNode) => ast.Expr

  function logic(cst: CstNode | undefined, parent: CstNode, op: 'and' | 'or', operand: string, build: Operand): ast.Expr {
    if (!cst) return missing(parent)
    const operands = nodes(cst, operand).map((one) => build(one, cst))
    return operands.length === 1
      ? operands[0]!
      : operands.length === 0
        ? missing(cst)
        : { kind: 'logic', op, operands, span: spanOf(cst) }
  }

  function negation(cst: CstNode | undefined, parent: CstNode): ast.Expr {
    if (!cst) return missing(parent)
    const of = comparison(node(cst, 'comparison'), cst)
    return tokens(cst, 'Not').reduceRight<ast.Expr>((inner, not) => prefix('not', not, inner), of)
  }

  const prefix = (op: '-' | 'not' | 'freeze', at: IToken, of: ast.Expr): ast.Expr => ({
    kind: 'unary',
    op,
    of,
    span: { source, start: at.startOffset, end: of.span.end },
  })

  function comparison(cst: CstNode | undefined, parent: CstNode): ast.Expr {
    if (!cst) return missing(parent)
    const sides = nodes(cst, 'sum').map((sum) => chain(sum, 'product', (product) => chain(product, 'prefixed', prefixed)))
    const op = token(cst, 'operator')
    if (!op) return sides[0] ?? missing(cst)
    return {
      kind: 'compare',
      op: op.image as ast.Comparison,
      left: sides[0] ?? missing(cst),
      right: sides[1] ?? missing(cst),
      span: spanOf(cst),
    }
  }

  function chain(cst: CstNode, operand: string, build: (cst: CstNode) => ast.Expr): ast.Expr {
    const operands = nodes(cst, operand).map(build)
    const first = operands[0] ?? missing(cst)
    const operators = tokens(cst, 'operator')
    if (operators.length === 0) return first
    const rest = operators.map((op, i) => ({ op: op.image as ast.Arithmetic, value: operands[i + 1] ?? missing(cst) }))
    return { kind: 'chain', first, rest, span: spanOf(cst) }
  }

  function prefixed(cst: CstNode): ast.Expr {
    return tokens(cst, 'prefix').reduceRight<ast.Expr>(
      (inner, at) => prefix(at.image === '-' ? '-' : 'freeze', at, inner),
      postfix(node(cst, 'postfix'), cst),
    )
  }

  function postfix(cst: CstNode | undefined, parent: CstNode): ast.Expr {
    if (!cst) return missing(parent)
    const suffixes = [...nodes(cst, 'callArguments'), ...nodes(cst, 'index'), ...nodes(cst, 'member')].sort(
      (a, b) => a.location!.startOffset - b.location!.startOffset,
    )
    return suffixes.reduce<ast.Expr>((of, suffix) => {
      const span = { source, start: of.span.start, end: spanOf(suffix).end }
      if (suffix.name === 'callArguments')
        return { kind: 'call', callee: of, args: nodes(suffix, 'argument').flatMap(argument), span }
      if (suffix.name === 'index') return { kind: 'index', of, index: valueOf(suffix), span }
      return { kind: 'member', of, member: identifier(token(suffix, 'Word')), span }
    }, primary(node(cst, 'primary'), cst))
  }

  function argument(cst: CstNode): readonly ast.Argument[] {
    const value = node(cst, 'expression')
    const word = token(cst, 'Word')
    if (word) {
      const name = identifier(word)
      // `stride:` alone means `stride: stride`
      return [{ kind: 'named', name, value: value ? expression(value) : { kind: 'name', name: name.name, span: name.span } }]
    }
    if (!value) return []
    return [{ kind: token(cst, 'Spread') ? 'spread' : 'positional', value: expression(value) }]
  }

  function primary(cst: CstNode | undefined, parent: CstNode): ast.Expr {
    if (!cst) return missing(parent)
    const inner = node(cst, 'expression')
    if (inner) return expression(inner)
    const items = node(cst, 'list')
    if (items) return list(items)
    const [name, elements] = Object.entries(cst.children)[0] ?? ['', []]
    const leaf = elements[0]
    if (!leaf || isNode(leaf) || leaf.isInsertedInRecovery) return missing(cst)
    const span = spanOf(leaf)
    switch (name) {
      case 'Int':
        return { kind: 'number', value: Number(leaf.image), float: false, span }
      case 'Float':
        return { kind: 'number', value: Number(leaf.image), float: true, span }
      case 'Size':
        return { kind: 'size', values: leaf.image.split('x').map(Number), span }
      case 'Text':
        return text(leaf)
      case 'True':
      case 'False':
        return { kind: 'bool', value: name === 'True', span }
      case 'None':
        return { kind: 'none', span }
      case 'Hole':
        return { kind: 'hole', span }
      case 'Name':
        return { kind: 'name', name: leaf.image, span }
      default:
        return missing(cst)
    }
  }

  const text = (at: IToken): ast.Expr => ({
    kind: 'text',
    parts: readText(source, at.startOffset, at.image, readParts),
    span: spanOf(at),
  })

  function list(cst: CstNode | undefined): ast.ListExpr {
    return { kind: 'list', items: nodes(cst, 'item').flatMap(item), span: spanOf(cst) }
  }

  function item(cst: CstNode): readonly ast.Item[] {
    const comprehension = node(cst, 'comprehension')
    if (comprehension) {
      const clauses = nodes(comprehension, 'clause').map((clause) => ({
        pattern: pattern(node(clause, 'pattern')),
        in: valueOf(clause),
        filters: nodes(clause, 'filter').map(expression),
      }))
      return [{ kind: 'comprehension', clauses, value: valueOf(comprehension) }]
    }
    const value = node(cst, 'expression')
    return value ? [{ kind: token(cst, 'Spread') ? 'spread' : 'value', value: expression(value) }] : []
  }

  return { importDeclaration, declaration, expression, spanOf }
}

/** `a and b` as the two conditions that it is. */
const conjuncts = (condition: ast.Expr): readonly ast.Expr[] =>
  condition.kind === 'logic' && condition.op === 'and' ? condition.operands.flatMap(conjuncts) : [condition]
