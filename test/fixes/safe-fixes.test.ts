import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { IToken } from 'chevrotain'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { tokensIn } from '../../grammar/index.ts'
import * as t from '../../grammar/tokens.ts'

const s = suite('what --fix alone leaves as it is')

const folder = fileURLToPath(new URL('../errors', import.meta.url))
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
const read = (file: string): string => readFileSync(path.join(folder, file), 'utf8')

const ending = '.fixed.fmw'
/** Cases of which `--fix` mends something, and those of which `--fix all` mends more. */
const mended = files.filter((file) => file.endsWith(ending) && !file.endsWith(`.all${ending}`)).map((file) => file.slice(0, -ending.length))
const needingMore = new Set(files.filter((file) => file.endsWith(`.all${ending}`)).map((file) => file.slice(0, -`.all${ending}`.length)))

/** Cases whose numbers or calls are others in the mended text, and which say the same all the same: how the author wrote it is how it is said elsewhere. */
const saidOtherwise: ReadonlySet<string> = new Set([
  'calls/activation-called',
  'calls/bool-as-number',
  'calls/method',
  'calls/method-of-operand',
  'calls/steps-for-block',
  'calls/steps-from-hole',
  'calls/steps-without-hole',
  'calls/transpose-alone',
  'names/len',
  'names/pointwise',
  'names/square',
  'shapes/padding-of-four',
  'shapes/permutation',
  'shapes/places-inferred',
  'standing/kind',
  'syntax/arrow-pipe',
  'syntax/block-in-model',
  'syntax/caret',
  'syntax/class',
  'syntax/floor-division',
  'syntax/index-assigned',
  'syntax/lambda',
  'syntax/number-begins-with-dot',
  'syntax/number-ends-with-dot',
  'syntax/pipe-to-nowhere',
  'syntax/pipes-left-out',
  'syntax/power',
  'syntax/product-floor-divided',
  'syntax/python-comprehension',
  'syntax/shift-pipe',
  'syntax/size-of-one',
  'syntax/size-of-three',
  'syntax/size-with-name',
  'syntax/wrong-pipe',
  'values/for-over-number',
  'values/if-on-number',
  'values/list-appended',
  'values/list-appended-to-name',
  'values/one-minus-gate',
  'values/text-in-arithmetic',
])

/** Without `where`s, which say what is needed anyway. */
const tokensOf = (text: string): readonly IToken[] => tokensIn(text.replace(/ where .*/g, ''), 0)

const numbers: ReadonlySet<unknown> = new Set([t.Int, t.Float, t.Size])

/** What is computed and fed in a text, as far as its tokens say: all numbers, and how many calls and pipes there are. */
function countsOf(text: string): string {
  const tokens = tokensOf(text)
  const isCall = ({ tokenType, startOffset }: IToken, i: number): boolean =>
    tokenType === t.OpenParen && /\w$/.test(tokens[i - 1]?.image ?? '') && tokens[i - 1]!.endOffset! + 1 === startOffset
  const calls = tokens.filter((token, i) => token.tokenType === t.Pipe || isCall(token, i)).length
  return `${calls} calls, ${tokens.filter(({ tokenType }) => numbers.has(tokenType)).map(({ image }) => image).join(' ')}`
}

/** The shapes that are written at names: of inputs, weights and what is asserted of values. */
const shapesIn = (text: string): readonly string[] => text.match(/^ *(?:input |param |state )?\w+: \[[^\]]*\]/gm) ?? []

/** Of a case that another file is mended for, that file follows its name. */
function textsOf(name: string): readonly [before: string, after: string] {
  const after = read(`${name}${ending}`)
  const other = /^\/\/ (\S+\.fmw)\n/.exec(after)?.[1]
  return other === undefined ? [read(`${name}.fmw`), after] : [read(path.join(path.dirname(name), other)), after.slice(after.indexOf('\n') + 1)]
}

for (const name of mended) {
  s(`${name}: computes, feeds and asserts what its author wrote`, () => {
    const [before, after] = textsOf(name)
    if (!name.startsWith('syntax/')) assert.equal(shapesIn(after), shapesIn(before))
    if (saidOtherwise.has(name)) assert.is.not(countsOf(after), countsOf(before), 'it is no exception any more')
    else assert.is(countsOf(after), countsOf(before))
  })
}

s('mends every case of spelling, syntax, other names of parameters and holes', () => {
  const alone = mended.filter((name) => !needingMore.has(name))
  console.log(`--fix mends ${alone.length} cases, --fix all ${new Set([...mended, ...needingMore]).size}`)
  assert.ok(alone.length >= 169, String(alone.length))
  assert.ok(new Set([...mended, ...needingMore]).size >= 320)
})

s.run()
