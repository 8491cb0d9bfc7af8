import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const architecture = suite('architecture')

/** A folder may import from itself and from those before it. */
const order = ['grammar', 'src/compiler', 'src/codegen', 'src/runtime', 'src/cli']

/** What each folder may import from packages: nothing that does I/O or computes before `src/codegen`. */
const packages: Readonly<Record<string, readonly string[]>> = {
  grammar: ['chevrotain'],
  'src/compiler': ['chevrotain', 'ajv/dist/2020.js'],
  'src/codegen': ['@tensorflow/tfjs', 'prettier'],
}

const files = order.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.posix.join(folder, file)),
)

const folderOf = (file: string): string | undefined => order.find((folder) => file.startsWith(`${folder}/`))

interface Import {
  readonly file: string
  readonly specifier: string
}

const imports: readonly Import[] = files.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/(?:^(?:import|export|\}).* from |\bimport\()'([^']+)'/gm)].map(([, specifier]) => ({
    file,
    specifier: specifier!,
  })),
)

architecture('the sources are found', () => {
  assert.ok(files.length > 50)
  assert.ok(imports.length > files.length)
})

architecture('a folder imports only from itself and from those before it', () => {
  const wrong = imports
    .filter(({ specifier }) => specifier.startsWith('.'))
    .filter(({ file, specifier }) => {
      const target = path.posix.join(path.posix.dirname(file), specifier)
      const folder = folderOf(target)
      if (folder === undefined) return !target.endsWith('.json')
      return order.indexOf(folder) > order.indexOf(folderOf(file)!)
    })
  assert.equal(wrong, [])
})

architecture('grammar and compiler do no input or output and do not know TensorFlow.js', () => {
  const wrong = imports.filter(({ file, specifier }) => {
    const allowed = packages[folderOf(file)!]
    return allowed !== undefined && !specifier.startsWith('.') && !allowed.includes(specifier)
  })
  assert.equal(wrong, [])
})

architecture('what is exported is imported somewhere', () => {
  const everything = [...files, ...testFiles()].map((file) => [file, readFileSync(file, 'utf8')] as const)
  const unused = files.flatMap((file) => {
    const text = readFileSync(file, 'utf8')
    const names = [...text.matchAll(/^export (?:async )?(?:const|function|class) (\w+)/gm)].map(([, name]) => name!)
    return names
      .filter((name) => !everything.some(([other, content]) => other !== file && new RegExp(`\\b${name}\\b`).test(content)))
      .map((name) => `${file}: ${name}`)
  })
  assert.equal(unused, [])
})

const testFiles = (): readonly string[] =>
  ['test', 'scripts', 'bench', 'bin'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(ts|mjs|js)$/.test(file))
      .map((file) => path.posix.join(folder, file)),
  )

architecture.run()
