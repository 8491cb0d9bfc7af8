import path from 'node:path'
import { fileURLToPath } from 'node:url'

const here = path.dirname(fileURLToPath(import.meta.url))

/** The bundles stand in dist/, beside what was made when they were; this source in src/runtime/files/. */
export const isBundled = path.basename(here) === 'dist'

/** The path of something that comes with fmw. */
export const shipped = (file: string): string => path.join(here, isBundled ? '..' : '../../..', file)
