import type { Remedy } from './remedy.ts'

/** A label that says nothing is left out. */
export const withoutLabel: Remedy<'idle-label'> = ({ label, behind }) => ({
  fixes: [{ title: `leave \`as ${label.name}\` out`, safety: 'safe', edits: [{ span: { ...label.span, start: behind.end }, text: '' }] }],
})
