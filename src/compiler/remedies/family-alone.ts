import { textOf } from '../text/source.ts'
import { callTo } from './around.ts'
import type { Remedy } from './remedy.ts'

/** The ops of the family; which of those that fit is meant makes another model. */
export const opOfFamily: Remedy<'family-alone'> = ({ written, ops }, ctx) => {
  const span = callTo(written, ctx)?.span ?? written
  const behind = textOf({ ...span, start: written.end })
  return {
    notes: [`it has ${ops.join(', ')}`],
    fixes: ops.map((op) => ({ title: `write ${op}`, edits: [{ span, text: `${op}${behind}` }], byHand: true })),
  }
}
