import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { circlesOf } from './architecture/circles.ts'
import { knownImports, knownInCircles, knownLong, knownUnused } from './architecture/known.ts'
import { longFunctions } from './architecture/long-functions.ts'
import { roomOf, rooms } from './architecture/rooms.ts'
import { sourcesIn } from './architecture/sources.ts'

const architecture = suite('architecture')

/** What each part may import from packages: nothing that does I/O or computes before `src/codegen`. */
const packages: Readonly<Record<string, readonly string[]>> = {
  'grammar/': ['chevrotain'],
  'src/compiler/': ['chevrotain', 'ajv/dist/2020.js'],
  'src/codegen/': ['@tensorflow/tfjs', 'prettier'],
}

/** The most lines that can be taken in at once. */
const budget = { file: 400, function: 80 }

/** An evaluator calls itself through the constructs of its language; this many files may do so, all in its room. */
const evaluator = { room: 'src/compiler/elaborate', files: 30 }

const sources = sourcesIn(['grammar', 'src'])
const known = new Set(sources.map(({ file }) => file))

architecture('the sources are found', () => {
  assert.ok(sources.length > 500)
  assert.ok(sources.flatMap(({ imports }) => imports).length > 2 * sources.length)
})

architecture('every file stands in a room', () => {
  assert.equal(sources.map(({ file }) => file).filter((file) => roomOf(file) === undefined), [])
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
  const against = new Map<string, string[]>()
  for (const { file, imports } of sources) {
    for (const target of imports.filter((name) => known.has(name))) {
      const [from, to] = [roomOf(file)!, roomOf(target)!]
      if (rooms.indexOf(to) <= rooms.indexOf(from)) continue
      const direction = `${from} → ${to}`
      against.set(direction, [...(against.get(direction) ?? []), `${file} imports ${target}`])
    }
  }
  assert.equal([...against].filter(([direction, found]) => found.length > (knownImports[direction] ?? 0)), [])
  const gone = Object.keys(knownImports).filter((direction) => !against.has(direction))
  assert.equal(gone, [], 'remove these lines of knownImports')
})

architecture('files import each other in a circle only where the evaluator calls itself', () => {
  const circles = circlesOf(sources)
  const own = circles.findIndex(
    (files) => files.length <= evaluator.files && files.every((file) => file.startsWith(`${evaluator.room}/`)),
  )
  const others = circles.filter((_, i) => i !== own)
  if (others.flat().length > knownInCircles) assert.equal(others, [])
  assert.ok(knownInCircles === 0 || others.length > 0, 'there is no circle any more: knownInCircles is 0')
})

architecture('files and functions are short', () => {
  const long = sources.flatMap((source) => {
    const lines = source.text.split('\n').length - 1
    return [
      ...(lines > budget.file ? [source.file] : []),
      ...longFunctions(source, budget.function).map(({ name }) => `${source.file}: ${name}`),
    ]
  })
  assert.equal(long.filter((name) => !knownLong.includes(name)), [])
  assert.equal(knownLong.filter((name) => !long.includes(name)), [], 'remove these lines of knownLong')
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

architecture('what is exported is imported somewhere', () => {
  const everything = [...sources, ...sourcesIn(['test', 'scripts', 'bench', 'bin'])]
    .filter(({ file }) => file !== 'test/architecture/known.ts')
    .map(({ file, text }) => [file, new Set(text.match(/\w+/g))] as const)
  const unused = sources.flatMap(({ file, text }) =>
    [...text.matchAll(/^export (?:async )?(?:const|function|class) (\w+)/gm)]
      .map(([, name]) => name!)
      .filter((name) => !everything.some(([other, words]) => other !== file && words.has(name)))
      .map((name) => `${file}: ${name}`),
  )
  assert.equal(unused.filter((name) => !knownUnused.includes(name)), [])
  assert.equal(knownUnused.filter((name) => !unused.includes(name)), [], 'remove these lines of knownUnused')
})

architecture.run()
