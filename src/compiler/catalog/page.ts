import type { Entry } from './entry.ts'

/** What there is to know about a diagnostic, as Markdown: the help, and the file that shows it beside the same file mended. */
export const pageOf = ({ help, bad, good }: Pick<Entry, 'help' | 'bad' | 'good'>): string =>
  [help.trim(), 'This is reported:', fenced(bad), 'This is not:', fenced(good)].join('\n\n')

const fenced = (text: string): string => `\`\`\`fmw\n${text.trimEnd()}\n\`\`\``
