import path from 'node:path'
import {
  createConnection, DidChangeWatchedFilesNotification, FileChangeType, TextDocumentSyncKind, type Connection, type InitializeParams, type InitializeResult,
} from 'vscode-languageserver/node'
import { version } from '../cli/version.ts'
import { openWorkspace } from '../service/workspace.ts'
import { disk, filesIn, OpenFiles, pathOf } from './files.ts'
import { Frames } from './frames.ts'
import { logText } from './log-text.ts'
import { Publisher } from './publish.ts'
import { answerRequests } from './requests.ts'
import { Settings } from './settings.ts'
import { legend } from './to-protocol.ts'

/** Serves an editor until it says `exit` or is gone, which ends the process. */
export function serve(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): void {
  const connection = createConnection(
    input.pipe(new Frames((header) => connection.console.error(`no message begins with ${JSON.stringify(header)}`))),
    output,
  )
  // whatever goes wrong in one answer, the editor has the others
  for (const event of ['uncaughtException', 'unhandledRejection'])
    process.on(event, (error: unknown) => connection.console.error(logText(error)))
  const files = new OpenFiles()
  let folders: readonly string[] = []
  let known: readonly string[] | undefined
  const settings = new Settings(
    () => {
      workspace.forget()
      publisher.schedule()
    },
    (message) => connection.console.error(message),
  )
  const workspace = openWorkspace(disk, (file) => ({ rules: settings.rulesOf(file) }), () => (known ??= filesIn(folders)))
  const publisher = new Publisher(connection, workspace, files)

  let watches = false
  connection.onInitialize((params) => {
    folders = foldersOf(params)
    watches = params.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true
    return capabilities
  })
  connection.onInitialized(() => {
    const watchers = [{ globPattern: '**/*.fmw' }, { globPattern: '**/fmw.config.json' }]
    if (watches) void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers })
  })
  connection.onDidChangeWatchedFiles(({ changes }) => {
    if (changes.some(({ type }) => type !== FileChangeType.Changed)) known = undefined
    settings.forget()
    workspace.forget()
    publisher.schedule()
  })
  takeTexts(connection, { files, publisher, ...workspace }, () => settings.forget())
  answerRequests(connection, workspace, files)
  connection.listen()
}

interface Taking {
  readonly files: OpenFiles
  readonly publisher: Publisher
  readonly write: (path: string, text: string) => void
  readonly close: (path: string) => void
}

/** The texts as the editor has them. What is no such thing is logged with the stack of the error. */
function takeTexts(connection: Connection, { files, publisher, write, close }: Taking, saved: () => void): void {
  connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version: number, text } }) => {
    files.open(uri, languageId, number, text)
    write(pathOf(uri), text)
    publisher.schedule(pathOf(uri))
  })
  connection.onDidChangeTextDocument(({ textDocument: { uri, version: number }, contentChanges }) => {
    const document = files.change(uri, contentChanges, number)
    write(pathOf(uri), document.getText())
    publisher.schedule(pathOf(uri))
  })
  connection.onDidSaveTextDocument(() => {
    // not every editor says which files of the disk have changed
    saved()
    publisher.schedule()
  })
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    files.close(uri)
    close(pathOf(uri))
    publisher.close(pathOf(uri), uri)
    publisher.schedule()
  })
}

function foldersOf({ workspaceFolders, ...params }: InitializeParams): readonly string[] {
  const uris = workspaceFolders?.map(({ uri }) => uri) ?? ('rootUri' in params && params.rootUri ? [params.rootUri] : [])
  return uris.map(pathOf).filter((folder) => path.isAbsolute(folder))
}

const capabilities: InitializeResult = {
  serverInfo: { name: 'fmw', version },
  capabilities: {
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
    hoverProvider: true,
    completionProvider: { triggerCharacters: ['.', '>', ':', '"', '/'] },
    signatureHelpProvider: { triggerCharacters: ['(', ','] },
    definitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    renameProvider: { prepareProvider: true },
    documentSymbolProvider: true,
    foldingRangeProvider: true,
    selectionRangeProvider: true,
    semanticTokensProvider: { legend, full: true },
    inlayHintProvider: true,
    codeLensProvider: {},
    codeActionProvider: { codeActionKinds: ['quickfix'] },
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
  },
}
