/** A list of lists: [[0, 0], [1, 1], [1, 1], [0, 0]]. */
const matrix = /\[\[[^[\]]*\](?:, \[[^[\]]*\])*\]/g

/**
 * The text as prettier lays it out, but for lists of lists, which it would spread over a line per row: pads are one thing and
 * stay on one line. They are formatted as identifiers of their length.
 */
export async function formatModule(text: string): Promise<string> {
  const [{ format }, ...plugins] = await Promise.all([
    import('prettier/standalone'),
    import('prettier/plugins/estree'),
    import('prettier/plugins/typescript'),
  ])
  const kept: string[] = []
  const hidden = text.replace(matrix, (found) => `$${kept.push(found) - 1}`.padEnd(found.length, '$'))
  const formatted = await format(hidden, {
    parser: 'typescript',
    plugins,
    semi: false,
    singleQuote: true,
    printWidth: 120,
  })
  return formatted.replace(/\$(\d+)\$*/g, (name, index: string) =>
    kept[Number(index)]?.length === name.length ? kept[Number(index)]! : name,
  )
}
