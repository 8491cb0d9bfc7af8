import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { emit as emitFiles } from '../src/index.ts'
import { typeErrors } from './codegen/emitted.ts'

const s = suite('docs/modules.md')

const examples = [...readFileSync('docs/modules.md', 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, body]) =>
  body!.replaceAll("'./models/", "'./"),
)
const isWrong = (example: string): boolean => example.includes('// does not compile')
const needsPage = (example: string): boolean => example.includes('document.')

/** Where the test of emitted modules looks, too. */
const folder = path.resolve('node_modules/.cache/fmw-test')
const modules = ['lenet5.ts', 'lenet5.kernels.ts'].map((file) => path.join(folder, file))

s.before(async () => {
  mkdirSync(folder, { recursive: true })
  const { files } = await emitFiles(readFileSync('examples/lenet5.fmw', 'utf8'), { file: path.resolve('examples/lenet5.fmw'), kernels: 'cpu' })
  for (const file of files) writeFileSync(path.join(folder, file.path), file.text)
})

s.after(() => {
  for (const file of modules) rmSync(file, { force: true })
})

s('what is shown compiles, and what is said not to does not', () => {
  assert.is(examples.length, 7)
  assert.equal(typeErrors(examples.filter((example) => !isWrong(example))), [])
  const [wrong, ...others] = typeErrors(examples.filter(isWrong))
  assert.match(wrong!, "Type 'Maps<28, 28, 1, number>' is not assignable to type 'Maps<32, 32, 1, number>'")
  assert.equal(others, [])
})

for (const [number, example] of examples.entries()) {
  if (isWrong(example) || needsPage(example)) continue
  s(`example ${number + 1} gives what it says`, () => {
    const asked = example
      .replaceAll(/^(.+) \/\/ (.+)$/gm, 'claims.push([$1, $2])')
      .replaceAll("'/lenet5.safetensors'", "(await import('node:fs')).readFileSync('examples/lenet5.safetensors')")
    const file = path.join(folder, `example-${number}.mts`)
    // a process of its own: examples choose a backend for all that runs after them
    const compared = "if (claims.length === 0) throw new Error('nothing is stated')\nfor (const [actual, stated] of claims) deepStrictEqual(actual, stated)"
    writeFileSync(file, `import { deepStrictEqual } from 'node:assert'\nconst claims: [unknown, unknown][] = []\n${asked}\n${compared}\n`)
    try {
      const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', file], { encoding: 'utf8' })
      assert.is(status, 0, stderr)
    } finally {
      rmSync(file)
    }
  })
}

s.run()
