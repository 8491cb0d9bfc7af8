import { homedir } from 'node:os'
import { join } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The folder in which fmw keeps what is too large for a project: `$FMW_CACHE`, or `fmw` in the place the system has for caches
 * (XDG base directory specification; `%LOCALAPPDATA%` on Windows).
 */
export function cacheFolder(environment: Environment = process.env, platform: NodeJS.Platform = process.platform): string {
  const { FMW_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = environment
  if (FMW_CACHE) return FMW_CACHE
  if (platform === 'win32') return join(LOCALAPPDATA || join(homedir(), 'AppData', 'Local'), 'fmw')
  return join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'fmw')
}
