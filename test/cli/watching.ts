import { spawn } from 'node:child_process'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import { build, root } from './fmw.ts'
import { withFiles, type Files } from './folder.ts'

export const step = 'block Step(x: [H, W, C], width: int) -> [_, _, width] { return x |> conv(width, 3x3) |> relu }\n'

/** A model that imports it. */
export const net = 'import { Step } from "./step.fmw"\n\nmodel Net {\n  input x: [8, 8, 3]\n  output y = Step(x, 4)\n}\n'

interface Watching {
  readonly out: () => string
  readonly err: () => string
  /** Waits for what is printed on either. */
  readonly until: (text: string | RegExp) => Promise<void>
  /** Ctrl-C; gives what ended it. */
  readonly interrupt: () => Promise<NodeJS.Signals | number | null>
}

/** Runs a command with `--watch` in a folder that holds these files. */
export const watching = (
  files: Files,
  args: readonly string[],
  run: (process: Watching, folder: string) => Promise<void>,
): Promise<void> =>
  withFiles(files, async (folder) => {
    await build()
    const child = spawn(process.execPath, [path.join(root, 'bin/fmw.js'), ...args, '--watch'], { cwd: folder })
    let out = ''
    let err = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
    const has = (text: string | RegExp): boolean => (typeof text === 'string' ? (out + err).includes(text) : text.test(out + err))
    const ended = new Promise<NodeJS.Signals | number | null>((resolve) => child.on('close', (code, signal) => resolve(signal ?? code)))
    try {
      await run(
        {
          out: () => out,
          err: () => err,
          until: async (text) => {
            for (let i = 0; i < 400 && !has(text); i++) await pause(25)
            assert.ok(has(text), `${text} is not in ${out}${err}`)
          },
          interrupt: () => {
            child.kill('SIGINT')
            return ended
          },
        },
        folder,
      )
    } finally {
      child.kill()
    }
  })
