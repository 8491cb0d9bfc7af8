import { transform } from 'sucrase'

/** TypeScript as JavaScript, each line where it was. */
export const stripTypes = (text: string): string =>
  transform(text, { transforms: ['typescript'], disableESTransforms: true, preserveDynamicImport: true }).code
