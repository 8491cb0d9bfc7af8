import { statSync, watch, type FSWatcher, type Stats } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** An editor that saves writes more than once. */
const settledAfterMs = 40

/**
 * Runs again and again: whenever a file that the last run has read changes, or another of their ending in one of their folders. A folder
 * may be gone, or be put in another's place.
 *
 * @param run gives the files that it has read; an error that it throws ends everything
 */
export async function followChanges(run: () => Promise<Iterable<string>>, signal?: AbortSignal): Promise<void> {
  let changed = (): void => {}
  const folders = watchFolders(() => changed())
  try {
    while (!signal?.aborted) {
      const change = new Promise<void>((resolve) => {
        changed = resolve
        signal?.addEventListener('abort', () => resolve(), { once: true })
      })
      const start = Date.now()
      const files = [...(await run())]
      folders.follow(files)
      if (files.some((file) => (statOf(file)?.mtimeMs ?? 0) > start)) changed()
      await change
      await pause(settledAfterMs)
    }
  } finally {
    folders.close()
  }
}

/** Watches the folders of files; of one that is not there, where it would appear. */
function watchFolders(changed: () => void) {
  const watched = new Map<string, { readonly watcher: FSWatcher; readonly inode: number }>()
  let endings: ReadonlySet<string> = new Set()
  /** What is waited for in a folder: the next one on the way to a folder that is not there. */
  let awaited: ReadonlySet<string> = new Set()
  const isOfInterest = (folder: string, name: string): boolean =>
    endings.has(path.extname(name)) || awaited.has(path.join(folder, name)) || name === path.basename(folder)
  const open = (folder: string, inode: number): void => {
    const watcher = watch(folder, (_, name) => {
      if (name === null || isOfInterest(folder, name)) changed()
    })
    // where systems do not let a folder go that is watched
    watcher.on('error', changed)
    watched.set(folder, { watcher, inode })
  }
  return {
    follow: (files: readonly string[]): void => {
      for (const [folder, { watcher, inode }] of watched) {
        if (statOf(folder)?.ino === inode) continue
        watcher.close()
        watched.delete(folder)
      }
      const places = [...new Set(files.map((file) => path.dirname(path.resolve(file))))].map(nearestThere)
      endings = new Set(files.map((file) => path.extname(file)))
      awaited = new Set(places.flatMap(({ next }) => (next === undefined ? [] : [next])))
      for (const { folder } of places) {
        const there = statOf(folder)
        if (there && !watched.has(folder)) open(folder, there.ino)
      }
    },
    close: (): void => {
      for (const { watcher } of watched.values()) watcher.close()
    },
  }
}

/** A folder, or the nearest around it that is there and the next on the way to it. */
function nearestThere(wanted: string): { readonly folder: string; readonly next?: string } {
  let folder = wanted
  let next: string | undefined
  while (!statOf(folder)?.isDirectory() && path.dirname(folder) !== folder) [folder, next] = [path.dirname(folder), folder]
  return next === undefined ? { folder } : { folder, next }
}

const statOf = (file: string): Stats | undefined => statSync(file, { throwIfNoEntry: false })
