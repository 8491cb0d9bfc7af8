import { readFileSync } from 'node:fs'
import path from 'node:path'
import { isBundled, shipped } from './shipped.ts'

const folder = shipped(isBundled ? 'dist/runtime' : 'src/codegen/tfjs/runtime')

/** The text of a file of the room `src/codegen/tfjs/runtime`; `fmw-runtime.js` and the like are what the build makes of its entries. */
export const readRuntimeFile = (file: string): string =>
  readFileSync(path.join(/\.(?:js|d\.ts)$/.test(file) ? shipped('dist') : folder, file), 'utf8')
