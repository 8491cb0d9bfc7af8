import { nodeHost } from '../../src/cli/files/node-host.ts'
import type { Host } from '../../src/compiler/text/host.ts'
import type { Analysis } from '../../src/service/analysis.ts'
import { openWorkspace, type Workspace } from '../../src/service/workspace.ts'

interface Marked {
  readonly analysis: Analysis
  readonly workspace: Workspace
  /** Where the marks stood, in the text without them. */
  readonly offsets: readonly number[]
}

/** The sign of a place in the texts of these tests. */
const mark = '‸'

/** A text without its marks, analysed; imports are found among the other files. */
export function marked(text: string, files: Readonly<Record<string, string>> = {}): Marked {
  const pieces = text.split(mark)
  let at = 0
  const offsets = pieces.slice(0, -1).map((piece) => (at += piece.length))
  const host: Host = { ...nodeHost, read: (path) => files[path], filesBeside: () => Object.keys(files) }
  const workspace = openWorkspace(host)
  workspace.write('net.fmw', pieces.join(''))
  return { analysis: workspace.analysisOf('net.fmw')!, workspace, offsets }
}
