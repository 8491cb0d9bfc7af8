import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Reporter } from '../../src/compiler/diagnostics/diagnostics.ts'
import { GraphBuilder } from '../../src/compiler/elaborate/graph-builder.ts'
import { Limiter, LimitReached } from '../../src/compiler/elaborate/limiter.ts'
import { limits } from '../../src/compiler/elaborate/limits.ts'
import { Effort } from '../../src/compiler/reading/effort.ts'
import type { Origin } from '../../src/compiler/text/source.ts'

const s = suite('what an elaboration may use')

const origin: Origin = { span: { source: { path: 'm.fmw', text: 'model', library: false }, start: 0, end: 5 }, frame: undefined }

const isLimit = (error: unknown): boolean => error instanceof LimitReached

const codes = (reporter: Reporter): readonly string[] => reporter.diagnostics.map(({ code }) => code)

s('a graph may have as many nodes as the bound says, and not one more', () => {
  const reporter = new Reporter()
  const builder = new GraphBuilder(new Limiter(reporter, new Effort()))
  const site = { scope: 0, path: [], turns: [], statement: origin.span }
  const add = (): void => void builder.constant([0], [], { at: ['c'], origin, site })
  for (let i = 0; i < limits.nodes; i++) add()
  assert.is(builder.nodes.length, limits.nodes)
  assert.equal(codes(reporter), [])
  assert.throws(add, isLimit)
  assert.equal(codes(reporter), ['limit/nodes'])
})

s('an elaboration may take as many steps as the bound says, and not one more', () => {
  const reporter = new Reporter()
  const limiter = new Limiter(reporter, new Effort())
  limiter.step(origin, limits.steps)
  assert.equal(codes(reporter), [])
  assert.throws(() => limiter.step(origin), isLimit)
  assert.equal(codes(reporter), ['limit/steps'])
})

s('blocks may be as deep in one another as the bound says, and not one more', () => {
  const reporter = new Reporter()
  const limiter = new Limiter(reporter, new Effort())
  const nested = (depth: number): number => (depth === 0 ? 0 : 1 + limiter.nested(origin, () => nested(depth - 1)))
  assert.is(nested(limits.depth), limits.depth)
  assert.is(nested(limits.depth), limits.depth, 'what was left does not count')
  assert.equal(codes(reporter), [])
  assert.throws(() => nested(limits.depth + 1), isLimit)
  assert.equal(codes(reporter), ['limit/depth'])
})

s.run()
