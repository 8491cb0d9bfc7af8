import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { applyFixes } from '../../src/compiler/fixes/apply-fixes.ts'
import { compileText } from '../compile-text.ts'

const s = suite('a misspelt import')

const files = { 'part.fmw': 'block Double(x: [H, W, C]) -> like x {\n  return x + x\n}\n' }

/** The text after the first fix of its only mistake of an import. */
function mended(text: string): string {
  const { diagnostics } = compileText(text, files)
  const [fix] = diagnostics.filter(({ code }) => code === 'import/unknown-name').flatMap(({ fixes }) => fixes)
  return fix ? (applyFixes([fix]).texts.get('model.fmw') ?? text) : text
}

s('is mended where it is read, and not in labels, texts, arguments, members and comments', () => {
  const text = `import { Dobule } from "./part.fmw"

// Dobule twice
model M {
  input image: [8, 8, 3]
  require image.channels == 3, "Dobule wants 3, not {image.channels}"
  x = image |> Dobule as Dobule |> conv(8) as Dobule_2 // not Dobule
  output y = x |> Dobule
}
`
  assert.is(
    mended(text),
    text
      .replace('{ Dobule }', '{ Double }')
      .replace('image |> Dobule as', 'image |> Double as')
      .replace('x |> Dobule', 'x |> Double'),
  )
})

s('is mended in what a text interpolates, and where an argument and its value have one name', () => {
  const text = `import { Dobule } from "./part.fmw"

block Twice(x: [H, W, C], Dobule: block) -> like x {
  return x |> Dobule |> Dobule
}

model M {
  input image: [8, 8, 3]
  require image.channels > 8, "for {Dobule}"
  output y = image |> Twice(Dobule:) |> Twice(Dobule: relu)
}
`
  assert.is(mended(text.replace('> 8', '> 0')), text.replace('> 8', '> 0').replace('{ Dobule }', '{ Double }')
    .replace('{Dobule}', '{Double}').replace('(Dobule:)', '(Dobule: Double)'))
})

s('leaves alone what has the same name in a block of its own', () => {
  const text = `import { Dobule } from "./part.fmw"

model M {
  input image: [8, 8, 3]
  before = Dobule(image)
  Dobule = before |> relu
  sums = [for Dobule in range(2): Dobule + 1]
  output y = Dobule |> conv(sums[0])
}
`
  assert.is(mended(text), text.replace('{ Dobule }', '{ Double }').replace('Dobule(image)', 'Double(image)'))
})

s('keeps the name that it is imported as', () => {
  const text = `import { Dobule as Dobule_ } from "./part.fmw"

model M {
  input image: [8, 8, 3]
  output y = image |> Dobule_
}
`
  assert.is(mended(text), text.replace('{ Dobule as', '{ Double as'))
})

s.run()
