import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

export interface TorchSteps {
  readonly run: () => Promise<void>
  readonly stop: () => void
}

/** PyTorch in a process of its own, which takes its steps when it is told to; undefined where there is none. */
export async function torchSteps(network: string, steps: number): Promise<TorchSteps | undefined> {
  const child = spawn('/usr/bin/python3', ['bench/peers/torch_steps.py', network, String(steps)], { stdio: ['pipe', 'pipe', 'ignore'] })
  const ended = once(child, 'exit')
  const lines = createInterface(child.stdout)
  const line = once(lines, 'line')
  const isReady = await Promise.race([line.then(() => true), ended.then(() => false), once(child, 'error').then(() => false)])
  if (!isReady) return undefined
  return {
    run: async () => {
      const done = once(lines, 'line')
      child.stdin.write('go\n')
      await done
    },
    stop: () => child.stdin.end(),
  }
}
