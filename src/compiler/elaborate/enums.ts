import { namedInitializers } from '../graph/initializer.ts'

/** The words of each enum type. Where one is wanted, its words win over every other meaning of the name. */
export const enums: Readonly<Record<string, readonly string[]>> = {
  padding: ['valid', 'same', 'half'],
  init: Object.keys(namedInitializers),
  method: ['nearest', 'bilinear'],
  corners: ['half', 'aligned', 'legacy'],
  mode: ['zero', 'reflect', 'symmetric'],
  per: ['scalar', 'channel'],
  channels: ['keep', 'project'],
}

/** The enums a word belongs to, for messages. */
export const enumsWith = (word: string): readonly string[] =>
  Object.keys(enums).filter((name) => enums[name]!.includes(word))
