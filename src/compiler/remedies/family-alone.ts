import type { Remedy } from './remedy.ts'

/** The ops of the family; which of them is meant makes another model. */
export const opOfFamily: Remedy<'family-alone'> = ({ ops }) => ({ notes: [`it has ${ops.join(', ')}`] })
