import { readFileSync } from 'node:fs'
import path from 'node:path'
import { createUnplugin, type UnpluginInstance } from 'unplugin'
import type { Imports } from '../codegen/about.ts'
import { formOf } from '../codegen/emission-options.ts'
import { Misuse, refuseOthers } from '../runtime/failure/misuse.ts'
import { isForServer } from './is-for-server.ts'
import { checkedBackend } from './kernel-modules.ts'
import { logOf } from './log-of.ts'
import { modelIdOf } from './model-id.ts'
import { sharedModules, type SharedModules } from './shared-modules.ts'
import { transformModel } from './transform-model.ts'
import { createTypesWriter } from './types-writer.ts'

/** What the plugin does with the models that are imported. */
export interface PluginOptions {
  /** Parameters of the models, as expressions by name, for each file where they differ; an import says more: `x.fmw?set=classes=2`. */
  readonly set?: Readonly<Record<string, string>> | ((file: string) => Readonly<Record<string, string>>)
  /** What findings of the linter are, by their code; warnings, unless said otherwise. */
  readonly rules?: Readonly<Record<string, 'off' | 'warning' | 'error'>>
  /** Whether the types of a model are written beside it: `lenet5.d.fmw.ts`. They are, unless said otherwise. */
  readonly types?: boolean
  /** The package, alias or address that models import as TensorFlow.js; `@tensorflow/tfjs-core`, unless said otherwise. */
  readonly import?: string
  /**
   * The backend whose kernels models bring, those that they need and no others. It is then bundled without kernels of its own, and
   * `@tensorflow/tfjs-core` without its registration of optimisers, which nothing but tfjs-layers reads. `fmw/training` brings all kernels.
   */
  readonly kernels?: 'cpu' | 'wasm' | 'webgl'
}

const optionNames = Object.keys({ set: true, rules: true, types: true, import: true, kernels: true } satisfies Record<keyof PluginOptions, true>)

/** `import { LeNet5 } from './lenet5.fmw'`: `fmw.vite()`, `fmw.rollup()`, `fmw.esbuild()`, `fmw.webpack()` and what else unplugin has. */
const fmw: UnpluginInstance<PluginOptions | undefined, false> = createUnplugin<PluginOptions | undefined>((options = {}, { framework }) => {
  refuseOthers(options, optionNames, 'fmw: the plugin')
  const { set = {}, rules = {}, types = true } = options
  const imports = importsOf(options)
  const kernels = options.kernels && checkedBackend(options.kernels)
  const whole = sharedModules(framework, imports, undefined)
  const few = kernels ? sharedModules(framework, imports, kernels) : whole
  const declarations = createTypesWriter()
  // Rollup looks for files of the whole name, the others leave a query out
  const readsQueries = framework !== 'rollup' && framework !== 'rolldown'
  /** What models were read from that could not be compiled, by what is imported. */
  const failed = new Map<string, readonly string[]>()
  /** In development Vite bundles packages by itself, before anybody asks. */
  let isServing = false
  // Node takes whole backends: it cannot import kernels one by one
  const sharedFor = (context: object): SharedModules => (isForServer(context) ? whole : few)
  return {
    name: 'fmw',
    enforce: 'pre',
    resolveId: {
      filter: { id: /fmw[-/][\w-]+(?:\.[jt]s)?$|\.fmw\?|^@tensorflow\/tfjs-(?:core|backend-\w+)$/ },
      handler(id, importer) {
        const shared = sharedFor(this)
        if (id.startsWith('@tensorflow/')) return isServing && id === '@tensorflow/tfjs-core' ? undefined : shared.packageFor(id)
        const own = importer !== undefined && (modelIdOf(importer) !== undefined || shared.textOf(importer) !== undefined)
        const found = shared.resolve(id, own)
        if (found !== undefined || importer === undefined || readsQueries || !/^\.\.?\//.test(id)) return found
        return modelIdOf(id) && path.resolve(path.dirname(importer), id)
      },
    },
    load: {
      filter: { id: /fmw-[\w-]+\.js$|\.fmw\?/ },
      handler(id) {
        const model = readsQueries ? undefined : modelIdOf(id)
        return model ? readFileSync(model.file, 'utf8') : sharedFor(this).textOf(id)
      },
    },
    transform: {
      filter: { id: /\.fmw(?:\?|$)/ },
      async handler(text, id) {
        const model = modelIdOf(id)
        if (!model) return undefined
        const given = typeof set === 'function' ? set(model.file) : set
        const asked = { file: model.file, set: { ...given, ...model.set }, rules, import: imports.core }
        try {
          const { diagnostics, sources, unsupported, code } = await transformModel(text, { ...asked, ...(kernels && !isForServer(this) && { kernels }) })
          for (const source of sources) this.addWatchFile(source)
          for (const one of diagnostics) if (one.severity === 'warning') this.warn(logOf(framework, one))
          const [first, ...others] = diagnostics.filter(({ severity }) => severity === 'error')
          failed.set(id, first ? sources : [])
          if (first) this.error(logOf(framework, first, others))
          if (unsupported.length > 0) this.error(unsupported.map(({ node, reason }) => `${node} cannot be emitted: ${reason}`).join('\n'))
          // another set may have other types
          if (types && Object.keys(model.set).length === 0) declarations.write(text, code, asked)
          return { code, map: null }
        } catch (error) {
          if (!(error instanceof Misuse)) throw error
          failed.set(id, [model.file])
          this.error({ message: error.message, id, pluginCode: 'options' })
        }
      },
    },
    buildEnd: () => declarations.settled(),
    vite: {
      configResolved({ command }) {
        isServing = command === 'serve'
      },
      hotUpdate({ file, modules }) {
        // Vite tells nobody of a module that has never been there, nor does it know what that is made of
        const isNew = modules.every(({ isSelfAccepting }) => isSelfAccepting === undefined)
        const mends = isNew && [...failed.values()].some((sources) => sources.includes(file))
        if (mends && this.environment.name === 'client') this.environment.hot.send({ type: 'full-reload' })
      },
    },
  }
})

/** @throws RangeError where an option cannot be */
function importsOf({ import: core }: PluginOptions): Imports {
  const form = formOf('js', { import: core })
  if ('faults' in form) throw new RangeError(form.faults.map(({ option, reason }) => `fmw: ${option} ${reason}`).join('\n'))
  if (core?.startsWith('.')) throw new RangeError(`fmw: import "${core}" is a relative path, of which nothing says from where: name a package, an alias or an address`)
  return form.imports
}

export default fmw
