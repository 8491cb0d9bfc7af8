import type { About } from './about.ts'

/** The first line of what is emitted. */
export const headingOf = ({ source, version }: About): string =>
  `// fmw ${version}, from ${source}. Generated: change the source, not this file.`

/** The first line of what emitted modules import. */
export const sharedHeading = '// What the modules that fmw emits have in common. Generated: building again writes it anew.'

/** Whether a text begins as what fmw of any version emits: with a heading, or as the JSON of a graph. */
export const isEmitted = (text: string): boolean => text.startsWith(sharedHeading) || /^(?:\/\/ fmw \S+, from |\{\s*"format":\s*"fmw-graph-)/.test(text)
