import { readlink, realpath } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/** The file that a chain of symbolic links ends at, which need not be there. A circle of links is the system's error `ELOOP`. */
export async function finalPath(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    const next = await readlink(path).catch(() => undefined)
    return next === undefined ? path : finalPath(resolve(dirname(path), next))
  }
}
