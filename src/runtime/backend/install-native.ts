import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheFolder } from './cache-folder.ts'
import { checkNativeLibrary, type LibraryCheck } from './check-native-library.ts'
import { Failure, problem } from '../failure/failure.ts'
import { fetchRegistryLibrary, registryLibrary } from './fetch-registry-library.ts'
import { nativeFolder, nativeLibrary, nativePackageIn, nativeVersion } from './native-package.ts'
import { runNpm } from './run-npm.ts'

interface NativeInstallation {
  readonly folder: string
  /** False when it was there already. */
  readonly fresh: boolean
  /** The version of the TensorFlow library. */
  readonly tensorflow: string
}

/**
 * Installs `@tensorflow/tfjs-node` into the cache folder of the user, where no `npm ci` removes it. It is built in a folder of
 * its own, tested, and only then renamed to its place: what lies there is complete, and of two installations at once one wins.
 *
 * @param report is told each step, a line at a time
 * @throws Failure `backend/install`
 */
export async function installNative(report: (line: string) => void, cache: string = cacheFolder()): Promise<NativeInstallation> {
  const folder = nativeFolder(cache)
  try {
    if (existsSync(folder)) {
      const check = await checkInstalled(folder)
      if ('tensorflow' in check) {
        report(`already installed in ${folder}: TensorFlow ${check.tensorflow}`)
        return { folder, fresh: false, tensorflow: check.tensorflow }
      }
      if (check.crashes) throw new Error(check.reason)
      report(`what is in ${folder} does not load (${check.reason}): installing it again`)
      await rm(folder, { recursive: true, force: true })
    }
    return { folder, fresh: true, tensorflow: await install(folder, cache, report) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Failure([problem('backend/install', { reason })], { cause: error })
  }
}

const buildingPrefix = 'installing-'

async function install(folder: string, cache: string, report: (line: string) => void): Promise<string> {
  await mkdir(cache, { recursive: true })
  await removeAbandoned(cache)
  const building = await mkdtemp(join(cache, `${buildingPrefix}${process.pid}-`))
  try {
    await build(building, report)
    report('testing that it loads')
    const check = await checkInstalled(building)
    if ('reason' in check) throw new Error(check.reason)
    await moveTo(folder, building)
    report(`installed in ${folder}: TensorFlow ${check.tensorflow}`)
    return check.tensorflow
  } finally {
    await rm(building, { recursive: true, force: true })
  }
}

async function build(folder: string, report: (line: string) => void): Promise<void> {
  const name = '@tensorflow/tfjs-node'
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n')
  report(`installing ${name} ${nativeVersion} (300 MB)`)
  const failed = await runNpm(['install', '--ignore-scripts', `${name}@${nativeVersion}`], folder)
  if (failed !== undefined) throw new Error(failed)

  report('downloading the library of TensorFlow that it is made for')
  const refused = await runNpm(['rebuild', name], folder)
  if (libraryIn(folder) !== undefined) return

  report(`that failed: ${refused ?? 'npm was told not to run install scripts'}`)
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`the npm registry has the library for linux-x64 only, and this is ${process.platform}-${process.arch}`)
  }
  report(`taking TensorFlow ${registryLibrary.tensorflow} from the npm registry instead (${registryLibrary.package}, 195 MB)`)
  await fetchRegistryLibrary(folder)
}

function libraryIn(folder: string): string | undefined {
  const entry = nativePackageIn(folder)
  return entry === undefined ? undefined : nativeLibrary(entry)
}

async function checkInstalled(folder: string): Promise<LibraryCheck> {
  const path = libraryIn(folder)
  return path === undefined ? { reason: 'its native library is missing', crashes: false } : checkNativeLibrary(path)
}

async function moveTo(folder: string, building: string): Promise<void> {
  try {
    await rename(building, folder)
  } catch (error) {
    // another installation was faster
    if (!existsSync(folder)) throw error
  }
}

/** Removes what installations left behind whose process is gone. */
async function removeAbandoned(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const pid = name.startsWith(buildingPrefix) ? Number.parseInt(name.slice(buildingPrefix.length), 10) : NaN
    if (pid > 0 && !isRunning(pid)) await rm(join(cache, name), { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
