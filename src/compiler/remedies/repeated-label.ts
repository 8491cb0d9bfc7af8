import { freeName } from '../fixes/free-name.ts'
import type { Remedy } from './remedy.ts'

/** A label whose name is taken gets a number. */
export const freeLabel: Remedy<'repeated-label'> = ({ label: { name, span }, taken }) => {
  const text = freeName(name, taken)
  return { fixes: [{ title: `call it ${text}`, safety: 'unsafe', edits: [{ span, text }] }] }
}
