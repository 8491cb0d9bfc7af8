import { existsSync, readdirSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { circlesOf } from './architecture/circles.ts'
import { longFunctions } from './architecture/long-functions.ts'
import { roomOf, rooms } from './architecture/rooms.ts'
import { sourcesIn } from './architecture/sources.ts'
import { takenApart } from './architecture/taken-apart.ts'

const architecture = suite('architecture')

/** What each part may import from packages: nothing that does I/O or computes before `src/codegen`. */
const packages: Readonly<Record<string, readonly string[]>> = {
  'grammar/': ['chevrotain'],
  'src/compiler/': ['chevrotain', 'ajv/dist/2020.js'],
  'src/codegen/': ['@tensorflow/tfjs-core', 'prettier/standalone', 'prettier/plugins/estree', 'prettier/plugins/typescript', 'sucrase'],
}

/** The most lines that can be taken in at once. */
const budget = { file: 400, function: 80 }

/** An evaluator calls itself through the constructs of its language; this many files may do so, all in its room. */
const evaluator = { room: 'src/compiler/elaborate', files: 27 }

/** What is written with a slash and is no path of a node, by the file that reads it. */
const slashes: Readonly<Record<string, string>> = {
  'src/cli/terminal/table.ts': 'a name is broken behind a slash, whatever it is of',
  'src/compiler/catalog/index.ts': 'the code of a message begins with its family',
  'src/compiler/ir/read-json.ts': 'JSON has the path of a node as one text',
  'src/compiler/text/file-name.ts': 'a file stands in folders',
  'src/runtime/data/normalize.ts': 'the user writes `mean/deviation`',
  'src/runtime/training/checkpoint.ts': 'the file of a checkpoint has the names `section/name`',
  'src/runtime/weights/named-shape.ts': 'a file of weights has the path of a node as one text',
  'src/runtime/weights/what-fits.ts': 'a file of weights has the path of a node as one text',
}

/** What others import: a type for each production, and the package as a library. */
const forOthers = new Set(['grammar/cst.ts', 'src/index.ts'])

const sources = sourcesIn(['grammar', 'src'])
const known = new Set(sources.map(({ file }) => file))

architecture('the sources are found', () => {
  assert.ok(sources.length > 500)
  assert.ok(sources.flatMap(({ imports }) => imports).length > 2 * sources.length)
})

architecture('every file stands in a room', () => {
  assert.equal(sources.map(({ file }) => file).filter((file) => roomOf(file) === undefined), [])
})

architecture('every room is there', () => {
  assert.equal(rooms.filter((room) => !sources.some(({ file }) => roomOf(file) === room)), [])
})

architecture('every room says in a README what it is for', () => {
  const folders = rooms.filter((room) => !room.endsWith('.ts'))
  assert.equal(folders.filter((room) => !existsSync(`${room}/README.md`)), [])
})

architecture('every target is a room', () => {
  const folders = readdirSync('src/codegen', { withFileTypes: true }).filter((entry) => entry.isDirectory())
  assert.ok(folders.length > 0)
  assert.equal(folders.map(({ name }) => `src/codegen/${name}`).filter((folder) => !rooms.some((room) => room === folder)), [])
})

architecture('a relative import names a file that is here', () => {
  const wrong = sources.flatMap(({ file, imports }) =>
    imports
      .filter((target) => !target.endsWith('.json') && !known.has(target))
      .map((target) => `${file} imports ${target}`),
  )
  assert.equal(wrong, [])
})

architecture('a room imports only from itself and from those before it', () => {
  const wrong = sources.flatMap(({ file, imports }) =>
    imports
      .filter((target) => known.has(target) && rooms.indexOf(roomOf(target)!) > rooms.indexOf(roomOf(file)!))
      .map((target) => `${file} imports ${target}`),
  )
  assert.equal(wrong, [])
})

architecture('files import each other in a circle only where the evaluator calls itself', () => {
  const circles = circlesOf(sources)
  const own = circles.findIndex(
    (files) => files.length <= evaluator.files && files.every((file) => file.startsWith(`${evaluator.room}/`)),
  )
  assert.equal(circles.filter((_, i) => i !== own), [])
})

architecture('files and functions are short', () => {
  const long = sources.flatMap((source) => {
    const lines = source.text.split('\n').length - 1
    return [
      ...(lines > budget.file ? [source.file] : []),
      ...longFunctions(source, budget.function).map(({ name }) => `${source.file}: ${name}`),
    ]
  })
  assert.equal(long, [])
})

architecture('nobody takes the path of a node apart', () => {
  const takers = sources.filter((source) => takenApart(source).length > 0)
  assert.equal(
    takers.flatMap((source) => (source.file in slashes ? [] : takenApart(source).map((call) => `${source.file}: ${call}`))),
    [],
  )
  assert.equal(takers.map(({ file }) => file).sort(), Object.keys(slashes))
})

architecture('a text is taken apart at a slash by a method, a pattern, or one before or behind another text', () => {
  const found = ["a.split('/')", 'a.lastIndexOf("/")', 'a.startsWith(`${b}/`)', 'a.split(/\\//)']
  const text = [...found, "a.split(',')", "a.startsWith('std/')", 'a.split(/,/)', "b.join('/')"].join('\n')
  assert.equal(takenApart({ file: 'a.ts', text, imports: [], packages: [] }), found)
})

architecture('grammar and compiler do no input or output and do not know TensorFlow.js', () => {
  const wrong = Object.entries(packages).flatMap(([folder, allowed]) =>
    sources
      .filter(({ file }) => file.startsWith(folder))
      .flatMap(({ file, packages: names }) =>
        names.filter((name) => !allowed.includes(name)).map((name) => `${file} imports ${name}`),
      ),
  )
  assert.equal(wrong, [])
})

architecture('what runs beside an emitted module imports nothing else', () => {
  const room = 'src/codegen/tfjs/runtime'
  const wrong = sources
    .filter(({ file }) => roomOf(file) === room)
    .flatMap(({ file, imports, packages: names }) => [
      ...imports.filter((target) => roomOf(target) !== room).map((target) => `${file} imports ${target}`),
      ...names.filter((name) => name !== '@tensorflow/tfjs-core').map((name) => `${file} imports ${name}`),
    ])
  assert.equal(wrong, [])
})

architecture('what is exported is imported somewhere', () => {
  const everything = [...sources, ...sourcesIn(['test', 'scripts', 'bench', 'bin'])].map(
    ({ file, text }) => [file, new Set(text.match(/\w+/g))] as const,
  )
  const written = sources.filter(({ file }) => !forOthers.has(file))
  const unused = written.flatMap(({ file, text }) =>
    [...text.matchAll(/^export (?:async )?(?:const|function|class|interface|type) (\w+)/gm)]
      .map(([, name]) => name!)
      .filter((name) => !everything.some(([other, words]) => other !== file && words.has(name)))
      .map((name) => `${file}: ${name}`),
  )
  assert.equal(unused, [])
})

architecture.run()
