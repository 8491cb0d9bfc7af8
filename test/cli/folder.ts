import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { inTemporaryFolder } from '../runtime/temporary-folder.ts'

export type Files = Readonly<Record<string, string | Uint8Array>>

/** Runs a function in a folder of its own that holds these files, by their path in it. */
export const withFiles = (files: Files, run: (folder: string) => Promise<void>): Promise<void> =>
  inTemporaryFolder(async (folder) => {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
      await writeFile(path.join(folder, name), content)
    }
    await run(folder)
  })

/** Every file below a folder with its bytes, to see that nothing was written, changed or left behind. */
export async function contentOf(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => !entry.isDirectory()).map((entry) => path.join(entry.parentPath, entry.name))
  const read = files.sort().map(async (file) => [path.relative(folder, file), (await readFile(file)).toString('base64')] as const)
  return Object.fromEntries(await Promise.all(read))
}
