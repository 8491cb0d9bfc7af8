import type { Remedy } from './remedy.ts'

/** A tensor is called as in other frameworks, where a layer is: here it is passed to an op. */
export const opForTensor: Remedy<'not-callable'> = ({ value }) => (value.kind === 'tensor' ? { notes: [noteOnTensors] } : {})

const noteOnTensors =
  'a tensor is passed to an op: x |> conv(64), or conv(x, 64); what is used again with the same weights is a layer: layer f = conv(_, 64)'
