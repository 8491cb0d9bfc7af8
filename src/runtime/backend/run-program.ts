import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

interface ProgramOptions {
  readonly cwd?: string
  /** What it reads on standard input; nothing without it. */
  readonly input?: Readable
  /** Found through a shell: the only way to start a `.cmd` file on Windows. Arguments are then not quoted. */
  readonly shell?: boolean
}

interface ProgramResult {
  /** Undefined when a signal ended it. */
  readonly status: number | undefined
  readonly signal: NodeJS.Signals | undefined
  readonly stdout: string
  readonly stderr: string
}

/**
 * Runs a program to its end and collects what it prints.
 *
 * @throws the system's error when the program cannot be started or its input cannot be read
 */
export function runProgram(command: string, args: readonly string[], options: ProgramOptions = {}): Promise<ProgramResult> {
  const { cwd, input, shell = false } = options
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, shell, windowsHide: true })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.on('error', reject)
    child.on('close', (status, signal) => resolve({ status: status ?? undefined, signal: signal ?? undefined, stdout, stderr }))
    if (input) pipeline(input, child.stdin).catch(reject)
    else child.stdin.end()
  })
}
