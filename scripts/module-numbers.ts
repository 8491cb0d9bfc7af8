// What the modules of all examples and of the networks that test/seeded-tenth.ts chooses give on WebAssembly, as a checksum of each output: the
// same on every version of Node.
//
//   node --import tsx scripts/module-numbers.ts
import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { openBackend } from '../src/runtime/backend/backend.ts'
import { importRuns, writeRuns } from '../test/codegen/runs-of-modules.ts'

const entry = await writeRuns()
try {
  await openBackend('wasm')
  for (const [name, run] of Object.entries(await importRuns(entry))) {
    for (const [output, numbers] of Object.entries(await run())) {
      const bits = new Uint8Array(Float32Array.from(numbers).buffer)
      console.log(`${name} ${output} ${createHash('sha256').update(bits).digest('hex')}`)
    }
  }
} finally {
  rmSync(path.dirname(entry), { recursive: true, force: true })
}
