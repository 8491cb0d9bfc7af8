/** Whether memory ran out: in V8, in the heap of WebAssembly, which aborts, or in TensorFlow. */
export const isRefusedAllocation = (error: unknown): error is Error =>
  error instanceof Error && (refusals.test(error.message) || error.name === 'RuntimeError')

const refusals = /Array buffer allocation failed|Invalid typed array length|OOM when allocating/
