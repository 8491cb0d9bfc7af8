import { readFileSync } from 'node:fs'
import { nodeHost } from '../../src/cli/files/node-host.ts'
import { Reporter } from '../../src/compiler/diagnostics/diagnostics.ts'
import { opPages, summaryOf } from '../../src/compiler/library/op-pages.ts'
import { Modules } from '../../src/compiler/reading/module.ts'

/** Everything in one text for those who read no folder of pages: the specification, each op by its signature, each diagnostic by its message. */
export function llmsText(errorIndex: string): string {
  const specification = readFileSync('grammar/README.md', 'utf8')
  return `${[intro, asChapter(specification), ops(), asChapter(errorIndex.replace(/<!--.*?-->\n\n/s, ''))].join('\n\n')}\n`
}

const intro = `# fmw

> A declarative language and compiler for networks of feature maps: a \`.fmw\` text says what is convolved, weighted, gathered and fused; fmw proves
> all channels and sizes compatible, runs and trains the network on TensorFlow.js, and writes it as a typed TypeScript module.

To write a \`.fmw\` file: write it, run \`fmw check file.fmw --format json\`, mend what is reported (\`--fix\` mends what needs no choice), run \`fmw fmt file.fmw\`,
and read with \`fmw summary file.fmw\` whether shapes, parameters and multiply-adds are what was meant. \`fmw why file.fmw node\` says where the extents of
a node come from. \`fmw explain conv\` prints the page of an op with its parameters, weights and an example, \`fmw explain shape/channel-mismatch\` the page of a
diagnostic with a file that has it and the same file mended. \`fmw help <command>\` shows the options.`

function ops(): string {
  const pages = [...opPages(new Modules(nodeHost, new Reporter())).values()]
  return ['## Ops', '', ...pages.map((page) => `- \`${page.signature.replaceAll(/\s+/g, ' ')}\`: ${summaryOf(page).replaceAll(/\s*\n\s*/g, ' ')}`)].join('\n')
}

/** A page as a chapter: headings a level lower, outside of code; links into the repository are their words. */
const asChapter = (page: string): string =>
  page
    .trim()
    .split(/(^```[\s\S]*?^```$)/m)
    .map((part) => (part.startsWith('```') ? part : part.replaceAll(/^#/gm, '##').replaceAll(/\[([^\]]+)\]\((?!https?:)[^)]*\)/g, '$1')))
    .join('')
