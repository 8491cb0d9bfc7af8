import { execFile, execFileSync } from 'node:child_process'
import { chmod, lstat, mkdir, readFile, readdir, readlink, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { checkWritable } from '../../src/runtime/files/check-writable.ts'
import { writeAllAtomically, writeAtomically } from '../../src/runtime/files/write-file.ts'
import { problemsOf, reported } from './problems-of.ts'
import { inTemporaryFolder } from './temporary-folder.ts'

const s = suite('written files')

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

s('a file is written, and written again, and nothing lies beside it', () =>
  inTemporaryFolder(async (folder) => {
    const path = join(folder, 'w.safetensors')
    await writeAtomically(path, bytes('first'))
    await writeAtomically(path, bytes('second'))
    assert.is(await readFile(path, 'utf8'), 'second')
    assert.equal(await readdir(folder), ['w.safetensors'])
  }))

s('many writers of one file at once leave one whole content', () =>
  inTemporaryFolder(async (folder) => {
    const path = join(folder, 'w')
    const contents = Array.from({ length: 20 }, (_, i) => String(i).repeat(100_000))
    await Promise.all(contents.map((content) => writeAtomically(path, bytes(content))))
    assert.ok(contents.includes(await readFile(path, 'utf8')))
    assert.equal(await readdir(folder), ['w'])
  }))

s('a missing folder is named', () =>
  inTemporaryFolder(async (folder) => {
    const path = join(folder, 'none', 'w')
    const [problem] = await problemsOf(() => writeAtomically(path, bytes('x')))
    assert.is(problem?.code, 'output/unwritable')
    assert.is(problem?.message, `the file cannot be written: the folder ${join(folder, 'none')} does not exist`)
    assert.is(problem?.file, path)
  }))

s('a folder in the place of the file is left alone, and nothing is left behind', () =>
  inTemporaryFolder(async (folder) => {
    const path = join(folder, 'w')
    await mkdir(path)
    await writeFile(join(path, 'kept'), 'x')
    assert.match(
      (await reported(() => writeAtomically(path, bytes('x'))))[0]!,
      'output/unwritable: the file cannot be written: it is a folder',
    )
    assert.equal(await readdir(folder), ['w'])
    assert.equal(await readdir(path), ['kept'])
  }))

s('a file in the place of a folder of the path is named as the reason', () =>
  inTemporaryFolder(async (folder) => {
    await writeFile(join(folder, 'file'), 'x')
    assert.equal(await reported(() => writeAtomically(join(folder, 'file', 'w'), bytes('x'))), [
      'output/unwritable: the file cannot be written: a part of its path is a file, not a folder',
    ])
  }))

const posix = process.platform !== 'win32'

;(posix ? s : s.skip)('an existing file keeps its permissions, a link its target', () =>
  inTemporaryFolder(async (folder) => {
    const target = join(folder, 'target')
    await writeFile(target, 'old')
    await chmod(target, 0o640)
    await symlink('target', join(folder, 'link'))
    await writeAtomically(join(folder, 'link'), bytes('new'))
    assert.is(await readFile(target, 'utf8'), 'new')
    assert.is((await stat(target)).mode & 0o777, 0o640)
    assert.equal((await readdir(folder)).sort(), ['link', 'target'])
  }),
)

;(posix ? s : s.skip)('a link to what is not there yet makes it, and stays a link', () =>
  inTemporaryFolder(async (folder) => {
    await mkdir(join(folder, 'results'))
    await symlink('results/w', join(folder, 'next'))
    await symlink('next', join(folder, 'link'))
    await writeAtomically(join(folder, 'link'), bytes('new'))
    assert.is(await readFile(join(folder, 'results/w'), 'utf8'), 'new')
    assert.is(await readlink(join(folder, 'link')), 'next')
    assert.is(await readlink(join(folder, 'next')), 'results/w')
    assert.equal((await readdir(folder)).sort(), ['link', 'next', 'results'])
  }),
)

;(posix ? s : s.skip)('links in a circle are said to be in one', () =>
  inTemporaryFolder(async (folder) => {
    await symlink('b', join(folder, 'a'))
    await symlink('a', join(folder, 'b'))
    const said = ['output/unwritable: the file cannot be written: its symbolic links form a circle']
    assert.equal(await reported(() => writeAtomically(join(folder, 'a'), bytes('x'))), said)
    assert.equal(await reported(() => checkWritable([join(folder, 'a')])), said)
    assert.equal((await readdir(folder)).sort(), ['a', 'b'])
  }),
)

;(posix ? s : s.skip)('a pipe is written into, also through a link, and stays a pipe', () =>
  inTemporaryFolder(async (folder) => {
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    await symlink('pipe', join(folder, 'link'))
    await checkWritable([pipe, join(folder, 'link')])
    for (const path of [pipe, join(folder, 'link')]) {
      const [{ stdout: read }] = await Promise.all([
        promisify(execFile)('cat', [pipe], { timeout: 10_000 }),
        writeAllAtomically([{ path: join(folder, 'w'), bytes: bytes('beside') }, { path, bytes: bytes('through') }]),
      ])
      assert.is(read, 'through')
      assert.is(await readFile(join(folder, 'w'), 'utf8'), 'beside')
    }
    assert.ok((await lstat(pipe)).isFIFO())
    assert.equal((await readdir(folder)).sort(), ['link', 'pipe', 'w'])
  }),
)

;(posix ? s : s.skip)('a device is written into, and stays a device', () =>
  inTemporaryFolder(async (folder) => {
    const device = join(folder, 'null')
    if (!madeDevice(device)) return
    await checkWritable([device])
    await writeAtomically(device, bytes('x'))
    assert.ok((await lstat(device)).isCharacterDevice())
    assert.equal(await readdir(folder), ['null'])
  }),
)

/** Makes what /dev/null is; where only root may, and this is not root, there is none to be replaced either. */
function madeDevice(path: string): boolean {
  try {
    execFileSync('mknod', [path, 'c', '1', '3'], { stdio: 'ignore' })
    return true
  } catch {
    assert.ok(process.getuid?.() !== 0, 'mknod failed')
    return false
  }
}

// root may write everywhere
const restricted = posix && process.getuid?.() !== 0

;(restricted ? s : s.skip)('a folder without permission is said to be one', () =>
  inTemporaryFolder(async (folder) => {
    await chmod(folder, 0o555)
    assert.equal(await reported(() => writeAtomically(join(folder, 'w'), bytes('x'))), [
      'output/unwritable: the file cannot be written: permission denied',
    ])
    await chmod(folder, 0o755)
    assert.equal(await readdir(folder), [])
  }),
)

s.run()
