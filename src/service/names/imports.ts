import { readFile } from '../../compiler/reading/read-file.ts'
import type { Host } from '../../compiler/text/host.ts'

/** Whether a file is another one, or imports it, also by way of others. */
export const imports = (path: string, wanted: string, host: Host): boolean => leadsTo(path, wanted, host, new Set())

function leadsTo(path: string, wanted: string, host: Host, seen: Set<string>): boolean {
  if (path === wanted) return true
  const text = seen.has(path) ? undefined : host.read(path)
  seen.add(path)
  if (text === undefined) return false
  return readFile(path, text, false).ast.imports.some(({ from }) => leadsTo(host.resolve(from, path), wanted, host, seen))
}
