import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { build } from '../cli/fmw.ts'
import { Client, type Message } from './client.ts'

const served = suite('the language server, from outside')

const folder = mkdtempSync(path.join(tmpdir(), 'fmw-lsp-'))
let client: Client

const uriOf = (name: string): string => pathToFileURL(path.join(folder, name)).href

served.before(async () => {
  await build()
  client = new Client(folder)
  await client.result('initialize', { processId: null, rootUri: pathToFileURL(folder).href, capabilities: {} })
  client.notify('initialized', {})
})

served.after(() => {
  client.kill()
  rmSync(folder, { recursive: true })
})

interface Published {
  readonly uri: string
  readonly version?: number
  readonly diagnostics: readonly { readonly code: string; readonly message: string; readonly range: Range; readonly relatedInformation: readonly unknown[] }[]
}

interface Position {
  readonly line: number
  readonly character: number
}

interface Range {
  readonly start: Position
  readonly end: Position
}

const isPublished = (uri: string) => ({ method, params }: Message): boolean => method === 'textDocument/publishDiagnostics' && (params as Published).uri === uri

async function published(uri: string, act: () => void): Promise<Published> {
  const next = client.notification(isPublished(uri), `diagnostics of ${uri}`)
  act()
  return (await next).params as Published
}

let versions = 0

const open = (uri: string, text: string): Promise<Published> =>
  published(uri, () => client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'fmw', version: ++versions, text } }))

const change = (uri: string, ...contentChanges: readonly object[]): void =>
  client.notify('textDocument/didChange', { textDocument: { uri, version: ++versions }, contentChanges })

const close = (uri: string): void => client.notify('textDocument/didClose', { textDocument: { uri } })

const ask = <T>(feature: string, uri: string, more: object = {}): Promise<T> => client.result<T>(`textDocument/${feature}`, { textDocument: { uri }, ...more })

const at = (line: number, character: number): { readonly position: Position } => ({ position: { line, character } })

const range = (line: number, character: number, toLine: number, to: number): Range => ({ start: { line, character }, end: { line: toLine, character: to } })

const net = 'model M {\n  input x: [8, 8, 3]\n  y = conv(x, 4)\n  output z = relu(y)\n}\n'
const whole = { range: range(0, 0, 99, 0) }

served('each feature has an answer in the form of the protocol', async () => {
  const uri = uriOf('net.fmw')
  assert.equal((await open(uri, net)).diagnostics, [])
  const hover = await ask<{ readonly contents: { readonly value: string }; readonly range: Range }>('hover', uri, at(2, 7))
  assert.match(hover.contents.value, /112 parameters/)
  assert.equal(hover.range, range(2, 6, 2, 10))
  const items = await ask<readonly { readonly label: string; readonly textEdit: object }[]>('completion', uri, at(2, 8))
  assert.equal(items.find(({ label }) => label === 'conv')!.textEdit, { range: range(2, 6, 2, 10), newText: 'conv' })
  const help = await ask<{ readonly signatures: readonly { readonly label: string }[]; readonly activeParameter: number }>('signatureHelp', uri, at(2, 14))
  assert.match(help.signatures[0]!.label, /^conv\(x: \[H, W, C\], filters: int/)
  assert.is(help.activeParameter, 1)
  assert.equal(await ask('definition', uri, at(3, 18)), [{ uri, range: range(2, 2, 2, 3) }])
  const [library] = await ask<readonly { readonly uri: string }[]>('definition', uri, at(2, 7))
  assert.match(library!.uri, /^file:\/\/.*\/std\/conv\.fmw$/)
  assert.equal(await ask('references', uri, { ...at(2, 2), context: { includeDeclaration: false } }), [{ uri, range: range(3, 18, 3, 19) }])
  assert.equal(await ask('documentHighlight', uri, at(2, 2)), [{ range: range(2, 2, 2, 3), kind: 3 }, { range: range(3, 18, 3, 19), kind: 2 }])
  assert.equal(await ask('prepareRename', uri, at(2, 2)), { range: range(2, 2, 2, 3), placeholder: 'y' })
  const note = client.notification(({ method }) => method === 'window/showMessage', 'note')
  const { changes } = await ask<{ readonly changes: Readonly<Record<string, readonly object[]>> }>('rename', uri, { ...at(2, 2), newName: 'c' })
  assert.equal(changes[uri]!.length, 2)
  assert.match(((await note).params as { readonly message: string }).message, /^Weight paths change: y\/conv\/kernel is now c\/conv\/kernel/)
  const refused = await client.request('textDocument/rename', { textDocument: { uri }, ...at(2, 2), newName: 'x' })
  assert.match(refused.error!.message, /`x` is taken/)
  const [model] = await ask<readonly { readonly name: string; readonly children: readonly object[] }[]>('documentSymbol', uri)
  assert.is(model!.children.length, 3)
  assert.equal(await ask('foldingRange', uri), [{ startLine: 0, endLine: 3 }])
  const [selection] = await ask<readonly { readonly range: Range; readonly parent: { readonly range: Range } }[]>('selectionRange', uri, { positions: [at(2, 7).position] })
  assert.equal(selection!.range, range(2, 6, 2, 10))
  const { data } = await ask<{ readonly data: readonly number[] }>('semanticTokens/full', uri)
  assert.is(data.length % 5, 0)
  const [lens] = await ask<readonly { readonly command: { readonly title: string } }[]>('codeLens', uri)
  assert.is(lens!.command.title, '112 parameters, 3,888 MACs')
  const hints = await ask<readonly { readonly label: string }[]>('inlayHint', uri, whole)
  assert.ok(hints.some(({ label }) => label.includes('[6, 6, 4]')))
  assert.equal(await ask('formatting', uri, { options: { tabSize: 2, insertSpaces: true } }), [])
})

served('changes count in UTF-16, line ends may be those of Windows, and what is outdated is not pushed', async () => {
  const uri = uriOf('changed.fmw')
  const text = '// \u{1f600} a\r\nmodel M {\r\n  input x: [8]\r\n  output y = x\r\n}\r\n'
  await open(uri, text)
  const before = client.told.length
  const { version, diagnostics } = await published(uri, () => {
    change(uri, { range: range(0, 6, 0, 7), text: 'b\r\n// c' })
    change(uri, { range: range(4, 13, 4, 14), text: 'nothing' })
    change(uri, { range: range(4, 13, 4, 20), text: 'none_such' })
  })
  assert.is(version, versions)
  assert.equal(diagnostics.map(({ code, range: place }) => [code, place]), [['name/unknown', range(4, 13, 4, 22)]])
  assert.is(client.told.slice(before).filter(isPublished(uri)).length, 1)
  const edits = await ask<readonly { readonly newText: string }[]>('formatting', uri, { options: {} })
  assert.equal(edits, [])
  const { diagnostics: none } = await published(uri, () => change(uri, { text: text.replaceAll('\r', '') }))
  assert.equal(none, [])
  close(uri)
})

served('quick fixes are edits', async () => {
  const uri = uriOf('fixed.fmw')
  const { diagnostics } = await open(uri, net.replace('relu', 'rellu'))
  assert.equal(diagnostics.map(({ code }) => code), ['name/unknown'])
  const actions = await ask<readonly { readonly title: string; readonly isPreferred: boolean; readonly edit: { readonly changes: Readonly<Record<string, unknown>> } }[]>(
    'codeAction', uri, { range: diagnostics[0]!.range, context: { diagnostics: [] } },
  )
  assert.ok(actions.length > 0)
  assert.equal(actions[0]!.edit.changes[uri], [{ range: range(3, 13, 3, 18), newText: 'relu' }])
  close(uri)
})

served('what is imported is read from the editor first, and from the disk after that', async () => {
  writeFileSync(path.join(folder, 'part.fmw'), 'block Part(x: tensor) -> like x { return relu(x) }\n')
  const uri = uriOf('uses.fmw')
  const uses = 'import { Part } from "./part.fmw"\nmodel M {\n  input x: [8]\n  output y = Part(x)\n}\n'
  assert.equal((await open(uri, uses)).diagnostics, [])
  const part = uriOf('part.fmw')
  const gone = published(uri, () => undefined)
  await open(part, 'block Other(x: tensor) -> like x { return relu(x) }\n')
  assert.equal((await gone).diagnostics.map(({ code }) => code), ['import/unknown-name'])
  const { diagnostics } = await published(uri, () => close(part))
  assert.equal(diagnostics, [])
  const found = await ask<readonly { readonly uri: string }[]>('references', part, { ...at(0, 7), context: { includeDeclaration: true } })
  assert.equal(new Set(found.map((one) => one.uri)), new Set([part, uri]))
  const deleted = await published(uri, () => {
    rmSync(path.join(folder, 'part.fmw'))
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: part, type: 3 }] })
  })
  assert.equal(deleted.diagnostics.map(({ code }) => code), ['import/missing-file'])
  close(uri)
})

served('rules are those of the nearest configuration; of one that is broken the last good ones stay', async () => {
  mkdirSync(path.join(folder, 'own/deep'), { recursive: true })
  const config = path.join(folder, 'own/fmw.config.json')
  writeFileSync(config, '{ "rules": { "lint/unused-value": "error" } }')
  const uri = uriOf('own/deep/net.fmw')
  const changed = (): void => client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: pathToFileURL(config).href, type: 2 }] })
  const first = await open(uri, net.replace('relu(y)', 'relu(x)'))
  const severities = async (next: Promise<Published>): Promise<readonly unknown[]> => (await next).diagnostics.map((one) => (one as unknown as { readonly severity: number }).severity)
  // it is read beside the first answer
  if (first.diagnostics.some((one) => (one as unknown as { readonly severity: number }).severity !== 1)) assert.equal(await severities(published(uri, () => undefined)), [1])
  const refused = client.notification(({ method }) => method === 'window/logMessage', 'refusal')
  writeFileSync(config, '{ "rules": ')
  changed()
  assert.match(((await refused).params as { readonly message: string }).message, /fmw\.config\.json: /)
  assert.equal(await severities(published(uri, () => change(uri, { text: `${net.replace('relu(y)', 'relu(x)')}\n` }))), [1])
  writeFileSync(config, '{ "rules": { "lint/unused-value": "off" } }')
  assert.equal(await severities(published(uri, changed)), [1])
  assert.equal(await severities(published(uri, () => undefined)), [])
  close(uri)
})

served('a text that is in no file', async () => {
  const uri = 'untitled:Untitled-1'
  assert.equal((await open(uri, net)).diagnostics, [])
  assert.equal(await ask('definition', uri, at(3, 18)), [{ uri, range: range(2, 2, 2, 3) }])
  const { diagnostics } = await published(uri, () => change(uri, { text: `import { A } from "./a.fmw"\n${net}` }))
  assert.ok(diagnostics.some(({ code }) => code === 'import/missing-file'))
  close(uri)
})

served('what no client should send has an answer or is logged, and the server lives on', async () => {
  const uri = uriOf('alive.fmw')
  await open(uri, net)
  for (const where of [at(99, 0), at(0, 99_999), at(2, 2 ** 31 - 1)])
    for (const feature of ['hover', 'definition', 'documentHighlight', 'prepareRename']) await client.request(`textDocument/${feature}`, { textDocument: { uri }, ...where })
  for (const other of [uriOf('no/such.fmw'), 'file://elsewhere/x.fmw', 'file:///%', 'nonsense', ''])
    for (const feature of ['hover', 'documentSymbol', 'semanticTokens/full', 'formatting', 'codeLens']) await client.request(`textDocument/${feature}`, { textDocument: { uri: other }, ...at(0, 0) })
  assert.is((await client.request('textDocument/nothing', {})).error!.code, -32601)
  await client.request('textDocument/hover', {})
  await client.request('textDocument/hover', { textDocument: { uri } })
  await client.request('textDocument/codeAction', { textDocument: { uri } })
  const logged = client.notification(({ method }) => method === 'window/logMessage', 'refusal')
  change(uriOf('never-opened.fmw'), { text: '' })
  assert.match(((await logged).params as { readonly message: string }).message, /was never opened/)
  client.notify('textDocument/didOpen', {})
  client.notify('textDocument/didChange', { textDocument: { uri, version: ++versions }, contentChanges: [{ range: null, text: 3 }] })
  client.notify('textDocument/didChange', { textDocument: { uri }, contentChanges: [{ range: { start: {}, end: {} }, text: 'x' }] })
  client.raw('Content-Length: 9\r\n\r\n{"jsonrpc')
  client.raw('Content-Length: 2\r\n\r\n[]')
  client.raw('Content-Length: 4\r\n\r\nnull')
  client.raw('Nonsense\r\n\r\n')
  const { version, diagnostics } = await published(uri, () => change(uri, { text: net.replace('relu', 'rellu') }))
  assert.is(version, versions)
  assert.equal(diagnostics.map(({ code }) => code), ['name/unknown'])
  close(uri)
})

served('it ends when it is told to, and when the editor is gone', async () => {
  const other = new Client(folder)
  await other.result('initialize', { processId: null, rootUri: null, capabilities: {} })
  await other.result('shutdown', null)
  other.notify('exit', {})
  assert.is(await other.exit, 0)
  assert.is(other.stderr.join(''), '')
  const left = new Client(folder)
  await left.result('initialize', { processId: null, rootUri: null, capabilities: {} })
  left.hangUp()
  assert.is(await left.exit, 1)
})

served.run()
