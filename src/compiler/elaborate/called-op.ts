import type { Origin } from '../text/source.ts'

/** The op as it stands in the user's text: inside the library, the library's op that was called. */
export function calledOp(op: string, { span, frame }: Origin): string {
  let name = op
  let library = span.source.library
  for (let at = frame; library && at; at = at.parent) {
    name = at.name
    library = at.call.source.library
  }
  return name
}
