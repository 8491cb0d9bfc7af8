import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { check, compile, emit, version } from '../../src/index.ts'
import { build } from '../cli/fmw.ts'
import { tiny, twoModels, wrong } from '../cli/models.ts'
import { mainOf } from '../cli/main-of.ts'
import { withFiles } from '../cli/folder.ts'
import { inTemporaryFolder } from '../runtime/temporary-folder.ts'

const s = suite('the library')

s('checking gives what fmw check --format json prints, and the text of each mistake', () =>
  withFiles({ 'wrong.fmw': wrong }, async (folder) => {
    const { stdout } = await mainOf(['check', 'wrong.fmw', '--format', 'json'], folder)
    const { stdout: pretty } = await mainOf(['check', 'wrong.fmw'], folder)
    const { diagnostics, errors, warnings, sources } = check(wrong, { file: 'wrong.fmw' })
    const report = JSON.parse(stdout)
    const printed = report.diagnostics.map((diagnostic: object, i: number) => ({ ...diagnostic, rendered: diagnostics[i]?.rendered }))
    assert.equal({ diagnostics, errors, warnings }, { ...report, diagnostics: printed })
    assert.ok(errors > 0)
    for (const { rendered } of diagnostics) assert.ok(pretty.includes(rendered), rendered)
    assert.equal(sources, ['wrong.fmw'])
  }))

s('a text without mistakes gives the summary that fmw summary --json prints', () =>
  withFiles({ 'tiny.fmw': tiny }, async (folder) => {
    const { stdout } = await mainOf(['summary', 'tiny.fmw', '--json'], folder)
    const { models, diagnostics } = compile(tiny)
    assert.equal(models, [JSON.parse(stdout)])
    assert.equal(diagnostics, [])
  }))

s('emitting gives the files that fmw build writes', () =>
  withFiles({ 'two.fmw': twoModels }, async (folder) => {
    await build()
    for (const target of ['ts', 'js', 'types', 'ir'] as const) {
      const { files, unsupported } = await emit(twoModels, { file: 'two.fmw', target })
      const { stdout } = await mainOf(['build', 'two.fmw', '--out', '.', '--target', target], folder)
      assert.equal(files.map((file) => file.path), stdout.trim().split('\n'))
      assert.equal(unsupported, [])
      for (const file of files) writeFileSync(path.join(folder, file.path), file.text)
      const { code, stderr } = await mainOf(['build', 'two.fmw', '--out', '.', '--target', target, '--check'], folder)
      assert.is(code, 0, stderr)
    }
  }))

s('what is emitted imports what it is told to', async () => {
  const { files } = await emit(tiny, { import: '@tensorflow/tfjs', importExtension: 'none', format: false })
  assert.match(files[0]?.text ?? '', "import * as tf from '@tensorflow/tfjs'\nimport { checkInputs, ")
  assert.match(files[0]?.text ?? '', "} from './fmw-runtime'\n")
})

s('options of emission that cannot be are refused, all at once', async () => {
  const refused = await emit(tiny, { target: 'js', import: 'a b', importExtension: 'ts' }).then(
    () => undefined,
    (error: unknown) => error,
  )
  assert.instance(refused, RangeError)
  assert.is(
    (refused as RangeError).message,
    `import "a b" is no module specifier: one is not empty, and has no blanks, quotes or backslashes
importExtension ts has no meaning for the target js: it has js or none`,
  )
})

s('options that there are not are refused, with what is meant', async () => {
  const misspelt = { file: 'tiny.fmw', kernls: 'cpu', modle: 'Tiny' }
  const said = (run: () => unknown): Promise<unknown> =>
    Promise.resolve()
      .then(run)
      .catch((error: unknown) => (error instanceof RangeError ? error.message : error))
  assert.is(await said(() => emit(tiny, misspelt)), 'emit has no option kernls: did you mean kernels?\nemit has no option modle: did you mean model?')
  for (const [name, run] of [['check', check], ['compile', compile]] as const) {
    assert.is(
      await said(() => run(tiny, misspelt)),
      `${name} has no option kernls: there are file, read, model, set, rules\n${name} has no option modle: did you mean model?`,
    )
  }
})

s('a text with an error has no models and no files', async () => {
  assert.equal(compile(wrong).models, [])
  const { files, errors } = await emit(wrong)
  assert.equal(files, [])
  assert.ok(errors > 0)
  const halfWrong = `${tiny}\n${wrong}`
  assert.equal(compile(halfWrong).models.map(({ model }) => model), ['Tiny'])
  assert.equal((await emit(halfWrong)).files, [])
})

s('parameters are expressions, and one model can be chosen', () => {
  assert.equal(compile(tiny, { set: { classes: '2 * 3' } }).models[0]?.outputs, [{ name: 'maps', shape: [3, 3, 6] }])
  assert.equal(compile(twoModels, { model: 'Second' }).models.map(({ model }) => model), ['Second'])
})

s('imports are read from the disk, from the folder of the file', () =>
  inTemporaryFolder(async (folder) => {
    mkdirSync(path.join(folder, 'blocks'))
    writeFileSync(path.join(folder, 'blocks/step.fmw'), 'block Step(x: [H, W, C]) { return x |> conv(C, 1) |> relu }\n')
    const text = `import { Step } from "./blocks/step.fmw"\nmodel M {\n  input x: [4, 4, 2]\n  output y = Step(x)\n}\n`
    const file = path.join(folder, 'm.fmw')
    const { diagnostics, sources } = check(text, { file })
    assert.equal(diagnostics.map(({ rendered }) => rendered), [])
    assert.equal(sources, [file, path.join(folder, 'blocks/step.fmw')])
  }))

s('imports come from a function where one is given, and what is missing is among the sources', () => {
  const text = `import { Step } from "./step.fmw"\nmodel M {\n  input x: [4, 4, 2]\n  output y = Step(x)\n}\n`
  const texts = new Map([['folder/step.fmw', 'block Step(x: [H, W, C]) { return x |> relu }\n']])
  assert.equal(check(text, { file: 'folder/m.fmw', read: (name) => texts.get(name) }).errors, 0)
  const { diagnostics, sources } = check(text, { file: 'm.fmw', read: () => undefined })
  assert.equal(diagnostics.map(({ code }) => code), ['import/missing-file'])
  assert.ok(sources.includes('step.fmw'))
})

s('an imported file that is no text is named with the place', () =>
  inTemporaryFolder(async (folder) => {
    const file = path.join(folder, 'bytes.fmw')
    writeFileSync(file, Buffer.from([0x2f, 0x2f, 0x0a, 0xff]))
    const text = `import { A } from "./bytes.fmw"\n`
    assert.throws(
      () => check(text, { file: path.join(folder, 'm.fmw') }),
      (error: unknown) => error instanceof RangeError && error.message === `${file}:2:1: this is no text in UTF-8`,
    )
  }))

s('rules of the linter are warnings, errors or off', () => {
  const text = 'model M {\n  input x: [4, 4, 2]\n  a = x |> relu\n  output y = x\n}\n'
  const levels = (rules: Parameters<typeof check>[1]) => check(text, rules).diagnostics.map(({ severity }) => severity)
  assert.equal(levels({}), ['warning'])
  const [{ code } = { code: '' }] = check(text).diagnostics
  assert.equal(levels({ rules: { [code]: 'error' } }), ['error'])
  assert.equal(levels({ rules: { [code]: 'off' } }), [])
})

s('options that name what there is not are refused, all at once', () => {
  const refused = (run: () => unknown, text: string): void =>
    assert.throws(run, (error: unknown) => error instanceof RangeError && error.message === text)
  refused(
    () => check(tiny, { file: 'tiny.fmw', model: 'Tyni', set: { clases: '2' } }),
    'tiny.fmw: there is no model Tyni; there is Tiny\ntiny.fmw: no model has a parameter clases',
  )
  refused(
    () => check(tiny, { rules: { 'lint/unused-valeu': 'off', 'shape/rank': 'off' } }),
    'the linter has no rule lint/unused-valeu (did you mean lint/unused-value?)\nthe linter has no rule shape/rank',
  )
})

s('the version is that of the package', async () => {
  const { default: metadata } = await import('../../package.json', { with: { type: 'json' } })
  assert.is(version, metadata.version)
})

s.run()
