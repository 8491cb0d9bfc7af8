import { statSync, watch, type FSWatcher } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { UsageError } from '../exit/exit.ts'

/** An editor that saves writes more than once. */
const settledAfterMs = 40

/** The clock of a file system is behind by so much at most. */
const clockBehindMs = 20

/** Nothing tells that another folder has taken the place of one: that is looked at. */
const lookedAtMs = 300

interface Followed {
  /** The folders in which files and folders may come that are not read yet. */
  readonly folders: () => Promise<Iterable<string>>
  /** Gives the files that it has read; an error that it throws ends everything. */
  readonly run: () => Promise<ReadonlySet<string>>
  /** Is told each time that so many files are followed. */
  readonly followed: (count: number) => void
}

/**
 * Runs again and again: whenever a file that the last run has read changes, or another of their ending in one of their folders, or in
 * one of the others a file or a folder comes or goes. A folder may be gone for a while, and another take its place.
 *
 * @throws UsageError where the system does not let so many folders be watched
 */
export async function followChanges({ folders, run, followed }: Followed): Promise<never> {
  const places = new Map<string, { readonly identity: string | undefined; readonly watcher: FSWatcher | undefined }>()
  let endings: ReadonlySet<string> = new Set()
  let changed = (): void => {}
  const follow = (folder: string): void => {
    const [known, identity] = [places.get(folder), identityOf(folder)]
    if (known && known.identity === identity) return
    known?.watcher?.close()
    const listen = (_: string, name: string | null): void => {
      if (name === null || endings.has(path.extname(name)) || identityOf(path.join(folder, name)) !== undefined) changed()
    }
    places.set(folder, { identity, watcher: identity === undefined ? undefined : watching(folder, listen) })
  }
  const looking = setInterval(() => {
    if ([...places].some(([folder, { identity }]) => identityOf(folder) !== identity)) changed()
  }, lookedAtMs)
  try {
    for (;;) {
      const change = new Promise<void>((resolve) => (changed = resolve))
      const start = Date.now()
      for (const folder of [...places.keys(), ...(await folders())]) follow(folder)
      const read = await run()
      const files = [...read]
      endings = new Set(files.map((file) => path.extname(file)))
      for (const file of files) follow(path.dirname(file))
      followed(read.size)
      if (files.some((file) => (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) > start - clockBehindMs)) changed()
      await change
      await pause(settledAfterMs)
    }
  } finally {
    clearInterval(looking)
    for (const { watcher } of places.values()) watcher?.close()
  }
}

function watching(folder: string, listen: (event: string, name: string | null) => void): FSWatcher | undefined {
  try {
    return watch(folder, listen)
  } catch (error) {
    if (identityOf(folder) === undefined) return undefined
    // what Linux says is that the disk is full, and means its table of what is watched
    throw new UsageError(`cannot watch ${folder}: the system does not let so many be watched (${String(error)})`)
  }
}

/** What tells a folder from another in its place, whose number may be the same; undefined where there is none. */
function identityOf(folder: string): string | undefined {
  const stats = statSync(folder, { throwIfNoEntry: false })
  return stats?.isDirectory() ? `${stats.ino} ${stats.birthtimeMs}` : undefined
}
