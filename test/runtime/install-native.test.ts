import { spawnSync } from 'node:child_process'
import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { installNative } from '../../src/runtime/backend/install-native.ts'
import { findNativePackages, nativeFolder, nativeLibrary } from '../../src/runtime/backend/native-package.ts'
import { reported } from './problems-of.ts'
import { inTemporaryFolder } from './temporary-folder.ts'
import { withEnvironment } from './with-environment.ts'

const s = suite('installation of the native backend')

const installed = findNativePackages().find((entry) => nativeLibrary(entry) !== undefined)
if (!installed) process.stderr.write('skipped: installing a native backend that works (there is none here to install)\n')

// the stand-in for npm is a shell script
const withShell = process.platform === 'win32' ? s.skip : s
const withNative = installed && process.platform !== 'win32' ? s : s.skip

/** Runs an installation with this script in the place of npm, into a cache of its own. */
function withNpm(script: string, run: (cache: string, lines: string[]) => Promise<void>): Promise<void> {
  return inTemporaryFolder(async (folder) => {
    const npm = join(folder, 'bin', 'npm')
    await mkdir(dirname(npm))
    await writeFile(npm, `#!/bin/sh\n${script}\n`)
    await chmod(npm, 0o755)
    const path = `${dirname(npm)}${delimiter}${process.env.PATH ?? ''}`
    await withEnvironment({ PATH: path }, () => run(join(folder, 'cache'), []))
  })
}

const install = (cache: string, lines: string[] = []): ReturnType<typeof installNative> =>
  installNative((line) => void lines.push(line), cache)

const packageFolder = installed ? dirname(dirname(installed)) : ''

/** An npm that puts the installed package there, library and all. */
const working = `mkdir -p node_modules/@tensorflow && ln -sf '${packageFolder}' node_modules/@tensorflow/tfjs-node`

withNative('it is built, tested and put in its place, and a second time it is there', () =>
  withNpm(working, async (cache, lines) => {
    const first = await install(cache, lines)
    assert.is(first.folder, nativeFolder(cache))
    assert.is(first.fresh, true)
    assert.match(first.tensorflow, /^\d+\.\d+\.\d+$/)
    assert.match(lines.at(-1)!, `installed in ${first.folder}: TensorFlow ${first.tensorflow}`)
    assert.equal(await readdir(cache), [nativeFolder(cache).slice(cache.length + 1)])

    const again: string[] = []
    assert.equal(await install(cache, again), { ...first, fresh: false })
    assert.equal(again, [`already installed in ${first.folder}: TensorFlow ${first.tensorflow}`])
  }),
)

withNative('two installations at once give one', () =>
  withNpm(working, async (cache) => {
    const [a, b] = await Promise.all([install(cache), install(cache)])
    assert.is(a.folder, b.folder)
    assert.is((await readdir(cache)).length, 1)
  }),
)

withNative('what is in its place and does not load is installed again', () =>
  withNpm(working, async (cache, lines) => {
    await mkdir(nativeFolder(cache), { recursive: true })
    assert.is((await install(cache, lines)).fresh, true)
    assert.match(lines[0]!, 'does not load (its native library is missing): installing it again')
  }),
)

withNative('what an installation left behind that was killed is removed, what one is working on is not', () =>
  withNpm(working, async (cache) => {
    const ended = spawnSync(process.execPath, ['-e', '']).pid
    await mkdir(join(cache, `installing-${ended}-abc`, 'node_modules'), { recursive: true })
    await mkdir(join(cache, `installing-${process.pid}-abc`))
    await mkdir(join(cache, 'installing-other'))
    await install(cache)
    const left = (await readdir(cache)).filter((name) => name.startsWith('installing'))
    assert.equal(left.sort(), [`installing-${process.pid}-abc`, 'installing-other'].sort())
  }),
)

const failure = (reason: string): readonly string[] => [`backend/install: the native backend could not be installed: ${reason}`]

withShell('the reason npm gives is the reason given, and nothing is left behind', () =>
  withNpm(`echo 'npm error code E404\nnpm error 404 Not Found' >&2; exit 1`, async (cache) => {
    assert.equal(await reported(() => install(cache)), failure('404 Not Found'))
    assert.equal(await readdir(cache), [])
  }),
)

withShell('an error that npm repeats from a script is taken from among its lines', () => {
  const lines = [
    'code 1',
    'path /x',
    'command failed',
    'command sh -c node install.js',
    '  throw er;',
    'Error: getaddrinfo ENOTFOUND host',
  ]
  return withNpm(`echo '${lines.map((line) => `npm error ${line}`).join('\n')}' >&2; exit 1`, async (cache) => {
    assert.equal(await reported(() => install(cache)), failure('getaddrinfo ENOTFOUND host'))
  })
})

s('a machine without npm says so', () =>
  inTemporaryFolder((folder) =>
    withEnvironment({ PATH: folder }, async () => {
      const [message] = await reported(() => install(join(folder, 'cache')))
      assert.match(message!, 'backend/install: the native backend could not be installed: npm')
      assert.equal(await readdir(join(folder, 'cache')), [])
    }),
  ),
)

const linux = process.platform === 'linux' && process.arch === 'x64' ? s : s.skip

/** An npm that installs a package without a library and packs an archive of its own making. */
const tampered = `case "$1" in
install) mkdir -p node_modules/@tensorflow/tfjs-node && echo '{ "main": "package.json" }' > node_modules/@tensorflow/tfjs-node/package.json ;;
rebuild) echo 'npm error Error: getaddrinfo ENOTFOUND host' >&2; exit 1 ;;
pack) mkdir package && echo other > package/nodejs12.x-tf2.7.0.br && tar czf tfjs-node-lambda-releases-1.6.1.tgz package ;;
esac`

linux('an archive that is not the known one is refused before it is unpacked', () =>
  withNpm(tampered, async (cache, lines) => {
    const [message] = await reported(() => install(cache, lines))
    assert.match(message!, /tfjs-node-lambda-releases@1\.6\.1 is not the archive it was: its sha256 is [0-9a-f]{64}$/)
    assert.ok(lines.includes('that failed: getaddrinfo ENOTFOUND host'))
    assert.equal(await readdir(cache), [])
  }),
)

s.run()
