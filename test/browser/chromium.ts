import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliDecompressSync } from 'node:zlib'
import packaged from '@sparticuz/chromium'
import { chromium, type Browser } from 'playwright-core'

/** Where Debian puts it. */
const installed = '/usr/bin/chromium'

const withoutSandbox = ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist']

/** Opens the Chromium that comes in an npm package with the libraries that it needs, or else the system's. */
export async function openBrowser(): Promise<Browser> {
  try {
    const executablePath = await packaged.executablePath()
    const env = { ...process.env, LD_LIBRARY_PATH: `${libraries()}:${process.env['LD_LIBRARY_PATH'] ?? ''}` }
    return await chromium.launch({ executablePath, args: withoutSandbox, env })
  } catch (error) {
    if (!existsSync(installed)) throw error
    return chromium.launch({ executablePath: installed, args: withoutSandbox })
  }
}

/** The folder of libnss3, libnspr4 and libexpat: the package unpacks them only on the system that it was made for. */
function libraries(): string {
  const folder = path.join(os.tmpdir(), 'fmw-chromium-libraries')
  if (!existsSync(folder)) {
    const archive = path.join(path.dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '../bin/al2023.tar.br')
    const unpacking = `${folder}-${process.pid}`
    mkdirSync(unpacking)
    execFileSync('tar', ['-x', '-C', unpacking], { input: brotliDecompressSync(readFileSync(archive)) })
    try {
      renameSync(unpacking, folder)
    } catch {
      // another process was faster
      rmSync(unpacking, { recursive: true })
    }
  }
  return path.join(folder, 'lib')
}
