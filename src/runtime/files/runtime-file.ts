import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const here = path.dirname(fileURLToPath(import.meta.url))

// the bundle stands in dist/, beside a copy of the room
const folder = path.join(here, path.basename(here) === 'dist' ? 'runtime' : '../../codegen/tfjs/runtime')

/** The text of a file of the room `src/codegen/tfjs/runtime`. */
export const readRuntimeFile = (file: string): string => readFileSync(path.join(folder, file), 'utf8')
