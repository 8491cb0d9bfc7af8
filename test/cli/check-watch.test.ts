import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { reportJson } from '../../src/compiler/report/json.ts'
import { withFiles } from './folder.ts'
import { mainOf } from './main-of.ts'
import { net, step, watching } from './watching.ts'

const s = suite('fmw check --watch')

const files = { 'net.fmw': net, 'step.fmw': step }

s('checks again when a file changes that is imported, shows what is wrong, and goes on', () =>
  watching(files, ['check', 'net.fmw'], async ({ out, err, until }, folder) => {
    await until('watching 2 files; Ctrl-C ends')
    assert.equal([out(), err()], ['', '1 file checked: no problems\nwatching 2 files; Ctrl-C ends\n'])
    writeFileSync(path.join(folder, 'step.fmw'), step.replace('relu', 'rleu'))
    await until('1 error')
    assert.match(out(), 'error[name/unknown]: there is no name rleu')
    writeFileSync(path.join(folder, 'step.fmw'), step)
    await until(/1 error[^]*no problems\nwatching 2 files; Ctrl-C ends\n$/)
  }))

s('clears nothing, and ends by Ctrl-C as any program does', () =>
  watching(files, ['check', 'net.fmw'], async ({ out, err, until, interrupt }, folder) => {
    await until('Ctrl-C ends')
    writeFileSync(path.join(folder, 'net.fmw'), net.replace('Step(x', 'Stp(x'))
    await until('there is no name Stp')
    assert.is(await interrupt(), 'SIGINT')
    assert.not.match(out() + err(), '\x1b')
  }))

s('JSON is one line for each check', () =>
  watching(files, ['check', 'net.fmw', '--format', 'json', '--quiet'], async ({ out, err, until }, folder) => {
    await until(/\n/)
    writeFileSync(path.join(folder, 'net.fmw'), net.replace('Step(x', 'Stp(x'))
    await until(/\n.*\n/)
    const lines = out().trim().split('\n')
    const reports = lines.map((line): ReturnType<typeof reportJson> => JSON.parse(line))
    assert.equal(reports.map(({ errors }) => errors), [0, 1])
    assert.is(err(), '')
  }))

s('a file that is gone is missed, and seen when it comes back', () =>
  watching(files, ['check', 'net.fmw'], async ({ until }, folder) => {
    await until('Ctrl-C ends')
    rmSync(path.join(folder, 'net.fmw'))
    await until('fmw: there is no file net.fmw\nwatching 2 files')
    writeFileSync(path.join(folder, 'net.fmw'), net.replace('4', '5'))
    await until(/there is no file[^]*no problems\nwatching 2 files/)
  }))

s('a folder that is gone is missed, and followed when another takes its place', () => {
  const inFolder = { 'net.fmw': net.replace('./step.fmw', './parts/step.fmw'), 'parts/step.fmw': step }
  return watching(inFolder, ['check', 'net.fmw'], async ({ until }, folder) => {
    const parts = path.join(folder, 'parts')
    await until('Ctrl-C ends')
    rmSync(parts, { recursive: true })
    await until('there is no file ./parts/step.fmw')
    mkdirSync(parts)
    writeFileSync(path.join(parts, 'step.fmw'), step)
    await until(/1 error[^]*no problems\nwatching 2 files; Ctrl-C ends\n$/)
    writeFileSync(path.join(parts, 'step.fmw'), step.replace('relu', 'rleu'))
    await until('there is no name rleu')
  })
})

s('an editor that saves beside and renames is followed', () =>
  watching(files, ['check', 'net.fmw'], async ({ until }, folder) => {
    const file = path.join(folder, 'net.fmw')
    await until('Ctrl-C ends')
    writeFileSync(`${file}~`, net.replace('Step(x', 'Stp(x'))
    renameSync(`${file}~`, file)
    await until('there is no name Stp')
    writeFileSync(`${file}~`, net)
    renameSync(file, `${file}.old`)
    renameSync(`${file}~`, file)
    await until(/1 error[^]*no problems\nwatching 2 files; Ctrl-C ends\n$/)
  }))

for (const named of ['models', './models/', 'models/**/*.fmw'])
  s(`files that come below ${named} are checked, also in folders that come with them`, () => {
    const below = { 'step.fmw': step, 'models/net.fmw': net.replace('./', '../') }
    return watching(below, ['check', named], async ({ until }, folder) => {
      await until('watching 2 files')
      writeFileSync(path.join(folder, 'models/one.fmw'), net.replace('./', '../').replace('Step(x', 'Stp(x'))
      await until('watching 3 files')
      mkdirSync(path.join(folder, 'models/deep/deeper'), { recursive: true })
      writeFileSync(path.join(folder, 'models/deep/deeper/two.fmw'), net.replace('./', '../../../').replace('Step(x', 'Stop(x'))
      await until('there is no name Stop')
      await until('watching 4 files')
      rmSync(path.join(folder, 'models/deep'), { recursive: true })
      await until(/watching 4 files[^]*watching 3 files/)
    })
  })

s('refuses what does not change, and what it would change itself', () =>
  withFiles(files, async (folder) => {
    for (const [args, words] of [
      [['-'], '--watch needs files'],
      [['net.fmw', '--fix'], '--fix and --watch are two things'],
      [['no.fmw'], 'there is no file no.fmw'],
      [['net.fmw', '--config', 'no.json'], 'cannot read the configuration no.json'],
    ] as const) {
      const { code, stderr } = await mainOf(['check', ...args, '--watch'], folder)
      assert.is(code, 2)
      assert.match(stderr, words)
    }
  }))

s.run()
