import type { About } from '../../about.ts'

/** The first line of what is emitted. */
export const headingOf = ({ source, version }: About): string =>
  `// fmw ${version}, from ${source}. Generated: change the source, not this file.`
