import { existsSync, readFileSync } from 'node:fs'
import schema from '../../../fmw.config.schema.json' with { type: 'json' }
import type { Levels } from '../../compiler/lint/level.ts'
import { systemReason } from '../../runtime/failure/system-reason.ts'
import { UsageError } from '../exit/exit.ts'

/** What `fmw.config.json` may say; `fmw.config.schema.json` is its schema. */
export interface Config {
  readonly set?: Readonly<Record<string, string>>
  readonly backend?: 'auto' | 'node' | 'wasm' | 'cpu'
  readonly seed?: number
  readonly maxWarnings?: number
  readonly rules?: Levels
}

const defaultFile = 'fmw.config.json'

/** Reads and checks the configuration; without --config, a file of the usual name in this folder is used where it exists. */
export async function readConfig(file: string | undefined): Promise<Config> {
  if (file === undefined && !existsSync(defaultFile)) return {}
  return parse(read(file ?? defaultFile), file ?? defaultFile)
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError(`cannot read the configuration ${file}: ${systemReason(error) ?? String(error)}`)
  }
}

async function parse(text: string, file: string): Promise<Config> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : 'no JSON'}`)
  }
  const [{ Ajv2020 }, { schemaComplaints }] = await Promise.all([
    import('ajv/dist/2020.js'),
    import('../../compiler/ir/schema-complaint.ts'),
  ])
  const validate = new Ajv2020({ allErrors: true, verbose: true }).compile<Config>(schema)
  if (validate(value)) return value
  const complaints = schemaComplaints(validate.errors ?? [])
  throw new UsageError(
    complaints.map(({ pointer, message }) => `${file}: ${pointer.replaceAll('~1', '/') || '/'} ${message}`).join('\n'),
  )
}
