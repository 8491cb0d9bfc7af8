import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { nodeHost } from '../../src/cli/files/node-host.ts'
import { compile } from '../../src/compiler/compile.ts'
import { fixAll } from '../../src/compiler/fixes/fix-all.ts'
import { modelRecord } from '../../src/runtime/training/model-record.ts'
import { isChosen } from '../seeded-tenth.ts'

const s = suite('a sign that is lost')

const folder = fileURLToPath(new URL('../errors', import.meta.url))

/** Texts without a mistake, of one file each. */
const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.fixed.fmw'))
  .map((file) => ({ file, text: readFileSync(path.join(folder, file), 'utf8').replace(/^\/\/.*\n/gm, '') }))
  .filter(({ text }) => !text.includes('import '))

const check = (text: string) => compile('model.fmw', text, nodeHost)

/** What the models of a text compute; undefined where something is wrong. */
function computed(text: string): string | undefined {
  const { diagnostics, graphs } = check(text)
  return diagnostics.some(({ severity }) => severity === 'error') ? undefined : JSON.stringify(graphs.map(modelRecord))
}

const mended = (text: string): string => {
  const fixed = fixAll((changed) => check(changed.get('model.fmw') ?? text).diagnostics, 'safe')
  return fixed.texts.get('model.fmw') ?? text
}

/** The text without one of its signs, where that is a mistake. */
function* without(text: string): Generator<{ readonly lost: string; readonly place: number }> {
  for (const { 0: sign, index } of text.matchAll(/[()[\]{},:]|\|>|->/g)) {
    const lost = text.slice(0, index) + text.slice(index + sign.length)
    if (computed(lost) === undefined) yield { lost, place: index }
  }
}

s('is written where it stood by --fix alone, or is left to the author', () => {
  let restored = 0
  let left = 0
  const wrong: string[] = []
  for (const { file, text } of texts) {
    if (!isChosen(file)) continue
    const whole = computed(text)
    if (whole === undefined || whole === '[]') continue
    for (const { lost, place } of without(text)) {
      const now = mended(lost)
      const found = computed(now)
      if (found === undefined) left++
      else if (found === whole) restored++
      else wrong.push(`${file} without the sign at ${place}: ${text.slice(Math.max(0, place - 30), place + 20)}\nbecomes\n${now}`)
    }
  }
  process.stdout.write(`${restored} restored, ${left} left `)
  assert.is(wrong.join('\n\n'), '')
  assert.ok(restored > 20)
})

s.run()
