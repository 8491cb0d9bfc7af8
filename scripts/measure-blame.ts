// Changes single numbers of the examples and of the networks under test/networks, and counts how often the error that follows
// shows the number that was changed: node --import tsx scripts/measure-blame.ts [every how many of them] [--misses]
import { parseArgs } from 'node:util'
import { table } from '../src/cli/terminal/table.ts'
import { changedNumbers, verdictOn, type Verdict } from './compare-errors/changed-numbers.ts'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { misses: { type: 'boolean', default: false } } })
const verdicts = changedNumbers(Number(positionals[0] ?? 12)).map(verdictOn)
const wrong = verdicts.filter(({ errors }) => errors.length > 0)
const codes = [...new Set(wrong.map(({ errors }) => errors[0]!.code))]

const row = (name: string, of: readonly Verdict[]): readonly string[] => {
  const shown = of.filter(({ isShown }) => isShown).length
  return [
    name,
    String(of.length),
    String(shown),
    `${((100 * shown) / of.length).toFixed(0)} %`,
    String(of.filter(({ errors }) => errors.length > 1).length),
  ]
}

console.log(`${verdicts.length} changes; ${verdicts.length - wrong.length} give another valid network`)
const groups = codes.map((code) => ({ code, of: wrong.filter(({ errors }) => errors[0]!.code === code) }))
const rows = groups.sort((a, b) => b.of.length - a.of.length).map(({ code, of }) => row(code, of))
console.log(
  table(['error', 'changes', 'number shown', '', 'several errors'], [...rows, row('all', wrong)], new Set([1, 2, 3, 4])).join(
    '\n',
  ),
)
if (values.misses)
  for (const { changed, errors, isShown } of wrong)
    if (!isShown || errors.length > 1)
      console.log(`${changed.file} ${changed.what}\n  ${errors.map(({ code, message }) => `${code} ${message}`).join('\n  ')}`)
