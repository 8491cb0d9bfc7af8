import fmw from 'fmw/unplugin'
import { defineConfig } from 'vite'

/** Of WebAssembly the page has the kernels that the network calls; what else calls TensorFlow.js here needs all: without `kernels`. */
const models = () => fmw.vite({ kernels: 'wasm' })

export default defineConfig({
  plugins: [models()],
  // Vite bundles workers by themselves
  worker: { format: 'es', plugins: () => [models()] },
  build: { target: 'es2022' },
})
