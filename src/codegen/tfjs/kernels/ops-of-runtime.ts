// Generated from src/codegen/tfjs/runtime by scripts/generate.ts.

/** What the functions of the runtime file may use of TensorFlow.js, by their name; others use nothing. */
export const opsOfRuntime: Readonly<Record<string, readonly string[]>> = {
  avgPool: ['avgPool', 'pad', 'tidy'],
  batchNorm: ['batchNorm', 'onesLike', 'reshape', 'tidy', 'zerosLike'],
  bounds: ['maximum', 'minimum', 'tidy'],
  conv2d: ['conv2d', 'pad', 'tidy'],
  conv2dPerSample: ['avgPool', 'concat', 'matMul', 'pad', 'reshape', 'slice', 'split', 'tidy'],
  conv2dTransposePerSample: ['avgPool', 'concat', 'matMul', 'pad', 'reshape', 'reverse', 'slice', 'split', 'tidy', 'transpose'],
  depthwiseConv2d: ['depthwiseConv2d', 'pad', 'tidy'],
  depthwiseConv2dPerSample: ['add', 'avgPool', 'mul', 'pad', 'reshape', 'slice', 'tidy'],
  dilatedKernel: ['pad', 'reshape', 'slice', 'tidy'],
  dropout: ['clone'],
  fixed: ['keep'],
  groupedConv2d: ['concat', 'conv2d', 'pad', 'split', 'tidy'],
  maxPool: ['maxPool', 'pad', 'tidy'],
  mirrorPad: ['concat', 'reverse', 'slice', 'tidy'],
  model: ['Tensor', 'browser.fromPixels', 'dispose', 'io.CompositeArrayBuffer.join', 'io.getLoadHandlers', 'io.getSaveHandlers', 'tensor', 'tidy', 'variable'],
  registerKernels: ['engine', 'getKernelsForBackend', 'registerKernel'],
  replace: ['Tensor'],
}
