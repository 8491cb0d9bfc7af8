/** The text as prettier lays it out. */
export async function formatModule(text: string): Promise<string> {
  const [{ format }, ...plugins] = await Promise.all([
    import('prettier/standalone'),
    import('prettier/plugins/estree'),
    import('prettier/plugins/typescript'),
  ])
  return format(text, { parser: 'typescript', plugins, semi: false, singleQuote: true, printWidth: 120 })
}
