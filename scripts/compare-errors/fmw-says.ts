import { readFileSync } from 'node:fs'
import { nodeHost } from '../../src/cli/files/node-host.ts'
import { compile } from '../../src/compiler/compile.ts'
import { render } from '../../src/compiler/report/render.ts'
import { plainStyle } from '../../src/compiler/report/style.ts'
import { fileOf, mistakes, type Mistake } from './mistakes.ts'
import type { Answers, Said } from './said.ts'
import manifest from '../../package.json' with { type: 'json' }

export const sourceOf = (mistake: Mistake): string => readFileSync(fileOf(mistake, 'model.fmw'), 'utf8')

export const fmwSays = (): Answers => ({
  tool: 'fmw',
  version: manifest.version,
  said: new Map(mistakes.map((mistake) => [mistake.name, saidOf(mistake)])),
})

function saidOf(mistake: Mistake): Said {
  const { diagnostics } = compile('model.fmw', sourceOf(mistake), nodeHost)
  return {
    when: '`fmw check`, which runs nothing',
    text: diagnostics.map((diagnostic) => render(diagnostic, plainStyle)).join('\n\n'),
    verdict: {
      node: true,
      decided: diagnostics.some(({ labels }) => labels.length > 0) ? 'yes' : 'no',
      fix: diagnostics.some(({ fixes, notes }) => fixes.length > 0 || notes.length > 0),
      beforeRunning: true,
    },
  }
}
