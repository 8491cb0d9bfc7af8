import { readFileSync } from 'node:fs'
import path from 'node:path'
import { isBundled, shipped } from './shipped.ts'

const folder = shipped(isBundled ? 'dist/runtime' : 'src/codegen/tfjs/runtime')

/** The text of a file of the room `src/codegen/tfjs/runtime`. */
export const readRuntimeFile = (file: string): string => readFileSync(path.join(folder, file), 'utf8')
