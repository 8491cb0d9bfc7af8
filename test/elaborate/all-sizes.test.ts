import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { applyFixes } from '../../src/compiler/fixes/apply-fixes.ts'
import { evaluate } from '../../src/compiler/dim/expr.ts'
import type { Diagnostic } from '../../src/compiler/diagnostics/diagnostics.ts'
import type { Graph } from '../../src/compiler/graph/graph.ts'
import { compileText } from '../compile-text.ts'
import { network, type Network, type Outcome, type Sizes } from './network-of-any-size.ts'

const s = suite('a network of any size is right about every size up to 200')

const textOf = ({ where, body, isJoined }: Network): string => {
  const conditions = where.length > 0 ? ` where ${where.map(({ text }) => text).join(', ')}` : ''
  const other = isJoined ? ['input other: [h, w, 4]'] : []
  return `model M {\n  ${[`input x: [H, W, 4]${conditions}`, ...other, ...body].join('\n  ')}\n}\n`
}

const errorsOf = (text: string): readonly Diagnostic[] =>
  compileText(text).diagnostics.filter(({ severity, family }) => severity === 'error' && family !== 'lint')

/**
 * Every height with widths that are the same, near, and anything; another input is as large, half or twice as large, or anything.
 */
function sizesOf({ isJoined }: Network): readonly Sizes[] {
  return Array.from({ length: 200 }, (_, i) => i + 1).flatMap((H) =>
    [H, 1 + ((H * 37) % 200), 201 - H, 8 * Math.ceil(H / 8)].flatMap((W, i) => {
      const others: readonly (readonly [number, number])[] = [
        [H, W],
        [Math.ceil(H / 2), Math.ceil(W / 2)],
        [2 * H, 2 * W],
        [1 + ((H * 53 + i) % 200), 1 + ((H * 71) % 200)],
      ]
      return (isJoined ? others : others.slice(0, 1)).map(([h, w]) => ({ H, W, h, w }))
    }),
  )
}

const meets = ({ where }: Network, sizes: Sizes): boolean => where.every((said) => said.meets(sizes[said.of]))

/** What the compiler's graph says of a size. */
function saidAt({ outputs, requirements }: Graph, sizes: Sizes): readonly number[] | 'empty' {
  if (requirements.some(({ extent }) => evaluate(extent, sizes) < 1)) return 'empty'
  return outputs[0]!.node.type.shape.map(({ dim }) => evaluate(dim, sizes))
}

const lastOf = (outcome: Outcome): Outcome | readonly number[] => (typeof outcome === 'string' ? outcome : outcome.at(-1)!)

/** Whether sizes meet the `where`s of a text, read by other means than the compiler's. */
function meetsText(text: string, sizes: Sizes): boolean {
  const conditions = [...text.matchAll(/ where ([^\n]+)/g)].flatMap(([, list]) => list!.split(', '))
  const names = ['H', 'W', 'h', 'w'] as const
  return conditions.every((condition) => {
    const js = condition.replaceAll('floor(', 'Math.floor(').replaceAll('ceil(', 'Math.ceil(').replace('==', '===')
    return Boolean(new Function(...names, `return ${js}`)(...names.map((name) => sizes[name])))
  })
}

/** The sizes a message names: `for H = 8, W = 6:`. */
function witnessIn(message: string): Partial<Sizes> | undefined {
  const named = /; for ((?:\w+ = \d+(?:, )?)+):/.exec(message)?.[1]
  return named === undefined
    ? undefined
    : Object.fromEntries([...named.matchAll(/(\w+) = (\d+)/g)].map(([, name, size]) => [name!, Number(size)]))
}

const seen = { proved: 0, refuted: 0, witnessed: 0, mended: 0, excluded: 0, needlessly: 0 }

function provedIsTrue(one: Network, graph: Graph, text: string, allowed: (sizes: Sizes) => boolean): void {
  for (const sizes of sizesOf(one).filter(allowed)) {
    const [said, found] = [saidAt(graph, sizes), lastOf(one.at(sizes))]
    if (String(said) !== String(found))
      throw new Error(`${text}proved, and at ${JSON.stringify(sizes)} it is ${found}, not ${said}`)
  }
}

s('what checks is so at every size that its where allows, and what does not check fails where it is said to', () => {
  fc.assert(
    fc.property(network, (one) => {
      const text = textOf(one)
      const compiled = compileText(text)
      const errors = compiled.diagnostics.filter(({ severity }) => severity === 'error')
      const [error] = errors
      const allowed = sizesOf(one).filter((sizes) => meets(one, sizes))
      if (!error) {
        seen.proved++
        provedIsTrue(one, compiled.graphs[0]!, text, (sizes) => meets(one, sizes))
        return
      }
      if (error.code !== 'shape/not-provable') {
        seen.refuted++
        const fine = allowed.find((sizes) => typeof one.at(sizes) !== 'string')
        if (fine) throw new Error(`${text}${error.message}, and at ${JSON.stringify(fine)} nothing is wrong`)
        return
      }
      const witness = witnessIn(error.message)
      if (witness) {
        seen.witnessed++
        const sizes = allowed.filter((all) =>
          (['H', 'W', 'h', 'w'] as const).every((name) => witness[name] === undefined || witness[name] === all[name]),
        )
        const fine = sizes.find((all) => typeof one.at(all) !== 'string')
        if (fine) throw new Error(`${text}${error.message}, and at ${JSON.stringify(fine)} nothing is wrong`)
      }
      for (const fix of error.fixes) {
        const mended = applyFixes([fix]).texts.get('model.fmw')!
        assert.equal(errorsOf(mended).map(({ message }) => message), [], `${text}${fix.title}`)
        if (!fix.title.startsWith('require')) continue
        seen.mended++
        provedIsTrue(one, compileText(mended).graphs[0]!, mended, (sizes) => meetsText(mended, sizes))
        const excluded = allowed.filter((sizes) => !meetsText(mended, sizes))
        seen.excluded += excluded.length
        seen.needlessly += excluded.filter((sizes) => typeof one.at(sizes) !== 'string').length
      }
    }),
    { numRuns: 120, seed: 20 },
  )
  for (const kind of ['proved', 'refuted', 'witnessed', 'mended'] as const) assert.ok(seen[kind] >= 5, JSON.stringify(seen))
})

s('of the sizes that a proposed where leaves out, most would have failed', () => {
  assert.ok(seen.excluded > 1000, JSON.stringify(seen))
  assert.ok(seen.needlessly < seen.excluded / 2, JSON.stringify(seen))
})

s.run()
