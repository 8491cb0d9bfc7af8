import { execFileSync } from 'node:child_process'
import { lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

interface Installed {
  /** What lies in node_modules, in units of 10^6 bytes. */
  readonly megabytes: number
  readonly packages: readonly string[]
  /** The package as npm would publish it. */
  readonly archive: string
}

/** Packs this repository, which is built, and installs the package in an empty folder, as its users do. */
export function installPacked(folder: string): Installed {
  const npm = (args: readonly string[], cwd: string): string =>
    execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  npm(['pack', '--ignore-scripts', '--pack-destination', folder], '.')
  const archive = readdirSync(folder).find((file) => file.endsWith('.tgz'))
  if (archive === undefined) throw new Error('npm pack has written no package')
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
  npm(['install', '--prefer-offline', `./${archive}`], folder)
  const lock: unknown = JSON.parse(readFileSync(path.join(folder, 'node_modules/.package-lock.json'), 'utf8'))
  return { megabytes: bytesIn(path.join(folder, 'node_modules')) / 1e6, packages: packagesOf(lock), archive: path.join(folder, archive) }
}

const bytesIn = (folder: string): number =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => lstatSync(path.join(folder, file)))
    .reduce((sum, stats) => sum + (stats.isFile() ? stats.size : 0), 0)

function packagesOf(lock: unknown): readonly string[] {
  if (typeof lock !== 'object' || lock === null || !('packages' in lock)) throw new Error('npm has listed no packages')
  return Object.keys(lock.packages ?? {}).map((folder) => folder.replace(/^.*node_modules\//, ''))
}
