import { statSync, watch, type FSWatcher } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** An editor that saves writes more than once. */
const settledAfterMs = 40

/**
 * Runs again and again: whenever a file that the last run has read changes, or another of their ending in one of their folders.
 *
 * @param run gives the files that it has read; an error that it throws ends everything
 */
export async function followChanges(run: () => Promise<Iterable<string>>, signal?: AbortSignal): Promise<void> {
  const watched = new Map<string, FSWatcher>()
  let changed = (): void => {}
  try {
    while (!signal?.aborted) {
      const change = new Promise<void>((resolve) => {
        changed = resolve
        signal?.addEventListener('abort', () => resolve(), { once: true })
      })
      const start = Date.now()
      const files = [...(await run())]
      const endings = new Set(files.map((file) => path.extname(file)))
      for (const folder of new Set(files.map((file) => path.dirname(file)))) {
        if (watched.has(folder) || !isThere(folder)) continue
        const listen = (_: string, name: string | null): void => {
          if (name === null || endings.has(path.extname(name))) changed()
        }
        watched.set(folder, watch(folder, listen))
      }
      if (files.some((file) => (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) > start)) changed()
      await change
      await pause(settledAfterMs)
    }
  } finally {
    for (const watcher of watched.values()) watcher.close()
  }
}

const isThere = (folder: string): boolean => statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false
