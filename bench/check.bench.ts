// `fmw check` of many files in one process, against as many processes of one file each. Target: 100 small files in at most 10
// times the time of one, since the library and what files share are read once.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { table } from '../src/cli/terminal/table.ts'
import { interleave, median } from './interleave.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'fmw-check-'))

/** Writes a folder of files, with the examples that they import beside them. */
function written(name: string, count: number, textOf: (i: number) => string): { readonly name: string; readonly files: number } {
  mkdirSync(path.join(folder, name))
  for (let i = 0; i < count; i++) writeFileSync(path.join(folder, name, `${i}.fmw`), textOf(i))
  return { name, files: count }
}

const example = (name: string): string => readFileSync(`examples/${name}.fmw`, 'utf8')

for (const shared of ['blocks', 'digits']) writeFileSync(path.join(folder, `${shared}.fmw`), example(shared))

const small = (i: number): string => `model Small${i} {
  input image: [32, 32, 3]
  output y = image |> conv(${i + 8}, 3x3, padding: same, activation: relu) |> weight.attention(ratio: 4) |> pool.global |> dense(10)
}
`

const copyOf = (name: string) => {
  const text = example(name).replaceAll('"./', '"../')
  return (i: number): string => `// ${i}\n${text}`
}

const folders = [
  written('1 small', 1, small),
  written('10 small', 10, small),
  written('100 small', 100, small),
  written('1,000 small', 1000, small),
  written('1 LeNet-5', 1, copyOf('lenet5')),
  written('100 LeNet-5, sharing an import', 100, copyOf('lenet5')),
  written('1 ResNet-50', 1, copyOf('resnet50')),
  written('50 ResNet-50, sharing an import', 50, copyOf('resnet50')),
]

function check(name: string): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/fmw.js', 'check', path.join(folder, name)], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`${stdout}${stderr}`)
}

try {
  const timed = await interleave(Object.fromEntries(folders.map(({ name }) => [name, () => check(name)])), 5, 1)
  const ms = timed.map(median)
  const rows = folders.map(({ name, files }, i) => {
    const one = folders.findLastIndex((other, k) => k <= i && other.files === 1)
    return [name, ms[i]!.toFixed(0), (ms[i]! / files).toFixed(1), (ms[i]! / ms[one]!).toFixed(2)]
  })
  console.log(table(['files', 'median ms', 'ms per file', 'times one file'], rows, new Set([1, 2, 3])).join('\n'))
} finally {
  rmSync(folder, { recursive: true })
}
