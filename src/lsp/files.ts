import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { TextDocument, type TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument'
import { nodeHost } from '../cli/files/node-host.ts'
import type { Host } from '../compiler/text/host.ts'
import type { Source } from '../compiler/text/source.ts'
import { shipped } from '../runtime/files/shipped.ts'

/** The path of a file; of a text that is in none, the URI itself. */
export function pathOf(uri: string): string {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : uri
  } catch {
    // of another machine, or no URI at all
    return uri
  }
}

const libraryFolder = shipped('std')

/** Whether a path is that of a text of the library, which nobody edits. */
export const isLibrary = (file: string): boolean => file.startsWith(libraryFolder + path.sep)

/** The disk; a file that cannot be read is none. */
export const disk: Host = {
  ...nodeHost,
  read: (file) => {
    try {
      return nodeHost.read(file)
    } catch {
      return undefined
    }
  },
}

/** Texts that are open, as their editor has them. */
export class OpenFiles {
  private readonly documents = new Map<string, TextDocument>()

  open(uri: string, languageId: string, version: number, text: string): TextDocument {
    const document = TextDocument.create(uri, languageId, version, text)
    this.documents.set(pathOf(uri), document)
    return document
  }

  /** @throws Error where the text is not open, or something is no change of one */
  change(uri: string, changes: readonly TextDocumentContentChangeEvent[], version: number): TextDocument {
    const document = this.documents.get(pathOf(uri))
    if (!document) throw new Error(`${uri} is changed and was never opened`)
    if (!changes.every(isChange)) throw new Error(`${uri} is changed by what is no change of a text: ${JSON.stringify(changes)}`)
    return TextDocument.update(document, [...changes], version)
  }

  close(uri: string): void {
    this.documents.delete(pathOf(uri))
  }

  at(file: string): TextDocument | undefined {
    return this.documents.get(file)
  }

  get paths(): readonly string[] {
    return [...this.documents.keys()]
  }

  /** That of the editor where it is open: editors write the same URI in several ways. */
  uriOf({ path: file, library }: Pick<Source, 'path' | 'library'>): string {
    if (library) return pathToFileURL(shipped(file)).href
    const open = this.documents.get(file)
    return open?.uri ?? (path.isAbsolute(file) ? pathToFileURL(file).href : file)
  }
}

/** Whether an editor keeps to the protocol. */
function isChange(change: TextDocumentContentChangeEvent): boolean {
  if (typeof change.text !== 'string') return false
  return !('range' in change) || [change.range.start, change.range.end].every(({ line, character }) => Number.isInteger(line) && Number.isInteger(character))
}

/** So many files are looked at to find those that import another one. */
const mostFiles = 2000

/** The fmw files in folders. */
export function filesIn(folders: readonly string[]): readonly string[] {
  const found: string[] = []
  const waiting = folders.filter((folder) => existsSync(folder))
  for (let folder = waiting.pop(); folder !== undefined && found.length < mostFiles; folder = waiting.pop()) {
    for (const entry of entriesOf(folder)) {
      const file = path.join(folder, entry.name)
      if (entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.')) waiting.push(file)
      else if (entry.isFile() && entry.name.endsWith('.fmw')) found.push(file)
    }
  }
  return found
}

function entriesOf(folder: string): readonly import('node:fs').Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    // one that nobody may read
    return []
  }
}
