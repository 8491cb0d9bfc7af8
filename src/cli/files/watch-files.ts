import { codeOf } from '../exit/code-of.ts'
import { Exit, exitCodes, UsageError } from '../exit/exit.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { followChanges } from './follow-changes.ts'

/**
 * What `--watch` does: runs a command, and again whenever one of the files changes that it has read. What is wrong with them is said
 * each time, and ends nothing.
 *
 * @param names what the command line names
 * @param run tells `sources` every file that it reads
 * @throws UsageError for standard input; what the first run throws that comes to no file; Exit where fmw has a bug, which was said
 */
export async function watchFiles(
  names: readonly string[],
  terminal: Terminal,
  run: (sources: Set<string>) => Promise<void>,
): Promise<void> {
  if (names.includes('-')) throw new UsageError('--watch needs files: standard input does not change')
  let watched: ReadonlySet<string> = new Set()
  await followChanges(async () => {
    const sources = new Set<string>()
    try {
      await run(sources)
      watched = sources
    } catch (error) {
      // a file that is gone for a moment may come back, and so may what it imports
      watched = new Set([...watched, ...sources])
      if (watched.size === 0) throw error
      if (codeOf(error) === exitCodes.bug) throw new Exit(exitCodes.bug)
    }
    terminal.note(`watching ${watched.size} file${watched.size === 1 ? '' : 's'}; Ctrl-C ends`)
    return watched
  })
}
