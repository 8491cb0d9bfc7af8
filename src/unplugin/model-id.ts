/** A text that is imported, with what its import says. */
interface ModelId {
  readonly file: string
  /** Parameters, by name. */
  readonly set: Readonly<Record<string, string>>
}

/** What asks a bundler for the text or the address of a file instead. */
const elsewise = new Set(['raw', 'url', 'inline', 'worker', 'sharedworker'])

/** Takes `lenet5.fmw?set=classes=2&set=width=8` apart; undefined for what is no model. */
export function modelIdOf(id: string): ModelId | undefined {
  const [file = '', query = ''] = id.split('?', 2)
  if (!file.endsWith('.fmw')) return undefined
  const words = query.split('&').map((word) => word.split('='))
  if (words.some(([name = '']) => elsewise.has(name))) return undefined
  const set = words.flatMap(([name, parameter, ...value]) =>
    name === 'set' && parameter !== undefined ? [[parameter, decodeURIComponent(value.join('='))] as const] : [],
  )
  return { file, set: Object.fromEntries(set) }
}
