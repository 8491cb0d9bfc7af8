import { runProgram } from './run-program.ts'

/** Runs npm in a folder; undefined when it succeeded, else the sentence of its output that says why not. */
export async function runNpm(args: readonly string[], folder: string): Promise<string | undefined> {
  // the folder is a project of its own, whatever npm command fmw itself was started by
  const settled = [...args, '--no-audit', '--no-fund', '--global=false', '--workspaces=false', '--loglevel=error']
  try {
    const { status, stderr } = await runProgram('npm', settled, { cwd: folder, shell: process.platform === 'win32' })
    return status === 0 ? undefined : reasonIn(stderr)
  } catch (error) {
    return `npm could not be started: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** npm prints a report of many lines, of which the one with the thrown error is what a person needs. */
function reasonIn(stderr: string): string {
  const thrown = /^npm (?:error|ERR!) \w*Error: (.+)$/m.exec(stderr)
  const first = /^npm (?:error|ERR!) (?!code |path |command )(.+)$/m.exec(stderr)
  return (thrown ?? first)?.[1] ?? 'npm failed without saying why'
}
