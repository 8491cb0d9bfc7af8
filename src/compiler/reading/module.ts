import type { Declaration, Expr, FileAst, Identifier, ImportDeclaration, ModelDeclaration, Pattern, Statement } from '../syntax/ast.ts'
import { didYouMean } from '../text/did-you-mean.ts'
import type { Edit, Fix, Reporter } from '../diagnostics/diagnostics.ts'
import type { Host } from '../text/host.ts'
import { renamedInside } from '../remedies/names/family-fixes.ts'
import { fileMeant, ownNames, replacedImport } from '../remedies/names/import-fixes.ts'
import { Effort } from './effort.ts'
import type { TextReader } from '../syntax/read-text.ts'
import { expressionReader, readFile } from './read-file.ts'
import { textOf, type Origin, type Source, type Span } from '../text/source.ts'
import type { Value } from '../elaborate/value.ts'

export interface Module {
  readonly source: Source
  readonly ast: FileAst
  /** Every name the file declares or imports. */
  readonly names: ReadonlyMap<string, Binding>
  /** Values of constants, and the mark of those being computed. */
  readonly constants: Map<string, Value | 'computing'>
}

export type Binding =
  | { readonly kind: 'declared'; readonly declaration: Declaration; readonly span: Span }
  | { readonly kind: 'imported'; readonly name: string; readonly from: () => Module | undefined; readonly span: Span }

/** What can be done about a name in the declaration that it is bound in. */
type FixesOf = (name: string) => readonly Fix[]

/**
 * Writes another name where this one stands, and everywhere else in the text outside of comments where it is the name of an
 * import.
 */
function renaming({ span }: Identifier, everywhere: string, text: string): readonly Edit[] {
  if (everywhere === '') return [{ span, text }]
  const { source } = span
  return [...source.text.matchAll(new RegExp(`\\b${everywhere}\\b`, 'g'))]
    .map(({ index }) => ({ span: { source, start: index, end: index + everywhere.length }, text }))
    .filter(({ span: { start } }) => !source.text.slice(source.text.lastIndexOf('\n', start - 1) + 1, start).includes('//'))
}

const at = (span: Span): Origin => ({ span, frame: undefined })

/**
 * Reads files into modules, each once. Imports of user files are followed at once, those of the library when a name is first
 * used.
 */
export class Modules {
  private readonly loaded = new Map<string, Module>()
  /** A file of the user may have the path of one of these. */
  private readonly loadedFamilies = new Map<string, Module>()
  /** The models that other models called: what they are was checked there. */
  readonly called = new Set<ModelDeclaration>()
  readonly effort = new Effort()
  private readonly loading: string[] = []
  /** Reads an expression that is part of a larger text, reporting what is wrong with it. */
  readonly readExpression: TextReader
  private readonly host: Host
  private readonly reporter: Reporter

  constructor(host: Host, reporter: Reporter) {
    this.host = host
    this.reporter = reporter
    this.readExpression = expressionReader(reporter)
  }

  /** The expression that stands in a place of a text. */
  expressionAt(span: Span): Expr {
    return this.readExpression(span.source, textOf(span), span.start)
  }

  /** The user's files that were read. */
  get userFiles(): readonly Module[] {
    return [...this.loaded.values()]
  }

  get families(): readonly string[] {
    return this.host.library.families
  }

  /** The module of a user's file whose text is known. */
  file(path: string, text: string): Module {
    const known = this.loaded.get(path)
    if (known) return known
    this.loading.push(path)
    const module = this.build(readFile(path, text, false), (specifier) => this.host.resolve(specifier, path))
    this.loading.pop()
    return module
  }

  /** The module of a family of the standard library. */
  family(name: string): Module {
    const path = `std/${name}.fmw`
    const { library } = this.host
    return (
      this.loadedFamilies.get(path) ??
      this.build(
        readFile(path, library.read(name), true, () => library.stored?.(name)),
        (specifier) => specifier,
      )
    )
  }

  get prelude(): Module {
    return this.family('prelude')
  }

  private build({ source, ast, reporter }: ReturnType<typeof readFile>, resolve: (specifier: string) => string): Module {
    this.reporter.merge(reporter)
    const names = new Map<string, Binding>()
    const module: Module = { source, ast, names, constants: new Map() }
    const loaded = source.library ? this.loadedFamilies : this.loaded
    loaded.set(source.path, module)
    for (const declaration of ast.imports) this.bindImports(declaration, names, { source, ast }, resolve)
    for (const declaration of ast.declarations) {
      this.bind(
        names,
        declaration.name.name,
        declaration.name.span,
        { kind: 'declared', declaration, span: declaration.name.span },
        source,
        replacedImport(declaration, ast),
      )
      if (source.library || declaration.kind === 'const') continue
      const fixesOf = (name: string): readonly Fix[] => renamedInside(declaration, name, ast.declarations)
      for (const { name } of declaration.parameters) this.checkFamily(name.name, name.span, fixesOf)
      this.checkNames(declaration.body, fixesOf)
    }
    return module
  }

  private bind(
    names: Map<string, Binding>,
    name: string,
    span: Span,
    binding: Binding,
    source: Source,
    fixes: readonly Fix[] = [],
  ): void {
    if (name === '') return
    const earlier = names.get(name)
    // an import that failed has been reported, and is in nobody's way
    const failed = earlier?.kind === 'imported' && !source.library && earlier.from() === undefined
    if (earlier && !failed)
      this.reporter.report('name/duplicate', { what: 'declaration', name }, at(span), {
        labels: [{ origin: at(earlier.span), text: 'the first' }],
        fixes,
      })
    else names.set(name, binding)
    if (!source.library) this.checkFamily(name, span)
  }

  private bindImports(
    declaration: ImportDeclaration,
    names: Map<string, Binding>,
    { source, ast }: Pick<Module, 'source' | 'ast'>,
    resolve: (s: string) => string,
  ): void {
    const from = source.library
      ? (): Module => this.family(declaration.from.replace(/^\.\/|\.fmw$/g, ''))
      : this.importFile(declaration, resolve(declaration.from), ast)
    for (const { name, as } of declaration.names) {
      const found = source.library ? undefined : from()
      if (found && !found.names.has(name.name)) {
        const near = didYouMean(name.name, found.names.keys())
        this.reporter.report('import/unknown-name', { name: name.name, file: declaration.from }, at(name.span), {
          notes: near ? [`did you mean ${near}?`] : [`it declares ${[...found.names.keys()].join(', ') || 'nothing'}`],
          fixes: near ? [{ title: `import ${near}`, edits: renaming(name, name.span === as.span ? name.name : '', near) }] : [],
        })
      }
      this.bind(names, as.name, as.span, { kind: 'imported', name: name.name, from, span: as.span }, source)
    }
  }

  private importFile(declaration: ImportDeclaration, path: string, ast: FileAst): () => Module | undefined {
    const origin = at(declaration.fromSpan)
    // the path is missing from the text, which the parser has said
    if (origin.span.start === origin.span.end) return () => undefined
    const cycle = this.loading.indexOf(path)
    if (cycle >= 0) {
      const files = [...this.loading.slice(cycle), path]
      const fixes = files.length === 2 ? ownNames(declaration, ast) : []
      this.reporter.report('import/cycle', { cycle: files.map((file) => file.split('/').at(-1)).join(' → ') }, origin, { fixes })
      return () => undefined
    }
    const known = this.loaded.get(path)
    if (known) return () => known
    const text = this.host.read(path)
    if (text === undefined) {
      const meant = fileMeant(declaration, path, this.host)
      this.reporter.report('import/missing-file', { file: declaration.from, path }, origin, {
        notes: meant === undefined ? [] : [`did you mean ${meant}?`],
        fixes: meant === undefined ? [] : [{ title: `import from ${meant}`, edits: [{ span: origin.span, text: `"${meant}"` }] }],
      })
      return () => undefined
    }
    const module = this.file(path, text)
    return () => module
  }

  /** A value may not be called like a family: `pool.max` would change its meaning. */
  private checkNames(body: readonly Statement[], fixesOf: FixesOf): void {
    for (const statement of body) {
      if (statement.kind === 'assign') statement.targets.forEach((target) => this.checkPattern(target, fixesOf))
      else if (statement.kind === 'for') {
        this.checkPattern(statement.pattern, fixesOf)
        this.checkNames(statement.body, fixesOf)
      } else if (statement.kind === 'if') {
        this.checkNames(statement.consequent, fixesOf)
        this.checkNames(statement.alternative, fixesOf)
      } else if ('name' in statement) this.checkFamily(statement.name.name, statement.name.span, fixesOf)
    }
  }

  private checkPattern(pattern: Pattern, fixesOf: FixesOf): void {
    if (pattern.kind === 'name') this.checkFamily(pattern.name, pattern.span, fixesOf)
    if (pattern.kind === 'list') pattern.items.forEach((item) => this.checkPattern(item, fixesOf))
  }

  private checkFamily(name: string, span: Span, fixesOf: FixesOf = () => []): void {
    if (this.families.includes(name)) this.reporter.report('name/family', { name }, at(span), { fixes: fixesOf(name) })
  }
}
