import { existsSync, readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { mainOf } from './cli/main-of.ts'
import { exampleFiles } from './example-models.ts'

const s = suite('examples/README.md')

const text = readFileSync('examples/README.md', 'utf8')

/** Those have a page of their own, whose commands train them. */
const isTrained = (file: string): boolean => file.startsWith('training/')

const commands = [...text.matchAll(/```console\n\$ fmw (.*)\n([\s\S]*?)```/g)].map(([, command, printed]) => ({
  command: command!,
  printed: printed!,
}))

s('has a command for every example that is a model', () => {
  assert.is(commands.length, text.match(/```console/g)!.length, 'a console fence is a command and what it prints')
  const shown = commands.flatMap(({ command }) => command.split(' ').filter((word) => word.endsWith('.fmw')))
  const imported = ['backbones.fmw', 'blocks.fmw', 'digits.fmw']
  assert.equal([...new Set(shown)].sort(), exampleFiles.filter((file) => !imported.includes(file) && !isTrained(file)))
})

for (const { command, printed } of commands) {
  s(`fmw ${command} prints what stands under it`, async () => {
    const { code, stdout, stderr } = await mainOf(command.split(' '), 'examples')
    assert.is(code, 0, stderr)
    assert.is(stdout, printed)
  })
}

s('links to every example, and to nothing that does not exist', () => {
  const linked = [...text.matchAll(/\]\(([^)#]+)\)/g)].map(([, target]) => target!)
  assert.equal(linked.filter((target) => !existsSync(`examples/${target}`)), [])
  assert.equal(exampleFiles.filter((file) => !linked.includes(file) && !isTrained(file)), [])
})

s('links within the page lead to its headings', () => {
  const anchors = [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  )
  const linked = [...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor!)
  assert.equal(linked.filter((anchor) => !anchors.includes(anchor)), [])
})

s.run()
