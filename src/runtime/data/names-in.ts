import path from 'node:path'
import { filesBelow } from './class-folders.ts'

/** What a table may call the pictures of a folder: their paths in it, with slashes, and these without their endings where no two are then alike. */
export async function namesIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const files = (await filesBelow(folder)).map((file) => path.relative(folder, file).replaceAll(path.sep, '/'))
  const stems = files.map((file) => file.slice(0, file.length - path.extname(file).length))
  const counts = new Map<string, number>()
  for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1)
  const short = stems.flatMap((stem, i) => (counts.get(stem) === 1 ? [[stem, files[i]!] as const] : []))
  return new Map([...short, ...files.map((file) => [file, file] as const)])
}
