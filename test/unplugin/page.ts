import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '../cli/fmw.ts'

/** Runs a function with a folder in the repository that holds these files: TensorFlow.js is found from there. */
export async function withPage(files: Readonly<Record<string, string>>, run: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(path.join(root, 'page-')) + '.tmp'
  rmSync(folder.slice(0, -'.tmp'.length), { recursive: true })
  mkdirSync(folder)
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text)
    await run(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
