/** What a table has under a word of the user; not what every object has, such as `constructor`. */
export const ownProperty = <T>(table: Readonly<Record<string, T>>, word: string): T | undefined =>
  Object.hasOwn(table, word) ? table[word] : undefined
