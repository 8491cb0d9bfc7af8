import { withoutSegment } from '../elaborate/path.ts'
import { partNames } from '../elaborate/reports/repeated-labels.ts'
import { opParts } from '../library/op-parts.ts'
import { labelOf } from '../reading/written.ts'
import { calleeName } from '../syntax/callee-name.ts'
import type { Frame, Span } from '../text/source.ts'
import { freeName } from '../fixes/free-name.ts'
import type { Remedy } from './remedy.ts'
import { declarationAround } from './surroundings.ts'
import { expressionAt } from './written.ts'

/** The innermost call whose label adds nothing to the path gets a label that does. */
export const labelForPath: Remedy<'repeated-path'> = ({ frame }, ctx) => {
  const place = callsIn(frame).find((call) => labelOf(call, ctx.run.modules)?.name === withoutSegment)
  const label = place && labelOf(place, ctx.run.modules)
  const declaration = place && declarationAround(place, ctx)
  const callee = place && calleeName(expressionAt(place, ctx))
  if (!label || !declaration || callee === undefined) return {}
  const { family, name } = opParts(callee)
  const text = freeName(family ?? name, partNames(declaration))
  return { fixes: [{ title: `call it ${text}`, safety: 'unsafe', edits: [{ span: label.span, text }] }] }
}

const callsIn = (frame: Frame | undefined): readonly Span[] => (frame ? [frame.call, ...callsIn(frame.parent)] : [])
