export { model, type Model } from './model.ts'
export { type ApplyOptions, type Network } from './network.ts'
export { type Maps, type Matrices, type Scalars, type Vectors, type Volumes } from './shapes.ts'
export { param, state, type Spec, type Specs } from './weights.ts'
export {
  avgPool,
  conv2d,
  conv2dPerSample,
  conv2dTransposePerSample,
  depthwiseConv2d,
  depthwiseConv2dPerSample,
  dilatedKernel,
  groupedConv2d,
  maxPool,
  mirrorPad,
  replace,
  type Pad,
  type Size,
} from './ops.ts'
export { batchNorm, dropout, fixed, trainWith } from './run.ts'
export { bounds } from './bounds.ts'
export { hasFewKernels, registerKernels } from './kernels.ts'
export { at, floats, given, range } from './arrays.ts'
export { checkInputs } from './check-inputs.ts'
export { demand } from './demand.ts'
export {
  constant,
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  kaimingNormal,
  kaimingNormalOut,
  kaimingUniform,
  lecunNormal,
  lecunUniform,
  normal,
  ones,
  orthogonal,
  torchUniform,
  truncatedNormal,
  uniform,
  values,
  varianceScaling,
  type Initializer,
  xavierNormal,
  xavierUniform,
  zeros,
} from './initializers.ts'
export { type LoadOptions, type Source } from './load.ts'
export { type Class, type Picture } from './classify.ts'
export { type Metadata } from './metadata.ts'
