import { codeActions } from '../../src/service/code-actions.ts'
import { codeLens } from '../../src/service/code-lens.ts'
import { completion } from '../../src/service/completion.ts'
import { definition } from '../../src/service/definition.ts'
import { diagnostics } from '../../src/service/diagnostics.ts'
import { folding } from '../../src/service/folding.ts'
import { format } from '../../src/service/format.ts'
import { highlights } from '../../src/service/highlights.ts'
import { hover } from '../../src/service/hover.ts'
import { inlays } from '../../src/service/inlays.ts'
import { references } from '../../src/service/references.ts'
import { prepareRename, rename } from '../../src/service/rename.ts'
import { selectionRanges } from '../../src/service/selection-ranges.ts'
import { semanticTokens } from '../../src/service/semantic-tokens.ts'
import { signatureHelp } from '../../src/service/signature-help.ts'
import { symbols } from '../../src/service/symbols.ts'
import type { Analysis } from '../../src/service/analysis.ts'
import type { Workspace } from '../../src/service/workspace.ts'

/** What is asked of a text: where its file is, what is known of it, and a place in it. */
interface Asked {
  readonly workspace: Workspace
  readonly path: string
  readonly analysis: Analysis
  readonly offset: number
}

/** Everything that `src/service/` answers of a text as a whole. A new feature has its line here. */
export const ofTexts: Readonly<Record<string, (asked: Asked) => unknown>> = {
  diagnostics: ({ analysis }) => diagnostics(analysis),
  inlays: ({ analysis }) => inlays(analysis, { parameters: true }),
  symbols: ({ analysis }) => symbols(analysis),
  folding: ({ analysis }) => folding(analysis),
  semanticTokens: ({ analysis }) => semanticTokens(analysis),
  codeLens: ({ analysis }) => codeLens(analysis),
  format: ({ analysis }) => format(analysis),
}

/** The same of a place in a text. */
export const ofPlaces: Readonly<Record<string, (asked: Asked) => unknown>> = {
  hover: ({ analysis, offset }) => hover(analysis, offset),
  completion: ({ analysis, offset }) => completion(analysis, offset),
  signatureHelp: ({ analysis, offset }) => signatureHelp(analysis, offset),
  codeActions: ({ analysis, offset }) => (analysis.source.text.length < 1000 ? codeActions(analysis, offset, offset) : []),
  definition: ({ analysis, offset }) => definition(analysis, offset),
  references: ({ workspace, path, offset }) => references(workspace, path, offset),
  highlights: ({ analysis, offset }) => highlights(analysis, offset),
  prepareRename: ({ workspace, path, offset }) => prepareRename(workspace, path, offset),
  rename: ({ workspace, path, offset }) => rename(workspace, path, offset, 'another'),
  selectionRanges: ({ analysis, offset }) => selectionRanges(analysis, offset),
}
