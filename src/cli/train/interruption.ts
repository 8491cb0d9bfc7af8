/** What shells expect of a program that a signal ended: 128 and the number of the signal. */
const codes = { SIGINT: 130, SIGTERM: 143 } as const

type EndingSignal = keyof typeof codes

interface Interruption {
  /** Aborted by the first Ctrl-C (SIGINT) or SIGTERM. */
  readonly signal: AbortSignal
  /** The exit code of the signal that came. */
  readonly code: () => number | undefined
  /** Leaves signals to the system again. */
  readonly release: () => void
}

/** Turns the first signal that asks the process to end into an AbortSignal; a second one ends it at once. */
export function catchInterruption(onFirst: () => void): Interruption {
  const controller = new AbortController()
  let code: number | undefined
  const handle = (name: NodeJS.Signals): void => {
    const wanted = codes[name === 'SIGTERM' ? name : 'SIGINT']
    if (code !== undefined) process.exit(wanted)
    code = wanted
    onFirst()
    controller.abort()
  }
  const names = Object.keys(codes) as readonly EndingSignal[]
  for (const name of names) process.on(name, handle)
  return {
    signal: controller.signal,
    code: () => code,
    release: () => {
      for (const name of names) process.off(name, handle)
    },
  }
}
