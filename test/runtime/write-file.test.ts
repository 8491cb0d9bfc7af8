import { chmod, mkdir, readFile, readdir, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { writeAtomically } from '../../src/runtime/files/write-file.ts'
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
