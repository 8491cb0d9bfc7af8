import { setBackend } from '@tensorflow/tfjs-core'

/** Starts what computes: WebAssembly, which every browser has, or the graphics card, whose code is loaded only then. */
export async function useBackend(name: string): Promise<string> {
  if (name === 'webgl') await import('@tensorflow/tfjs-backend-webgl')
  else await useWasm()
  if (!(await setBackend(name))) throw new Error(`${name} does not start in this browser`)
  return name
}

async function useWasm(): Promise<void> {
  const [{ setWasmPaths }, plain, simd, threaded] = await Promise.all([
    import('@tensorflow/tfjs-backend-wasm'),
    import('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'),
    import('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'),
    import('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url'),
  ])
  setWasmPaths({
    'tfjs-backend-wasm.wasm': plain.default,
    'tfjs-backend-wasm-simd.wasm': simd.default,
    'tfjs-backend-wasm-threaded-simd.wasm': threaded.default,
  })
}
