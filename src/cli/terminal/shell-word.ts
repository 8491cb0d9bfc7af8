/** A path as a word of a command that can be copied into the usual shell of a system. */
export function shellWord(path: string, platform: NodeJS.Platform): string {
  if (platform === 'win32') return /^[\p{L}\p{N}_.:\\/-]+$/u.test(path) ? path : `"${path}"`
  return /^[\p{L}\p{N}_@%+=:,./-]+$/u.test(path) ? path : `'${path.replaceAll("'", () => String.raw`'\''`)}'`
}
