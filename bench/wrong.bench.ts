// A text with a mistake, with all that is said of it, against the text without: some mistakes in the U-Net of the examples, in a
// process that is warm. Target: at most 150 ms.
import { readFileSync } from 'node:fs'
import { nodeHost } from '../src/cli/files/node-host.ts'
import { compile } from '../src/compiler/compile.ts'
import { interleave, median, type Timed } from './interleave.ts'
import { printTimes } from './print-times.ts'
import { mistakesInUnet, withMistake } from './wrong-unet.ts'

const path = 'examples/unet.fmw'
const right = readFileSync(path, 'utf8')

let times = 0

// a text that was just read is not read again: each time it has to be another
const candidate = (text: string, isWrong: boolean) => (): void => {
  const { diagnostics } = compile(path, `${text}// ${times++}\n`, nodeHost)
  if ((diagnostics.length > 0) !== isWrong) throw new Error(`${diagnostics[0]?.message ?? 'nothing'} is said of\n${text}`)
}

const wrong = Object.fromEntries(
  Object.entries(mistakesInUnet).map(([name, mistake]) => [name, candidate(withMistake(right, mistake), true)]),
)
const timed = await interleave({ 'the right text': candidate(right, false), ...wrong }, 11, 3)
printTimes(timed)
const medians = timed.slice(1).map(median).sort((a, b) => a - b)
const all: Timed = { name: 'wrong texts', times: medians }
console.log(`\nof the wrong texts the median takes ${median(all).toFixed(0)} ms, the worst ${medians.at(-1)!.toFixed(0)} ms`)
