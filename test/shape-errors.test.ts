import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fmwSays } from '../scripts/compare-errors/fmw-says.ts'
import { layersSay } from '../scripts/compare-errors/layers-say.ts'
import { mistakes, unlisted } from '../scripts/compare-errors/mistakes.ts'
import { onnxSays } from '../scripts/compare-errors/onnx-says.ts'
import { page, part } from '../scripts/compare-errors/page.ts'
import { pytorchSays } from '../scripts/compare-errors/pytorch-says.ts'
import type { Answers, Tool } from '../scripts/compare-errors/said.ts'

const s = suite('docs/shape-errors.md')

const written = readFileSync('docs/shape-errors.md', 'utf8')
const again = 'write it anew: node --import tsx scripts/compare-errors.ts'

const fmw = fmwSays()
const layers = await layersSay()
const pytorch = pytorchSays()
const onnx = onnxSays()

/** Of the version the page was written with; another one may have other words. */
const isComparable = (answers: Answers | undefined, tool: Tool): boolean => {
  const comparable = answers !== undefined && written.includes(`${tool} ${answers.version}`)
  const reason = answers ? `the page is of another version than ${answers.version}` : 'not installed: scripts/install-python.sh'
  if (!comparable) process.stderr.write(`skipped: what ${tool} says in docs/shape-errors.md (${reason})\n`)
  return comparable
}

const holds = (answers: Answers): void => {
  for (const mistake of mistakes) {
    const text = part(answers, mistake)
    assert.ok(written.includes(text), `${mistake.title}, ${answers.tool}; ${again}\n${text}`)
  }
}

s('has ten mistakes, and shows every one there is', () => {
  assert.is(mistakes.length, 10)
  assert.equal(unlisted(), [])
})

s('fmw says one thing of each mistake, before anything runs', () => {
  for (const { name } of mistakes) assert.is(fmw.said.get(name)!.text!.match(/^(?:error|warning)\[/gm)?.length, 1, name)
})

s('shows what fmw prints', () => holds(fmw))

s('shows what tf.layers says', () => holds(layers))

const comparesPyTorch = isComparable(pytorch?.[0], 'PyTorch')
const comparesOnnx = isComparable(onnx, 'ONNX')

const pytorchTest = comparesPyTorch ? s : s.skip
pytorchTest('shows what PyTorch says', () => pytorch!.forEach(holds))

const onnxTest = comparesOnnx ? s : s.skip
onnxTest('shows what ONNX says', () => holds(onnx!))

const wholeTest = comparesPyTorch && comparesOnnx ? s : s.skip
wholeTest('is what the script writes, tables included', () => {
  assert.fixture(written, page([fmw, ...pytorch!, onnx!, layers]), again)
})

s.run()
