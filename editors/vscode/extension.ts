import { execFile } from 'node:child_process'
import path from 'node:path'
import { commands, languages, window, workspace, CodeLens, Range, Uri, type ExtensionContext, type OutputChannel, type TextDocument } from 'vscode'
import { LanguageClient } from 'vscode-languageclient/node'

let client: LanguageClient | undefined

/** A command with what it is started with. */
interface Program {
  readonly command: string
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
}

export async function activate(context: ExtensionContext): Promise<void> {
  const output = window.createOutputChannel('fmw summary')
  context.subscriptions.push(
    output,
    commands.registerCommand('fmw.summary', (file?: Uri, model?: string) => summary(context, output, file, model)),
    languages.registerCodeLensProvider({ language: 'fmw' }, { provideCodeLenses: lensesOf }),
    workspace.onDidChangeConfiguration(async (change) => {
      if (!change.affectsConfiguration('fmw.path')) return
      await client?.stop()
      await start(context)
    }),
  )
  await start(context)
}

export const deactivate = (): Promise<void> | undefined => client?.stop()

async function start(context: ExtensionContext): Promise<void> {
  const { command, args, env } = program(context)
  const run = { command, args: [...args, 'lsp', '--stdio'], options: { env } }
  client = new LanguageClient('fmw', 'fmw', run, {
    documentSelector: [{ language: 'fmw' }],
    initializationOptions: workspace.getConfiguration('fmw'),
    synchronize: { configurationSection: 'fmw', fileEvents: workspace.createFileSystemWatcher('**/{*.fmw,fmw.config.json}') },
  })
  await client.start()
}

/** The fmw of the settings, or the one that the extension brings, on the Node of the editor. */
function program(context: ExtensionContext): Program {
  const own = workspace.getConfiguration('fmw').get<string>('path')
  if (own) return { command: own, args: [], env: process.env }
  return { command: process.execPath, args: [context.asAbsolutePath('server/fmw.cjs')], env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } }
}

/** Above each model a way to its summary. */
function lensesOf(document: TextDocument): CodeLens[] {
  const models = [...document.getText().matchAll(/^[ \t]*model[ \t]+(\w+)/gm)]
  return models.map(({ index, 1: model }) => {
    const at = document.positionAt(index)
    return new CodeLens(new Range(at, at), { title: 'summary', command: 'fmw.summary', arguments: [document.uri, model] })
  })
}

/** Shows what `fmw summary` says of a file as it is saved; without one, of the file in front. */
async function summary(context: ExtensionContext, output: OutputChannel, given?: Uri, model?: string): Promise<void> {
  const uri = given ?? window.activeTextEditor?.document.uri
  if (!uri) return
  await workspace.textDocuments.find((document) => document.uri.toString() === uri.toString())?.save()
  const { command, args, env } = program(context)
  const words = [...args, 'summary', uri.fsPath, '--no-color', ...(model === undefined ? [] : ['--model', model])]
  await new Promise<void>((resolve) => {
    execFile(command, words, { env, cwd: path.dirname(uri.fsPath) }, (error, stdout, stderr) => {
      output.appendLine(stdout + stderr || String(error))
      output.show(true)
      resolve()
    })
  })
}
