import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { EpochReport } from '../src/runtime/training/reports.ts'
import { mainOf } from './cli/main-of.ts'
import { exampleFiles } from './example-models.ts'
import { inTemporaryFolder } from './runtime/temporary-folder.ts'

const s = suite('examples/training/README.md')

const commands = [...readFileSync('examples/training/README.md', 'utf8').matchAll(/^fmw (train .*)$/gm)].map(([, words]) =>
  words!.split(' ').map((word) => word.replace(/^'(.*)'$/, '$1')),
)

/** What the best epoch has to reach, by output. */
const wanted: Readonly<Record<string, Readonly<Record<string, (score: { readonly loss: number; readonly metrics: Readonly<Record<string, number>> }) => boolean>>>> = {
  'heads.fmw': { logits: ({ metrics }) => metrics['accuracy']! > 0.95, aux: ({ metrics }) => metrics['accuracy']! > 0.7 },
  'deep-supervision.fmw': { mask: ({ metrics }) => metrics['accuracy']! > 0.97, side3: ({ metrics }) => metrics['accuracy']! > 0.92 },
  'scene.fmw': { mask: ({ metrics }) => metrics['accuracy']! > 0.97, place: ({ loss }) => loss < 0.06 },
  'siamese.fmw': { distance: ({ metrics }) => metrics['accuracy']! > 0.85 },
  'outlines.fmw': { filled: ({ metrics }) => metrics['accuracy']! > 0.95, outline: ({ metrics }) => metrics['accuracy']! > 0.95 },
}

s('has a command for every example beside it', () => {
  const files = exampleFiles.filter((file) => file.startsWith('training/'))
  assert.equal(commands.map(([, file]) => file!.replace('examples/', '')).sort(), files)
  assert.equal(Object.keys(wanted).map((file) => `training/${file}`).sort(), files)
})

s('every command trains what it says', () =>
  inTemporaryFolder(async (folder) => {
    execFileSync(process.execPath, ['examples/training/shapes.mjs', path.join(folder, 'shapes')], { stdio: 'ignore' })
    for (const [train, file, ...options] of commands) {
      const { code, stdout, stderr } = await mainOf([train!, path.resolve(file!), ...options, '--json'], folder)
      assert.is(code, 0, stderr)
      const { best } = JSON.parse(stdout.trim().split('\n').at(-1)!) as { readonly best: EpochReport }
      const name = path.basename(file!)
      for (const [output, isReached] of Object.entries(wanted[name]!)) {
        const score = best.validation!.outputs?.[output] ?? best.validation!
        assert.ok(isReached(score), `${name}, ${output}: ${JSON.stringify(score)}`)
      }
    }
  }))

s.run()
