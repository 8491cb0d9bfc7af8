import { standardGrey, type Metadata } from '../../../src/codegen/tfjs/runtime/metadata.ts'

/** What the file of weights of a reader of small pictures says. */
export const said: Metadata = {
  fmw: '0.1.0',
  model: 'Reader',
  source: undefined,
  graph: undefined,
  output: 'logits',
  classes: ['cat', 'dog', 'owl'],
  probabilities: 'softmax',
  normalize: { mean: [0.4], deviation: [0.2] },
  picture: { size: [6, 5], resize: 'bilinear-antialias', grey: standardGrey, alpha: 'white' },
}
