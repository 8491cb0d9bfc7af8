import type { Graph } from '../../../compiler/graph/graph.ts'
import type { About } from '../../about.ts'
import type { Unsupported } from '../../unsupported.ts'
import { codeOnly } from './code-only.ts'
import { functionsOf } from './functions.ts'
import { headingOf } from '../../headings.ts'
import { namesFor, type Holding, type Names } from './module-names.ts'
import { printConstant } from './print-constant.ts'
import { printFunction } from './print-function.ts'
import { declareModel, printHandle, printInterfaces, printModel } from './print-model.ts'
import { printSpecs, weightsMembers, weightsType } from './print-weights.ts'
import { printingOf, rootPlaces } from './printing-of.ts'
import { programOf } from './program.ts'

/** Texts that are not laid out yet, or the nodes that TensorFlow.js cannot compute. */
type Printed =
  | {
      /** A module with these models, which share their blocks. */
      readonly module: string
      /** The types of what it exports, which import others of `runtime`. */
      readonly declarations: (runtime: string) => string
    }
  | { readonly unsupported: readonly Unsupported[] }

export function printModule(graphs: readonly Graph[], about: About): Printed {
  const settled = settledNames(graphs)
  if ('unsupported' in settled) return settled
  const { names, sections } = settled
  return { module: moduleText(sections, names, about), declarations: (runtime) => declarationsText(names, about, runtime) }
}

function moduleText(sections: readonly string[], names: Names, about: About): string {
  const text = sections.join('\n\n')
  const { values, types } = importsIn(text, names)
  const { core, ending } = about.imports
  const lines = [
    headingOf(about),
    `import * as tf from '${core}'`,
    `import { ${values.join(', ')} } from './fmw-runtime${ending}'`,
    ...(types.length > 0 ? [`import type { ${types.join(', ')} } from './fmw-runtime${ending}'`] : []),
  ]
  return `${lines.join('\n')}\n\n${text}`
}

function declarationsText(names: Names, about: About, runtime: string): string {
  const models = modelsIn(names).flatMap(({ one, model }) => declareModel(one, model, names))
  const text = [...printTypes(names), ...models].join('\n\n')
  const lines = [
    headingOf(about),
    ...(/\btf\./.test(text) ? [`import type * as tf from '${about.imports.core}'`] : []),
    `import type { ${importsIn(text, names).types.join(', ')} } from '${runtime}'`,
  ]
  // without the last line everything in a file of types is exported
  return `${lines.join('\n')}\n\n${text}\n\nexport {}`
}

/** What a text reads of the runtime file. */
function importsIn(text: string, { imported }: Names): { readonly values: readonly string[]; readonly types: readonly string[] } {
  const code = codeOnly(text)
  const used = [...imported].filter((name) => new RegExp(`\\b${/\w+$/.exec(name)?.[0]}\\b`).test(code)).sort()
  const types = used.filter((name) => name.startsWith('type ')).map((name) => name.replace('type ', ''))
  return { values: used.filter((name) => !name.startsWith('type ')), types }
}

function settledNames(
  graphs: readonly Graph[],
): { readonly names: Names; readonly sections: readonly string[] } | { readonly unsupported: readonly Unsupported[] } {
  const program = programOf(graphs)
  if ('unsupported' in program) return program
  const names = namesFor(program, functionsOf(program))
  // what a function has to be given is known once it was printed, and then its calls are printed with it
  let sections = printSections(names)
  while (names.isChanged()) sections = printSections(names)
  return { names, sections }
}

const modelsIn = ({ functions }: Names) => functions.flatMap((one) => (one.model ? [{ one, model: one.model }] : []))

const holdingsIn = ({ functions }: Names): readonly Holding[] =>
  [...new Set(functions.map(({ weights }) => weights))].filter(({ isEmpty }) => !isEmpty)

function printTypes(names: Names): readonly string[] {
  const models = modelsIn(names)
  return [
    ...holdingsIn(names).map((one) => printWeightsType(one, models.some((model) => model.one.weights === one), names)),
    ...models.flatMap(({ model }) => printInterfaces(model, names)),
  ]
}

function printSections(names: Names): readonly string[] {
  names.imported.clear()
  const { functions } = names
  const printed = functions.map((one) => (one.model ? printModel(one, one.model, names) : printFunction(one, names)))
  const specs = holdingsIn(names).map((one) => printSpecsFunction(one, names))
  return [
    ...printTypes(names),
    ...printed,
    ...[...names.tables].filter(([, name]) => printed.some((text) => text.includes(name)) || specs.some((text) => text.includes(name))).map(([text, name]) => `const ${name} = ${text}`),
    ...[...names.constants.values()].map(({ name, node }) => printConstant(name, node, names)),
    ...specs,
    ...modelsIn(names).map(({ one, model }) => printHandle(one, model, names)),
  ]
}

function printWeightsType({ of: { weights }, name }: Holding, isExported: boolean, names: Names): string {
  const typeOf = (scope: number): string => names.functionOf(scope).weights.name
  const exported = isExported ? 'export ' : ''
  if (weights.children.size === 0 || weights.elements) return `${exported}type ${name} = ${weightsType(weights, typeOf)}`
  const parts = [...new Set(weights.parts.map(({ scopes }) => typeOf(scopes[0]!.value)))]
  const short = `type ${name} = { ${weightsMembers(weights, typeOf).join('; ')} }`
  if (!isExported && parts.length === 0 && short.length <= 110) return short
  return `${exported}interface ${name}${parts.length > 0 ? ` extends ${parts.join(', ')}` : ''} { ${weightsMembers(weights, typeOf).join('\n')} }`
}

function printSpecsFunction({ of, specs, name }: Holding, names: Names): string {
  const printing = printingOf(names.functionOf(of.calls[0]!.id), specs, names, rootPlaces(of))
  const text = printSpecs(of.weights, printing)
  specs.printed(text)
  const parameters = specs.extras.map((extra) => `${extra.name}: ${extra.type}`)
  return `const ${specs.name} = (${parameters.join(', ')}): ${names.runtime('type Specs')}<${name}> => ${text.startsWith('{') ? `(${text})` : text}`
}
