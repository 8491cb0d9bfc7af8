import { namedInitializers } from '../graph/initializer.ts'

export const paddingWords: readonly string[] = ['valid', 'same', 'half']

/** The words of each enum type. Where one is wanted, its words win over every other meaning of the name. */
export const enums: ReadonlyMap<string, readonly string[]> = new Map([
  ['padding', paddingWords],
  ['init', [...namedInitializers.keys()]],
  ['method', ['nearest', 'bilinear']],
  ['corners', ['half', 'aligned', 'legacy']],
  ['mode', ['zero', 'reflect', 'symmetric']],
  ['per', ['scalar', 'channel']],
  ['channels', ['keep', 'project']],
])

/** The enums a word belongs to, for messages. */
export const enumsWith = (word: string): readonly string[] =>
  [...enums].flatMap(([name, words]) => (words.includes(word) ? [name] : []))
