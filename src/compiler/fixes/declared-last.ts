import type { Edit } from '../diagnostics/diagnostics.ts'
import type { Source } from '../text/source.ts'

/** A declaration at the end of a file, where it stands between nothing that belongs together, behind an empty line. */
export function declaredLast(declaration: string, source: Source): Edit {
  const end = source.text.length
  return { span: { source, start: end, end }, text: `${source.text.endsWith('\n') ? '\n' : '\n\n'}${declaration}\n` }
}
