// Stands where the extension host puts `vscode`: what the extension registers is kept, everything else of the API is there and does nothing.
const { pathToFileURL } = require('node:url')

const disposable = () => ({ dispose() {} })
const stub = { commands: {}, lenses: [], shown: [], settings: {} }

/** A class, a namespace or an enumeration that nobody looks into. */
const anything = () =>
  new Proxy(class {}, { get: (target, key) => (key in target || typeof key === 'symbol' ? target[key] : /^(?:on|register|create)/.test(key) ? disposable : (target[key] = anything())) })

const known = (members) => new Proxy(members, { get: (target, key) => (key in target ? target[key] : /^(?:on|register|create)/.test(String(key)) ? disposable : undefined) })

class Uri {
  constructor(fsPath) {
    this.fsPath = fsPath
    this.scheme = 'file'
  }
  static file = (path) => new Uri(path)
  static parse = (text) => new Uri(new URL(text).pathname)
  toString() {
    return pathToFileURL(this.fsPath).href
  }
}

class EventEmitter {
  event = disposable
  fire() {}
  dispose() {}
}

class CodeLens {
  constructor(range, command) {
    Object.assign(this, { range, command })
  }
}

const channel = () => ({ appendLine: (text) => stub.shown.push(text), append() {}, show() {}, info() {}, error: (text) => stub.shown.push(text), warn() {}, dispose() {}, onDidChangeLogLevel: disposable })

const own = {
  stub,
  version: '1.91.0',
  Uri,
  EventEmitter,
  CodeLens,
  commands: known({
    registerCommand: (name, run) => {
      stub.commands[name] = run
      return disposable()
    },
  }),
  languages: known({
    match: () => 10,
    registerCodeLensProvider: (_selector, provider) => {
      stub.lenses.push(provider)
      return disposable()
    },
    createDiagnosticCollection: () => ({ set() {}, delete() {}, clear() {}, dispose() {} }),
  }),
  window: known({ createOutputChannel: channel, visibleTextEditors: [], showErrorMessage: (text) => stub.shown.push(text), tabGroups: known({ all: [] }) }),
  workspace: known({
    textDocuments: [],
    notebookDocuments: [],
    workspaceFolders: undefined,
    fs: known({}),
    getConfiguration: (section) => {
      const settings = section === 'fmw' ? stub.settings : {}
      return { ...settings, get: (name, otherwise) => settings[name] ?? otherwise }
    },
    createFileSystemWatcher: () => known({ dispose() {} }),
  }),
  env: known({ language: 'en', appName: 'a stub' }),
  extensions: known({ all: [] }),
}

module.exports = new Proxy(own, { get: (target, key) => (key in target || typeof key === 'symbol' ? target[key] : (target[key] = anything())) })
