import { readSafetensorsHeader, type PlacedTensor, type SafetensorsHeader } from '../../codegen/tfjs/runtime/safetensors.ts'
import { problem, type Problem } from '../failure/failure.ts'
import { formatOf } from './format-of.ts'
import { repeatedKeys } from './repeated-keys.ts'

interface CheckedHeader extends Omit<SafetensorsHeader, 'faults'> {
  /** `weights/malformed`, one for everything that is wrong; or `weights/format`. */
  readonly problems: readonly Problem[]
}

/**
 * The header of a safetensors file, checked beyond what a reader needs: no name occurs twice, and every byte of the values belongs
 * to exactly one tensor.
 */
export function readHeader(bytes: Uint8Array, file: string): CheckedHeader {
  const { kind, name, mend } = formatOf(bytes)
  if (kind !== 'safetensors') {
    const other = problem('weights/format', { format: name }, { file, notes: mend(file) })
    return { start: 0, tensors: [], metadata: {}, problems: [other] }
  }
  const { faults, ...header } = readSafetensorsHeader(bytes)
  const { start, tensors } = header
  const isText = start > 0
  const twice = isText ? repeatedKeys(new TextDecoder().decode(bytes.subarray(8, start))) : []
  const found = [...twice.map((name) => `${quote(name)} occurs twice in the header`), ...faults]
  // a tensor whose place is wrong would make its neighbours look wrong too
  if (found.length === 0) found.push(...uncovered(tensors, bytes.byteLength - start))
  return { ...header, problems: found.map((reason) => problem('weights/malformed', { reason }, { file })) }
}

/** The free texts of a safetensors file; nothing of a file that is malformed, which `readSafetensors` reports. */
export const readSafetensorsMetadata = (bytes: Uint8Array): Readonly<Record<string, string>> =>
  readSafetensorsHeader(bytes).metadata

function uncovered(placed: readonly PlacedTensor[], available: number): readonly string[] {
  const faults: string[] = []
  let covered = 0
  let last = ''
  for (const { name, begin, end } of [...placed].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin < covered) {
      faults.push(`${quote(name)} begins at byte ${begin} of the values, where ${quote(last)} still goes on to ${covered}`)
    }
    if (begin > covered) faults.push(`bytes ${covered} to ${begin} of the values, before ${quote(name)}, belong to no tensor`)
    if (end > covered) [covered, last] = [end, name]
  }
  if (available > covered) faults.push(`bytes ${covered} to ${available} of the values, at the end, belong to no tensor`)
  return faults
}

const quote = (text: string): string => JSON.stringify(text)
