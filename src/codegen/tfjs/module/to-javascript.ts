/** A TypeScript module that begins with a comment of one line, as JavaScript whose types stand in a file beside. */
export async function toJavaScript(text: string): Promise<string> {
  const { transform } = await import('sucrase')
  const { code } = transform(text, { transforms: ['typescript'], disableESTransforms: true, preserveDynamicImport: true })
  return code.replace('\n', '\n// @ts-nocheck: the types are in the file .d.ts beside\n')
}
