import path from 'node:path'
import ts from 'typescript'

/** What a name is bound to at the top of a file: something of another file, or of all of it, where its name there is `*`. */
interface Imported {
  readonly from: string
  readonly name: string
}

interface SourceModule {
  readonly file: string
  readonly source: ts.SourceFile
  /** By the local name. */
  readonly imports: ReadonlyMap<string, Imported>
  /** By the local name; an overloaded function has several. */
  readonly declarations: ReadonlyMap<string, readonly ts.Node[]>
  /** What is exported from others, or under another name than the local one. */
  readonly exports: ReadonlyMap<string, Imported>
  /** The files of which everything is exported. */
  readonly stars: readonly string[]
}

export interface SourceModules {
  readonly module: (file: string) => SourceModule | undefined
  /** Where something is declared that a file exports. */
  readonly exported: (file: string, name: string) => Imported | undefined
  /** What a file exports, by name. */
  readonly namesOf: (file: string) => readonly string[]
}

/**
 * ES modules by their files.
 *
 * @param read the text of a file, undefined for what is not looked into
 */
export function createSourceModules(read: (file: string) => string | undefined): SourceModules {
  const known = new Map<string, SourceModule | undefined>()

  function module(file: string): SourceModule | undefined {
    if (!known.has(file)) {
      const text = read(file)
      known.set(file, text === undefined ? undefined : parsed(file, text))
    }
    return known.get(file)
  }

  function exported(file: string, name: string): Imported | undefined {
    const found = module(file)
    if (!found) return undefined
    const renamed = found.exports.get(name)
    if (renamed?.name === '*') return renamed
    if (renamed) return declared(renamed)
    if (found.declarations.has(name)) return { from: file, name }
    for (const star of found.stars) {
      const inner = exported(star, name)
      if (inner) return inner
    }
    return undefined
  }

  /** Follows a local name to where it is declared. */
  function declared({ from, name }: Imported): Imported | undefined {
    const found = module(from)
    const imported = found?.imports.get(name)
    if (imported) return imported.name === '*' ? imported : exported(imported.from, imported.name)
    return found?.declarations.has(name) ? { from, name } : exported(from, name)
  }

  const namesOf = (file: string): readonly string[] => {
    const found = module(file)
    if (!found) return []
    const own = [...found.declarations].filter(([, nodes]) => nodes.some(isExported)).map(([name]) => name)
    return [...own, ...found.exports.keys(), ...found.stars.flatMap(namesOf)]
  }

  return { module, exported, namesOf }
}

const isExported = (node: ts.Node): boolean => {
  const statement = ts.isVariableDeclaration(node) ? node.parent.parent : node
  return ts.canHaveModifiers(statement) && (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
}

function parsed(file: string, text: string): SourceModule {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const imports = new Map<string, Imported>()
  const declarations = new Map<string, readonly ts.Node[]>()
  const exports = new Map<string, Imported>()
  const stars: string[] = []
  const declare = (name: string, node: ts.Node): unknown => declarations.set(name, [...(declarations.get(name) ?? []), node])
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) readImport(statement)
    else if (ts.isExportDeclaration(statement)) readExport(statement)
    else if (ts.isVariableStatement(statement)) {
      for (const one of statement.declarationList.declarations) if (ts.isIdentifier(one.name)) declare(one.name.text, one)
    } else if ((ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name) declare(statement.name.text, statement)
  }
  return { file, source, imports, declarations, exports, stars }

  function readImport({ importClause, moduleSpecifier }: ts.ImportDeclaration): void {
    const bindings = importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword ? undefined : importClause?.namedBindings
    const from = fileOf(moduleSpecifier)
    if (bindings && ts.isNamespaceImport(bindings)) imports.set(bindings.name.text, { from, name: '*' })
    if (!bindings || !ts.isNamedImports(bindings)) return
    for (const { name, propertyName, isTypeOnly } of bindings.elements) {
      if (!isTypeOnly) imports.set(name.text, { from, name: (propertyName ?? name).text })
    }
  }

  function readExport({ exportClause, moduleSpecifier, isTypeOnly }: ts.ExportDeclaration): void {
    if (isTypeOnly) return
    if (!exportClause && moduleSpecifier) stars.push(fileOf(moduleSpecifier))
    if (!exportClause || !ts.isNamedExports(exportClause)) return
    for (const one of exportClause.elements) {
      if (one.isTypeOnly) continue
      const name = (one.propertyName ?? one.name).text
      exports.set(one.name.text, moduleSpecifier ? { from: fileOf(moduleSpecifier), name } : (imports.get(name) ?? { from: file, name }))
    }
  }

  function fileOf(specifier: ts.Expression): string {
    if (!ts.isStringLiteral(specifier)) throw new Error(`${file} imports from no text`)
    if (!specifier.text.startsWith('.')) return specifier.text
    const target = path.posix.join(path.posix.dirname(file), specifier.text)
    return path.posix.extname(target) === '' ? `${target}.js` : target
  }
}
