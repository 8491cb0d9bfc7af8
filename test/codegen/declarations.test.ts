import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { emitDeclarations } from '../../src/codegen/tfjs/module/emit-module.ts'
import type { Graph } from '../../src/compiler/graph/graph.ts'
import { compileText } from '../compile-text.ts'
import { exampleFiles, modelsOf } from '../example-models.ts'
import { about, emit, textOf, typeErrorsIn } from './emitted.ts'

const s = suite('the types of what a bundler imports')

const declare = async (graphs: readonly Graph[]): Promise<string> => textOf(await emitDeclarations(graphs, about))

/** Files that compile where the module and its declarations have the same types. */
async function compared(graphs: readonly Graph[], stem: string): Promise<readonly (readonly [string, string])[]> {
  const types = graphs.flatMap(({ name }) => ['Weights', 'Inputs', 'Outputs'].map((what) => `${name.replace(/^./, (letter) => letter.toUpperCase())}${what}`))
  const declared = await declare(graphs)
  const both = types
    .filter((type) => new RegExp(`\\bexport (?:type|interface) ${type}\\b`).test(declared))
    .map((type) => `export const to${type} = (x: module.${type}): declared.${type} => x\nexport const from${type} = (x: declared.${type}): module.${type} => x`)
  const uses = `import * as module from './${stem}.ts'
import * as declared from './${stem}.fmw'
export const to: typeof declared = module
export const from: typeof module = declared
${both.join('\n')}
`
  return [
    [`${stem}.ts`, await emit(...graphs)],
    [`${stem}.d.fmw.ts`, declared],
    [`${stem}-uses.ts`, uses],
  ]
}

s('are those of the module, for every example', async () => {
  const files: (readonly [string, string])[] = []
  for (const [i, file] of exampleFiles.entries()) {
    const graphs = modelsOf(file)
    if (graphs.length > 0) files.push(...(await compared(graphs, `example-${i}`)))
  }
  assert.ok(files.length > 60)
  assert.equal(typeErrorsIn(new Map(files)), [])
})

s('are those of the module where models and blocks have the names of what it imports', async () => {
  const { graphs } = compileText(`block Maps(x: [H, W, C], width: int) { return x |> conv(width, 1) }
block Model(x: [H, W, C]) { return x |> conv(C, 1) as a |> norm.batch as b }

model fmw { input x: [4, 4, 3]
  output y = x |> Maps(2) |> Model }

model Vectors { input x: [3]
  output y = x |> dense(2) }

model None { input x: [H, 3]
  output y = relu(x)
  output s = reduce.sum(x, axis: 0) }
`)
  assert.is(graphs.length, 3)
  assert.equal(typeErrorsIn(new Map(await compared(graphs, 'names'))), [])
})

s('a map of another size is refused in two lines', async () => {
  const { graphs } = compileText('model M { input x: [4, 4, 3]\n output y = x |> conv(2, 1) }')
  const uses = `import { M } from './m.fmw'
import type { Maps } from 'fmw/runtime'
export const wrong = (x: Maps<8, 8, 3>) => M.init().predict({ x })
export const right = (x: Maps<4, 4, 3>) => M.init().predict({ x }).y
`
  const [error = '', ...others] = typeErrorsIn(new Map([['m.d.fmw.ts', await declare(graphs)], ['uses.ts', uses]]))
  assert.equal(others, [])
  assert.match(error, /Maps<8, 8, 3/)
  assert.match(error, /Maps<4, 4, 3/)
})

s('export no types but those of models', async () => {
  const uses = `import type { Conv } from './lenet5.fmw'\nexport const same = (x: Conv): Conv => x\n`
  const [error = '', ...others] = typeErrorsIn(new Map([['lenet5.d.fmw.ts', await declare(modelsOf('lenet5.fmw'))], ['uses.ts', uses]]))
  assert.equal(others, [])
  assert.match(error, /declares 'Conv' locally, but it is not exported/)
})

s('hold nothing that is computed', async () => {
  const text = await declare(modelsOf('lenet5.fmw'))
  assert.not.match(text, 'tidy')
  assert.match(text, 'export declare const LeNet5: Model<LeNet5Weights, LeNet5Inputs, LeNet5Outputs>\n')
  assert.match(text, "import type { Maps, Model, Vectors } from 'fmw/runtime'\n")
})

s.run()
