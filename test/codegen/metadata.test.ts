import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { metadataTexts, parseMetadata, standardGrey, type Metadata } from '../../src/codegen/tfjs/runtime/metadata.ts'

const s = suite('what a file of weights says of itself')

const hash = '0123456789abcdef'.repeat(4)

const full: Metadata = {
  fmw: '0.1.0',
  model: 'Net',
  source: hash,
  graph: hash,
  output: 'logits',
  classes: ['cat', 'dog, or wolf'],
  outputs: { size: { classes: ['large', 'small'], probabilities: 'softmax' }, kind: { classes: ['cat', 'dog'] } },
  probabilities: 'softmax',
  normalize: { mean: [0.5, 0, -1], deviation: [0.25, 1, 2] },
  picture: { size: [32, 24], resize: 'bilinear-antialias', grey: standardGrey, alpha: 'white' },
}

const nothing = { model: undefined, source: undefined, graph: undefined, output: undefined, classes: undefined, outputs: undefined }

s('is texts, and read back as it was', () => {
  const texts = metadataTexts(full)
  assert.equal(texts, {
    fmw: '0.1.0',
    model: 'Net',
    source: hash,
    graph: hash,
    output: 'logits',
    classes: '["cat","dog, or wolf"]',
    outputs: '{"size":{"classes":["large","small"],"probabilities":"softmax"},"kind":{"classes":["cat","dog"]}}',
    probabilities: 'softmax',
    normalize: '{"mean":[0.5,0,-1],"deviation":[0.25,1,2]}',
    picture: '{"size":[32,24],"resize":"bilinear-antialias","grey":[299,587,114],"alpha":"white"}',
  })
  assert.equal(parseMetadata(texts), { metadata: full, faults: [] })
})

s('grey may be one of the colours', () => {
  const green = { ...full, picture: { ...full.picture!, grey: [0, 1, 0] as const } }
  assert.equal(parseMetadata(metadataTexts(green)), { metadata: green, faults: [] })
})

s('what it does not say is undefined, and has no key', () => {
  const least: Metadata = { fmw: '0.1.0', ...nothing, probabilities: undefined, normalize: undefined, picture: undefined }
  assert.equal(metadataTexts(least), { fmw: '0.1.0' })
  assert.equal(parseMetadata({ fmw: '0.1.0', seed: '7' }), { metadata: least, faults: [] })
})

s('texts of another program are not read, whatever they are called and hold', () => {
  assert.equal(parseMetadata({ format: 'pt', classes: 'cat,dog', normalize: '0.5' }), { metadata: undefined, faults: [] })
})

const normalizeForm = 'normalize must be {"mean": [numbers], "deviation": [as many above 0]}, and is'
const pictureForm =
  'picture must be the rules of docs/metadata.md, as JSON, and is'
const picture = (part: object): string => JSON.stringify({ ...full.picture, ...part })

const faulty: readonly (readonly [key: string, text: string, fault: string])[] = [
  ...['cat,dog', '[]', '["cat",2]', '{"0":"cat"}', '["cat"'].map(
    (text) => ['classes', text, `classes must be a list of names as JSON, and is ${text}`] as const,
  ),
  ...['size', '[]', '{"size":["large"]}', '{"size":{"classes":[]}}', '{"size":{"classes":["large"],"loss":"mse"}}'].map(
    (text) => ['outputs', text, `outputs must be classes by output, and is ${text}`] as const,
  ),
  ['probabilities', 'soft', 'probabilities must be softmax, sigmoid or identity, and is soft'],
  ...[
    '0.5/0.5',
    'null',
    '{"mean":[0.5]}',
    '{"mean":[0.5],"deviation":[0.5],"scale":[255]}',
    '{"mean":[],"deviation":[]}',
    '{"mean":[1,2],"deviation":[1]}',
    '{"mean":[1],"deviation":[0]}',
    '{"mean":["1"],"deviation":[1]}',
    '{"mean":[1,"1"],"deviation":[1,1]}',
    '{"mean":[1e999],"deviation":[1]}',
  ].map((text) => ['normalize', text, `${normalizeForm} ${text}`] as const),
  ...[
    { size: [32] },
    { size: [32, 0] },
    { size: [32, 1.5] },
    { resize: 'nearest' },
    { grey: [1, 1] },
    { grey: [0, 0, 0] },
    { grey: [1, -1, 1] },
    { alpha: 'black' },
    { crop: 'centre' },
  ].map((part) => ['picture', picture(part), `${pictureForm} ${shortened(picture(part))}`] as const),
]

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}... (${text.length} characters)` : text
}

for (const [key, text, fault] of faulty) {
  s(`${key}: ${text || 'an empty text'} is a fault`, () => {
    assert.equal(parseMetadata({ ...metadataTexts(full), [key]: text }), { metadata: undefined, faults: [fault] })
  })
}

s('all faults are said, and nothing of the rest is used', () => {
  const { metadata, faults } = parseMetadata({ fmw: '1', classes: '3', probabilities: 'x', normalize: '[]', model: 'Net' })
  assert.is(metadata, undefined)
  assert.equal(faults.map((fault) => fault.split(' ')[0]), ['classes', 'probabilities', 'normalize'])
})

s.run()
