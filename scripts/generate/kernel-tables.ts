import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { backends } from '../../src/codegen/about.ts'
import { walkReached } from './reached.ts'
import { createSourceModules, type SourceModules } from './source-modules.ts'

const packages = 'node_modules/@tensorflow'
const kernelNames = `${packages}/tfjs-core/dist/kernel_names.js`
const folder = 'src/codegen/tfjs/kernels'

/** What emitted kernels files are made of, by path: which kernels ops call, which ops the runtime file calls, and what backends have. */
export const kernelTables = (): ReadonlyMap<string, string> =>
  new Map([
    [`${folder}/kernels-of-ops.ts`, opsTable()],
    [`${folder}/ops-of-runtime.ts`, runtimeTable()],
    ...backends.map((backend) => [`${folder}/${backend}-kernels.ts`, backendTable(backend)] as const),
  ])

const textOf = (file: string): string | undefined => (existsSync(file) ? readFileSync(file, 'utf8') : undefined)

interface Kernels {
  /** Those that are run. */
  readonly run: ReadonlySet<string>
  /** Those that are run where a backend has them. */
  readonly optional: ReadonlySet<string>
}

/** The core of TensorFlow.js as far as functions call kernels there: the ops, and what makes the types of operands equal. */
const readCore = (file: string): string | undefined =>
  /\/dist\/(?:ops\/.*|tensor_util|base)\.js$/.test(file) ? textOf(file) : undefined

function kernelsOf(core: SourceModules, file: string, name: string): Kernels {
  const [found, optional, methods] = [new Set<string>(), new Set<string>(), new Set<string>()]
  const walk = (from: string, declared: string): void =>
    walkReached(core, from, declared, {
      foreign: (of, kernel) => {
        if (of === kernelNames) found.add(kernel)
      },
      // of tensors: the engine gives them the ops of these names
      method: (method) => {
        if ((method !== 'cast' && method !== 'clone') || methods.has(method)) return
        methods.add(method)
        walk(`${packages}/tfjs-core/dist/ops/${method}.js`, method)
      },
      called: (called, [kernel]) => {
        if (called === 'getKernel' && kernel && ts.isIdentifier(kernel)) optional.add(kernel.text)
      },
      // nothing in a model is
      isNever: isOfComplex,
    })
  walk(file, name)
  return { run: new Set([...found].filter((kernel) => !optional.has(kernel))), optional }
}

const isOfComplex = (condition: ts.Expression): boolean =>
  ts.isBinaryExpression(condition) &&
  condition.operatorToken.kind === ts.SyntaxKind.EqualsEqualsEqualsToken &&
  ts.isStringLiteral(condition.right) &&
  condition.right.text === 'complex64'

function opsTable(): string {
  const core = createSourceModules(readCore)
  const base = `${packages}/tfjs-core/dist/base.js`
  const all = core.namesOf(base).flatMap((name) => membersOf(core, base, name))
  const table = new Map(all.map(({ op, file, name }) => [op, kernelsOf(core, file, name)] as const))
  const rows = [...table].filter(([, { run }]) => run.size > 0).sort(byName)
  const optional = [...table].flatMap(([op, kernels]) => (kernels.optional.size > 0 ? [[op, kernels.optional] as const] : [])).sort(byName)
  return `${headOf('tfjs-core')}
/** The kernels that functions of TensorFlow.js may call on values that are not complex, by the name in its namespace; others call none. */
export const kernelsOfOps: Readonly<Record<string, readonly string[]>> = {
${rows.map(([op, { run }]) => row(op, run)).join('\n')}
}

/** Those that they call where the backend has them, and do without where it has not. */
export const optionalKernelsOfOps: Readonly<Record<string, readonly string[]>> = {
${optional.map(([op, kernels]) => row(op, kernels)).join('\n')}
}
`
}

interface Op {
  readonly op: string
  readonly file: string
  readonly name: string
}

/** A function, or those of a namespace in the namespace: `image.resizeBilinear`. */
function membersOf(core: SourceModules, file: string, name: string): readonly Op[] {
  const found = core.exported(file, name)
  if (!found || !core.module(found.from)) return []
  if (found.name === '*') return core.namesOf(found.from).map((member) => ({ op: `${name}.${member}`, ...at(core, found.from, member) }))
  const object = initializerOf(core, found.from, found.name)
  if (!object || !ts.isObjectLiteralExpression(object)) return [{ op: name, file: found.from, name: found.name }]
  return object.properties.flatMap((property) => {
    const imported = property.name && ts.isIdentifier(property.name) ? core.module(found.from)?.imports.get(property.name.text) : undefined
    return imported ? [{ op: `${name}.${imported.name}`, ...at(core, imported.from, imported.name) }] : []
  })
}

function at(core: SourceModules, file: string, name: string): { readonly file: string; readonly name: string } {
  const found = core.exported(file, name)
  return found ? { file: found.from, name: found.name } : { file, name }
}

/** What the functions of the runtime file that a page predicts with call of TensorFlow.js. */
function runtimeTable(): string {
  const runtime = createSourceModules((file) => (file.startsWith('src/') ? textOf(file) : undefined))
  const entry = 'src/codegen/tfjs/runtime/fmw-runtime.ts'
  const rows = runtime.namesOf(entry).flatMap((name) => {
    const found = runtime.exported(entry, name)
    if (!found) return []
    const ops = new Set<string>()
    walkReached(runtime, found.from, found.name, { foreign: (_, op) => ops.add(op) })
    return ops.size > 0 ? [[name, ops] as const] : []
  })
  return `// Generated from src/codegen/tfjs/runtime by scripts/generate.ts.

/** What the functions of the runtime file may use of TensorFlow.js, by their name; others use nothing. */
export const opsOfRuntime: Readonly<Record<string, readonly string[]>> = {
${rows.sort(byName).map(([name, ops]) => row(name, ops)).join('\n')}
}
`
}

function backendTable(backend: string): string {
  const dist = `${packages}/tfjs-backend-${backend}/dist`
  const modules = createSourceModules((file) => (file.startsWith(dist) ? textOf(file) : undefined))
  const names = createSourceModules((file) => (file === kernelNames ? textOf(file) : undefined))
  const rows = [...(modules.module(`${dist}/register_all_kernels.js`)?.imports ?? [])]
    .filter(([, { from }]) => from.startsWith(`${dist}/kernels/`))
    .map(([config, { from, name }]) => {
      const kernel = kernelOfConfig(modules, names, from, name)
      if (config !== name) throw new Error(`${from} exports ${name} as ${config}`)
      return [kernel, { file: path.posix.relative(`${dist}/kernels`, from).replace(/\.js$/, ''), config }] as const
    })
  return `${headOf(`tfjs-backend-${backend}`)}import type { KernelFile } from './kernel-file.ts'

/** Where the kernels of the backend are, by name. */
export const ${backend}Kernels: Readonly<Record<string, KernelFile>> = {
${rows.sort(byName).map(([kernel, { file, config }]) => `  ${kernel}: { file: '${file}', config: '${config}' },`).join('\n')}
}
`
}

/** The name in `{ kernelName: Abs, … }` or `createUnaryKernelConfig(Abs)`. */
function kernelOfConfig(modules: SourceModules, names: SourceModules, file: string, config: string): string {
  const name = nameIn(initializerOf(modules, file, config))
  const text = name && ts.isIdentifier(name) ? initializerOf(names, kernelNames, name.text) : name
  if (!text || !ts.isStringLiteral(text)) throw new Error(`nothing in ${file} says what kernel ${config} is`)
  return text.text
}

function nameIn(config: ts.Expression | undefined): ts.Expression | undefined {
  if (!config || !ts.isObjectLiteralExpression(config)) return config && ts.isCallExpression(config) ? config.arguments[0] : undefined
  const property = config.properties.find(({ name }) => name?.getText() === 'kernelName')
  return property && ts.isPropertyAssignment(property) ? property.initializer : undefined
}

function initializerOf(modules: SourceModules, file: string, name: string): ts.Expression | undefined {
  const [node] = modules.module(file)?.declarations.get(name) ?? []
  return node && ts.isVariableDeclaration(node) ? node.initializer : undefined
}

const headOf = (name: string): string => {
  const { version } = JSON.parse(readFileSync(`${packages}/${name}/package.json`, 'utf8')) as { readonly version: string }
  return `// Generated from @tensorflow/${name} ${version} by scripts/generate.ts.\n`
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1)

const row = (name: string, values: Iterable<string>): string =>
  `  ${/^\w+$/.test(name) ? name : `'${name}'`}: [${[...values].sort().map((value) => `'${value}'`).join(', ')}],`
