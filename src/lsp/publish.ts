import { setImmediate as pause } from 'node:timers/promises'
import { DiagnosticSeverity, DiagnosticTag, type Connection, type Diagnostic } from 'vscode-languageserver/node'
import type { Analysis } from '../service/analysis.ts'
import { diagnostics } from '../service/diagnostics.ts'
import type { Workspace } from '../service/workspace.ts'
import { isLibrary, type OpenFiles } from './files.ts'
import { logText } from './log-text.ts'
import { locationOf, rangeOf } from './places.ts'

/** Milliseconds without a change before what is wrong is looked for. */
const quiet = 120

/** Pushes the diagnostics of all open files when their texts have been left alone for a moment; what a change outdates is not pushed. */
export class Publisher {
  private timer: NodeJS.Timeout | undefined
  private round = 0
  private readonly published = new Map<string, Analysis>()
  private readonly connection: Connection
  private readonly workspace: Workspace
  private readonly files: OpenFiles

  constructor(connection: Connection, workspace: Workspace, files: OpenFiles) {
    this.connection = connection
    this.workspace = workspace
    this.files = files
  }

  /** @param first the file that is waited for */
  schedule(first?: string): void {
    clearTimeout(this.timer)
    const round = ++this.round
    this.timer = setTimeout(() => void this.publish(round, first), quiet)
  }

  /** A text that is closed has no diagnostics. */
  close(file: string, uri: string): void {
    this.published.delete(file)
    void this.connection.sendDiagnostics({ uri, diagnostics: [] })
  }

  private async publish(round: number, first: string | undefined): Promise<void> {
    const paths = this.files.paths.toSorted((a, b) => Number(b === first) - Number(a === first))
    for (const file of paths) {
      // what the editor asks or changes meanwhile comes first
      await pause()
      if (round !== this.round) return
      try {
        this.publishFile(file)
      } catch (error) {
        this.connection.console.error(`${file}: no diagnostics: ${logText(error)}`)
      }
    }
  }

  private publishFile(file: string): void {
    const document = this.files.at(file)
    const analysis = this.workspace.analysisOf(file)
    if (!document || !analysis || this.published.get(file) === analysis) return
    this.published.set(file, analysis)
    const shown = isLibrary(file) ? [] : diagnostics(analysis)
    void this.connection.sendDiagnostics({ uri: document.uri, version: document.version, diagnostics: shown.map((one) => toDiagnostic(one, this.files)) })
  }
}

const toDiagnostic = ({ span, code, severity, message, notes, labels, isUnused }: ReturnType<typeof diagnostics>[number], files: OpenFiles): Diagnostic => ({
  range: rangeOf(span),
  severity: severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
  source: 'fmw',
  code,
  message: [message, ...notes].join('\n'),
  relatedInformation: labels.map((label) => ({ location: locationOf(label.span, files), message: label.text })),
  ...(isUnused && { tags: [DiagnosticTag.Unnecessary] }),
})
