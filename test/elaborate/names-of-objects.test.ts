import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bindInputs } from '../../src/codegen/bind-inputs.ts'
import { printShape } from '../../src/compiler/dim/print.ts'
import { statsOf, withExtents } from '../../src/compiler/facts/stats.ts'
import { compileText, graphOf } from '../compile-text.ts'

const s = suite('names that every JavaScript object has')

const words = ['constructor', 'toString', 'hasOwnProperty', 'valueOf', '__proto__']

const part = { 'part.fmw': 'block Part(x: [H, W, C]) -> like x {\n  return x\n}\n' }

for (const word of words) {
  s(`${word} names anything`, () => {
    const graph = graphOf(
      `import { ${word} as Part } from "./named.fmw"

const kernel(${word}: int) = ${word} + 2

block Labelled(x: [H, W, C]) -> like x {
  return x |> conv(C, 1x1) as ${word}
}

model Named(${word}: int = 4) {
  input x: [8, 8, 3]
  param weight_${word}: [1, 1, 3, 4] = zeros, trainable: false
  layer f = conv(_, ${word}, kernel(1))
  sizes = [for ${word} in range(3): ${word} * 2]
  y = x |> f |> Part |> Labelled
  for ${word} in sizes { y = y |> conv(${word} + 1, 1x1) }
  output ${word} = y |> conv(${word}, 1x1)
}
`,
      { 'named.fmw': `block ${word}(x: [H, W, C]) -> like x {\n  return x\n}\n` },
    )
    assert.equal(graph.outputs.map(({ name, node }) => `${name} ${printShape(node.type.shape)}`), [`${word} [6, 6, 4]`])
  })

  const unknown: readonly (readonly [what: string, step: string, code: string])[] = [
    ['op', `|> ${word}`, 'name/unknown'],
    ['op of a family', `|> pool.${word}`, 'name/unknown'],
    ['parameter', `|> conv(8, ${word}: 3)`, 'call/unknown-argument'],
    ['parameter of a primitive', `|> conv2d(${word}: 3)`, 'call/unknown-argument'],
    ['padding', `|> conv(8, padding: ${word})`, 'name/unknown'],
    ['initialiser', `|> conv(8, init: ${word})`, 'name/unknown'],
    ['member', `|> conv(x.${word})`, 'type/unknown-member'],
    ['name in quotes', `|> conv("${word}")`, 'type/mismatch'],
  ]
  for (const [what, step, code] of unknown) {
    s(`${word} is no ${what}, and nothing is meant by it`, () => {
      const { diagnostics } = compileText(`model M {\n  input x: [8, 8, 3]\n  output y = x ${step}\n}\n`)
      assert.equal(diagnostics.map((diagnostic) => diagnostic.code), [code])
      const [{ notes, fixes }] = diagnostics as [(typeof diagnostics)[number]]
      const said = [...notes, ...fixes.flatMap(({ title, edits }) => [title, ...edits.map(({ text }) => text)])].join('\n')
      assert.not.match(said, /native code|\[object|undefined|did you mean/)
    })
  }

  s(`${word} is no type, no option of a weight and no import`, () => {
    const text = `import { ${word} } from "./part.fmw"

block B(x: [H, W, C], a: ${word}) -> ${word} {
  return x
}

model M {
  input x: [8, 8, 3]
  param k: [1, 1, 3, 4] = zeros, ${word}: true
  output y = conv2d(x, k) |> B(3)
}
`
    const { diagnostics } = compileText(text, part)
    assert.equal(diagnostics.map(({ code }) => code), ['import/unknown-name', 'name/unknown', 'call/unknown-argument'])
    assert.ok(diagnostics.every(({ fixes }) => fixes.length === 0))
  })

  s(`an input or an extent that is called ${word} has to be given`, () => {
    const graph = graphOf(`model M {\n  input ${word}: [${word}_h, ${word}, 3]\n  output y = ${word} |> conv(8)\n}\n`)
    const bound = bindInputs(graph, {})
    assert.ok('mismatches' in bound)
    assert.equal(bound.mismatches.map(({ subject }) => subject), [word])
    const counted = withExtents(statsOf(graph), {})
    assert.ok('stats' in counted)
    assert.equal(counted.stats.extents.map(({ name }) => name), [`${word}_h`, word])
  })
}

s.run()
