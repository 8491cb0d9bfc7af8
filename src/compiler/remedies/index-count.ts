import type { Fix } from '../diagnostics/diagnostics.ts'
import type { Causes } from '../elaborate/context.ts'
import { writing } from '../fixes/writing.ts'
import type { OpName } from '../library/names.ts'
import { textOf } from '../text/source.ts'
import type { Remedy } from './remedy.ts'

const gather: OpName = 'gather.channels'

/** Which axis is meant: of a map the channels, of a list those of its elements. */
export const axesMeant: Remedy<'index-count'> = (cause) => {
  const { value } = cause
  if (value.kind === 'list') return { notes: ['an element of an element is list[i][j]'], fixes: oneByOne(cause) }
  if (value.kind !== 'tensor' || value.node.type.shape.length !== 3) return {}
  return { notes: [`x[:, :, 0:8] are the first 8 channels, ${gather}(x, [0, 2]) any, x[0:1, :, :] the first row`], fixes: ofMap(cause) }
}

function ofMap({ expr: { of, subscripts, span } }: Causes['index-count']): readonly Fix[] {
  const last = subscripts.at(-1)
  const isOfChannels = subscripts.slice(0, -1).every((one) => one.kind === 'rest' || (one.kind === 'range' && !one.from && !one.to))
  if (!last || last.kind === 'rest' || !isOfChannels) return []
  const text = textOf(last.span)
  if (last.kind === 'range') return [writing(`${textOf(of.span)}[:, :, ${text}]`, span)]
  return [writing(`${gather}(${textOf(of.span)}, ${last.index.kind === 'list' ? text : `[${text}]`})`, span)]
}

function oneByOne({ expr: { of, subscripts, span } }: Causes['index-count']): readonly Fix[] {
  const isPlain = subscripts.length > 1 && subscripts.every(({ kind }) => kind === 'at')
  return isPlain ? [writing(`${textOf(of.span)}${subscripts.map((one) => `[${textOf(one.span)}]`).join('')}`, span)] : []
}
