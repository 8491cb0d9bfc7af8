import { codeOf } from '../exit/code-of.ts'
import { Exit, exitCodes, UsageError } from '../exit/exit.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { followChanges } from './follow-changes.ts'
import { foldersOf } from './read-source.ts'

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
  const again = async (): Promise<ReadonlySet<string>> => {
    if (watched.size > 0) terminal.clear?.()
    const sources = new Set<string>()
    try {
      await run(sources)
      watched = sources
    } catch (error) {
      // it has come to all files if there was something to say of them; one that is gone for a moment may come back
      watched = error instanceof Exit ? sources : new Set([...watched, ...sources])
      if (watched.size === 0) throw error
      if (codeOf(error) === exitCodes.bug) throw new Exit(exitCodes.bug)
    }
    return watched
  }
  await followChanges({
    folders: () => foldersOf(names),
    run: again,
    followed: (count) => terminal.note(`watching ${count} file${count === 1 ? '' : 's'}; Ctrl-C ends`),
  })
}
