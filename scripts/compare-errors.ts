// Writes docs/shape-errors.md: what fmw, PyTorch, ONNX and tf.layers say of the same ten mistakes.
//
//   scripts/install-python.sh torch onnx
//   node --import tsx scripts/compare-errors.ts
import { writeFileSync } from 'node:fs'
import { fmwSays } from './compare-errors/fmw-says.ts'
import { layersSay } from './compare-errors/layers-say.ts'
import { onnxSays } from './compare-errors/onnx-says.ts'
import { page } from './compare-errors/page.ts'
import { pytorchSays } from './compare-errors/pytorch-says.ts'

const pytorch = pytorchSays()
const onnx = onnxSays()
if (!pytorch || !onnx) {
  console.error('PyTorch and ONNX are needed: scripts/install-python.sh torch onnx')
  process.exit(1)
}
writeFileSync('docs/shape-errors.md', page([fmwSays(), ...pytorch, onnx, await layersSay()]))
