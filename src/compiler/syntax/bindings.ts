import type { Clause, Declaration, Expr, FileAst, Identifier, InputStatement, ListExpr, Parameter, Pattern, Statement } from './ast.ts'
import { childrenOf, itemsOf } from './children.ts'
import { namesIn } from './names-in.ts'
import { namesInPattern } from './pattern-names.ts'
import { isSamePlace, type Span } from '../text/source.ts'

export type BindingKind =
  | 'import'
  | Declaration['kind']
  | 'parameter'
  | 'extent'
  | 'input'
  | 'output'
  | 'weight'
  | 'layer'
  | 'assigned'
  | 'loop'

/** What a name of a file stands for, and everywhere it stands for that. */
export interface Binding {
  readonly kind: BindingKind
  readonly name: string
  /** Where it is made: of a name that is assigned several times, the first. */
  readonly span: Span
  readonly uses: readonly Use[]
}

export type Use =
  /** `written` where it is assigned again. */
  | { readonly span: Span; readonly how: 'read' | 'written' }
  /** A name and its value at once: `conv(x, bias:)`. */
  | { readonly span: Span; readonly how: 'short'; readonly argument: Span }

const known = new WeakMap<FileAst, readonly Binding[]>()

/**
 * Everything that the names of a file are bound to, in the order in which it is made, as the evaluator binds them: in order, inner
 * names before outer ones. What nothing in the file makes is not in it: ops of the library, words of enums.
 */
export function bindingsIn(ast: FileAst): readonly Binding[] {
  let bindings = known.get(ast)
  if (!bindings) known.set(ast, (bindings = new Binder(ast).made))
  return bindings
}

const places = new WeakMap<FileAst, ReadonlyMap<number, { readonly span: Span; readonly binding: Binding }>>()

/** What the name at a place is bound to, whether it is made, assigned or read there. */
export function bindingAt(place: Span, ast: FileAst): Binding | undefined {
  let all = places.get(ast)
  if (!all) {
    const found = bindingsIn(ast).flatMap((binding) => [binding, ...binding.uses].map(({ span }) => ({ span, binding })))
    places.set(ast, (all = new Map(found.map((one) => [one.span.start, one]))))
  }
  const there = all.get(place.start)
  return there && isSamePlace(there.span, place) ? there.binding : undefined
}

interface Open extends Binding {
  readonly uses: Use[]
}

type Names = Map<string, Open>

class Binder {
  readonly made: Open[] = []
  private readonly file: Names = new Map()

  constructor({ imports, declarations }: FileAst) {
    for (const { as } of imports.flatMap(({ names }) => names)) this.make('import', as, this.file)
    for (const { kind, name } of declarations) this.make(kind, name, this.file)
    for (const declaration of declarations) this.declaration(declaration)
  }

  private make(kind: BindingKind, { name, span }: Identifier, names: Names): void {
    if (names.has(name)) return
    const binding: Open = { kind, name, span, uses: [] }
    this.made.push(binding)
    names.set(name, binding)
  }

  /** A name that is assigned is made where it is new. */
  private assign(kind: BindingKind, { name, span }: Identifier, names: Names): void {
    const before = names.get(name)
    if (before) before.uses.push({ span, how: 'written' })
    else this.make(kind, { name, span }, names)
  }

  private use({ name, span }: Identifier, names: Names, argument?: Span): void {
    const binding = names.get(name) ?? this.file.get(name)
    binding?.uses.push(argument ? { span, how: 'short', argument } : { span, how: 'read' })
  }

  private declaration(declaration: Declaration): void {
    const names: Names = new Map()
    for (const parameter of declaration.parameters ?? []) this.parameter(parameter, names)
    if (declaration.kind === 'const') {
      this.read(declaration.value, names)
      return
    }
    for (const result of declaration.kind === 'block' ? declaration.results : []) {
      if (result.kind === 'like') this.use(result.model, names)
      else if (result.type.kind === 'shape') this.read(result.type.shape, names)
    }
    // the results are declared in terms of the parameters as they were given
    this.body(declaration.body, new Map(names))
  }

  private parameter({ name, type, default: fallback }: Parameter, names: Names): void {
    if (type.kind === 'shape') this.extents(type.shape, names, false)
    if (fallback) this.read(fallback, names)
    this.make('parameter', name, names)
  }

  /** A plain name in a shape is made by the first; anything else is read, and what is spread into the shape of an input. */
  private extents({ items }: ListExpr, names: Names, isInput: boolean): void {
    for (const { kind, value: axis } of items) {
      if (axis.kind !== 'name' || (kind === 'spread' && isInput)) this.read(axis, names)
      else if (!names.has(axis.name)) this.make('extent', axis, names)
      // a `where` before may have made it here
      else if (names.get(axis.name)!.span !== axis.span) this.use(axis, names)
    }
  }

  private body(body: readonly Statement[], names: Names): void {
    const inputs = body.filter((statement) => statement.kind === 'input')
    for (const statement of body) this.statement(statement, names, inputs)
  }

  private statement(statement: Statement, names: Names, inputs: readonly InputStatement[]): void {
    switch (statement.kind) {
      case 'input':
        this.extents(statement.shape, names, true)
        this.where(statement, names, inputs)
        this.assign('input', statement.name, names)
        return
      case 'output':
        if (statement.shape) this.read(statement.shape, names)
        if (!statement.value) this.use(statement.name, names)
        else {
          this.read(statement.value, names)
          this.assign('output', statement.name, names)
        }
        return
      case 'return':
        for (const value of statement.values) this.read(value, names)
        return
      case 'weight':
        for (const expr of [statement.shape, statement.init, ...statement.options.map(({ value }) => value)]) this.read(expr, names)
        this.assign('weight', statement.name, names)
        return
      case 'layer':
        this.read(statement.value, names)
        this.assign('layer', statement.name, names)
        return
      case 'require':
        this.read(statement.condition, names)
        if (statement.message) this.read(statement.message, names)
        return
      case 'for': {
        this.read(statement.in, names)
        const turn = new Map(names)
        this.shadow(statement.pattern, turn)
        this.body(statement.body, turn)
        return
      }
      case 'if':
        this.read(statement.condition, names)
        this.body(statement.consequent, new Map(names))
        this.body(statement.alternative, new Map(names))
        return
      case 'assign':
        this.read(statement.value, names)
        if (statement.shape) this.read(statement.shape, names)
        for (const target of statement.targets.flatMap(namesInPattern)) this.assign('assigned', target, names)
    }
  }

  /** A `where` may speak of the extents of later inputs. */
  private where({ where }: InputStatement, names: Names, inputs: readonly InputStatement[]): void {
    const spokenOf = new Set(where.flatMap(namesIn).map(({ name }) => name))
    for (const axis of inputs.flatMap(({ shape }) => itemsOf(shape)))
      if (axis.kind === 'name' && spokenOf.has(axis.name)) this.make('extent', axis, names)
    for (const condition of where) this.read(condition, names)
  }

  /** The names of a loop hide those around it. */
  private shadow(pattern: Pattern, names: Names): void {
    for (const name of namesInPattern(pattern)) {
      names.delete(name.name)
      this.make('loop', name, names)
    }
  }

  private read(expr: Expr, names: Names): void {
    if (expr.kind === 'name') this.use(expr, names)
    else if (expr.kind === 'list') for (const item of expr.items) this.item(item, names)
    else if (expr.kind === 'call') {
      this.read(expr.callee, names)
      for (const arg of expr.args) {
        const isShort = arg.kind === 'named' && arg.value.kind === 'name' && arg.value.span.start === arg.name.span.start
        if (isShort) this.use(arg.name, names, arg.span)
        else this.read(arg.value, names)
      }
    } else for (const child of childrenOf(expr)) this.read(child, names)
  }

  private item(item: ListExpr['items'][number], names: Names): void {
    if (item.kind !== 'comprehension') this.read(item.value, names)
    else this.comprehension(item.clauses, item.value, names)
  }

  private comprehension(clauses: readonly Clause[], value: Expr, names: Names): void {
    const inner = new Map(names)
    for (const clause of clauses) {
      this.read(clause.in, inner)
      this.shadow(clause.pattern, inner)
      for (const filter of clause.filters) this.read(filter, inner)
    }
    this.read(value, inner)
  }
}
