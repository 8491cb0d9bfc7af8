// How much fmw brings into a project of its users: node --import tsx scripts/measure-install.ts
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { installPacked } from './package/install-packed.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'fmw-install-'))
try {
  execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' })
  const { megabytes, packages } = installPacked(folder)
  console.log(`${megabytes.toFixed(0)} MB in ${packages.length} packages: ${packages.join(', ')}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
