import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { catalog } from '../../src/compiler/catalog/index.ts'
import { problems } from '../../src/runtime/failure/problems.ts'
import { fmw, root } from './fmw.ts'
import { mainOf } from './main-of.ts'

const s = suite('fmw explain')

s('prints the page of a code: its message, what it means, an example that is reported and one that is not', async () => {
  const { code, stdout, stderr } = await fmw(['explain', 'shape/channel-mismatch'])
  assert.equal([code, stderr], [0, ''])
  const { message, help, bad, good } = catalog['shape/channel-mismatch']
  for (const part of [`error[shape/channel-mismatch]: ${message}`, help, 'This is reported:', 'This is not:'])
    assert.ok(stdout.includes(part), part)
  for (const line of [...bad.split('\n'), ...good.split('\n')]) assert.ok(stdout.includes(`    ${line}`.trimEnd()), line)
})

s('without a code lists all, of models and of runs, one on each line', async () => {
  const { code, stdout } = await mainOf(['explain'], root)
  assert.is(code, 0)
  const listed = stdout.trimEnd().split('\n').map((line) => line.split(' ')[0])
  assert.equal(listed, [...Object.keys(catalog), ...Object.keys(problems)])
})

s('every code that can be printed has a page', async () => {
  for (const code of [...Object.keys(catalog), ...Object.keys(problems)]) {
    const page = await mainOf(['explain', code], root)
    assert.is(page.code, 0, code)
    assert.ok(page.stdout.includes(`[${code}]: `) && page.stdout.length > 200, code)
  }
})

s('--json is the page, or the list, as an object', async () => {
  const page = JSON.parse((await mainOf(['explain', 'name/unknown', '--json'], root)).stdout) as Readonly<Record<string, unknown>>
  assert.equal(page, { code: 'name/unknown', ...catalog['name/unknown'] })
  const list = JSON.parse((await mainOf(['explain', '--json'], root)).stdout) as readonly {
    readonly code: string
    readonly message: string
  }[]
  assert.is(list.length, Object.keys(catalog).length + Object.keys(problems).length)
  assert.is(list.find(({ code }) => code === 'weights/missing')?.message, problems['weights/missing'].message)
})

s('an unknown code is wrong usage, with the one that was meant', async () => {
  const near = await mainOf(['explain', 'name/unkown'], root)
  assert.equal(near, { code: 2, stdout: '', stderr: 'fmw: there is no diagnostic name/unkown; did you mean name/unknown?\n' })
  const far = await mainOf(['explain', 'zzz'], root)
  assert.equal(far, { code: 2, stdout: '', stderr: 'fmw: there is no diagnostic zzz (fmw explain lists all)\n' })
})

s.run()
