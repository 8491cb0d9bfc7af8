import type { Declaration, FileAst, ImportDeclaration, ModelDeclaration, Pattern, Statement } from '../syntax/ast.ts'
import type { Code, FactsOf } from '../catalog/index.ts'
import type { Details, Reporter } from '../diagnostics/diagnostics.ts'
import { joinDetails } from '../diagnostics/join-details.ts'
import type { Host } from '../text/host.ts'
import type { AdviseReading, ReadingCause, Unread } from './cause.ts'
import { Effort } from './effort.ts'
import type { TextReader } from '../syntax/read-text.ts'
import { expressionReader, readFile } from './read-file.ts'
import { fileName } from '../text/file-name.ts'
import type { Origin, Source, Span } from '../text/source.ts'

export interface Module {
  readonly source: Source
  readonly ast: FileAst
  /** Every name the file declares or imports. */
  readonly names: ReadonlyMap<string, Binding>
}

export type Binding =
  | { readonly kind: 'declared'; readonly declaration: Declaration; readonly span: Span }
  | { readonly kind: 'imported'; readonly name: string; readonly from: () => Module | undefined; readonly span: Span }

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
  private readonly advise: AdviseReading | undefined

  /** @param advise what would mend mistakes; without it, that is not searched for */
  constructor(host: Host, reporter: Reporter, advise?: AdviseReading) {
    this.host = host
    this.reporter = reporter
    this.advise = advise
    this.readExpression = expressionReader((unread, source) => this.reportSyntax(unread, source))
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

  private build({ source, ast, problems }: ReturnType<typeof readFile>, resolve: (specifier: string) => string): Module {
    if (problems === 'too-deep') this.report('limit/depth', { bound: 'can be followed' }, { source, start: 0, end: 0 })
    else this.reportSyntax(problems, source)
    const names = new Map<string, Binding>()
    const module: Module = { source, ast, names }
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
      )
      if (source.library || declaration.kind === 'const') continue
      for (const { name } of declaration.parameters) this.checkFamily(name.name, name.span, ast)
      this.checkNames(declaration.body, ast)
    }
    return module
  }

  private bind(
    names: Map<string, Binding>,
    name: string,
    span: Span,
    binding: Binding,
    source: Source,
  ): void {
    if (name === '') return
    const earlier = names.get(name)
    // an import that failed has been reported, and is in nobody's way
    const failed = earlier?.kind === 'imported' && !source.library && earlier.from() === undefined
    if (earlier && !failed)
      this.report(
        'name/duplicate',
        { what: 'declaration', name },
        span,
        undefined,
        { labels: [{ origin: at(earlier.span), text: 'the first' }] },
      )
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
      : this.importFile(declaration, resolve(declaration.from))
    for (const imported of declaration.names) {
      const { name, as } = imported
      const found = source.library ? undefined : from()
      if (found && !found.names.has(name.name)) {
        const declared = [...found.names.keys()]
        const facts = { name: name.name, file: declaration.from }
        this.report('import/unknown-name', facts, name.span, { kind: 'unknown-import', imported, from: declaration.from, declared, ast })
      }
      this.bind(names, as.name, as.span, { kind: 'imported', name: name.name, from, span: as.span }, source)
    }
  }

  private importFile(declaration: ImportDeclaration, path: string): () => Module | undefined {
    const span = declaration.fromSpan
    // the path is missing from the text, which the parser has said
    if (span.start === span.end) return () => undefined
    const cycle = this.loading.indexOf(path)
    if (cycle >= 0) {
      const files = [...this.loading.slice(cycle), path]
      const facts = { cycle: files.map(fileName).join(' → ') }
      this.report('import/cycle', facts, span)
      return () => undefined
    }
    const known = this.loaded.get(path)
    if (known) return () => known
    const text = this.host.read(path)
    if (text === undefined) {
      const facts = { file: declaration.from, path }
      this.report('import/missing-file', facts, span, { kind: 'missing-file', declaration, path })
      return () => undefined
    }
    const module = this.file(path, text)
    return () => module
  }

  /** A value may not be called like a family: `pool.max` would change its meaning. */
  private checkNames(body: readonly Statement[], ast: FileAst): void {
    for (const statement of body) {
      if (statement.kind === 'assign') statement.targets.forEach((target) => this.checkPattern(target, ast))
      else if (statement.kind === 'for') {
        this.checkPattern(statement.pattern, ast)
        this.checkNames(statement.body, ast)
      } else if (statement.kind === 'if') {
        this.checkNames(statement.consequent, ast)
        this.checkNames(statement.alternative, ast)
      } else if ('name' in statement) this.checkFamily(statement.name.name, statement.name.span, ast)
    }
  }

  private checkPattern(pattern: Pattern, ast: FileAst): void {
    if (pattern.kind === 'name') this.checkFamily(pattern.name, pattern.span, ast)
    if (pattern.kind === 'list') pattern.items.forEach((item) => this.checkPattern(item, ast))
  }

  private checkFamily(name: string, span: Span, ast?: FileAst): void {
    if (this.families.includes(name))
      this.report('name/family', { name }, span, ast && { kind: 'family-name', name, written: span, ast })
  }

  private reportSyntax(unread: readonly Unread[], source: Source): void {
    for (const one of unread) {
      const { problem } = one
      const { kind, found, expected, start, end, hint, replacement, opened } = problem
      const details: Details = {
        labels: opened === undefined ? [] : [{ origin: at({ source, start: opened, end: opened + 1 }), text: 'this is not closed' }],
        notes: hint === undefined || replacement !== undefined ? [] : [hint],
      }
      this.report(`syntax/${kind}`, { found, expected }, { source, start, end }, { kind: 'syntax', ...one, source }, details)
    }
  }

  private report<C extends Code>(code: C, facts: FactsOf<C>, span: Span, cause?: ReadingCause, said: Details = {}): void {
    this.reporter.report(code, facts, at(span), joinDetails(said, cause && this.advise?.(cause, this.host)))
  }
}
