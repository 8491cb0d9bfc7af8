// How long the modules of the examples and of the published networks are, and what a page with LeNet-5 takes (compare-pages.ts has it beside others):
//
//   node --import tsx scripts/module-sizes.ts
import { quantile } from '../bench/interleave.ts'
import { modelFiles, moduleSizes, type ModuleSize } from './modules/module-size.ts'
import { published } from '../test/networks/published.ts'
import { pageSize } from './modules/page-size.ts'

const byLength: ModuleSize[] = []
const alone = published.map(({ file, model }) => ({ file: `test/networks/${file}.fmw`, model }))
const groups = { examples: modelFiles('examples'), 'test/networks, by file': modelFiles('test/networks'), 'test/networks, each model alone': alone }
for (const [group, texts] of Object.entries(groups)) {
  const sizes = await moduleSizes(texts)
  for (const size of sizes) console.log(line(size))
  const sorted = sizes.map(({ lines }) => lines).sort((a, b) => a - b)
  console.log(`${group}: ${sizes.length} modules, median ${quantile(sorted, 0.5)} lines\n`)
  if (texts !== alone) byLength.push(...sizes)
}
console.log('the longest:')
for (const size of byLength.sort((a, b) => b.lines - a.lines).slice(0, 10)) console.log(line(size))

const { kilobytes, gzipped, label } = await pageSize()
console.log(`\na page with LeNet-5, tfjs-core and its kernels on the CPU: ${kilobytes.toFixed(1)} kB, ${gzipped.toFixed(0)} kB gzipped; reads 7.png as ${label}`)

function line({ file, lines, kilobytes }: ModuleSize): string {
  return `${file.padEnd(48)} ${String(lines).padStart(5)} lines ${kilobytes.toFixed(1).padStart(6)} kB`
}
