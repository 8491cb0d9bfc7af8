import type { Graph } from '../../../compiler/graph/graph.ts'
import type { About } from '../../about.ts'
import type { Unsupported } from '../../unsupported.ts'
import { functionsOf } from './functions.ts'
import { namesFor, type Holding, type Names } from './module-names.ts'
import { printConstant } from './print-constant.ts'
import { printFunction } from './print-function.ts'
import { printHandle, printInterfaces, printModel } from './print-model.ts'
import { printSpecs, weightsMembers, weightsType } from './print-weights.ts'
import { printingOf, rootPlaces } from './printing-of.ts'
import { programOf } from './program.ts'

/** The text of a module with these models, which share their blocks; not laid out yet. */
export function printModule(
  graphs: readonly Graph[],
  { source, version }: About,
): { readonly text: string } | { readonly unsupported: readonly Unsupported[] } {
  const program = programOf(graphs)
  if ('unsupported' in program) return program
  const names = namesFor(program, functionsOf(program))
  // what a function has to be given is known once it was printed, and then its calls are printed with it
  let sections = printSections(names)
  while (names.isChanged()) sections = printSections(names)
  const text = sections.join('\n\n')
  const used = [...names.imported].filter((name) => new RegExp(`\\b${/\w+$/.exec(name)?.[0]}\\b`).test(text)).sort()
  const types = used.filter((name) => name.startsWith('type ')).map((name) => name.replace('type ', ''))
  const values = used.filter((name) => !name.startsWith('type '))
  const lines = [
    `// fmw ${version}, from ${source}. Generated: change the source, not this file.`,
    `import * as tf from '@tensorflow/tfjs-core'`,
    `import { ${values.join(', ')} } from './fmw-runtime.ts'`,
    ...(types.length > 0 ? [`import type { ${types.join(', ')} } from './fmw-runtime.ts'`] : []),
  ]
  return { text: `${lines.join('\n')}\n\n${text}` }
}

function printSections(names: Names): readonly string[] {
  names.imported.clear()
  const { functions } = names
  const holdings = [...new Set(functions.map(({ weights }) => weights))].filter(({ isEmpty }) => !isEmpty)
  const models = functions.flatMap((one) => (one.model ? [{ one, model: one.model }] : []))
  const printed = functions.map((one) => (one.model ? printModel(one, one.model, names) : printFunction(one, names)))
  const specs = holdings.map((one) => printSpecsFunction(one, names))
  return [
    ...holdings.map((one) =>
      printWeightsType(
        one,
        models.some((model) => model.one.weights === one),
        names,
      ),
    ),
    ...models.flatMap(({ model }) => printInterfaces(model, names)),
    ...printed,
    ...[...names.constants.values()].map(({ name, node }) => printConstant(name, node, names)),
    ...specs,
    ...models.map(({ one, model }) => printHandle(one, model, names)),
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
