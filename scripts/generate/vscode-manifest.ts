import { catalog, isCode } from '../../src/compiler/catalog/index.ts'
import { rules as lintRules } from '../../src/compiler/lint/index.ts'
import type { LintCode } from '../../src/compiler/lint/level.ts'
import { isLint } from '../../src/compiler/lint/lint.ts'
import metadata from '../../package.json' with { type: 'json' }

const ruleCodes = Object.keys(catalog).filter(isCode).filter(isLint)
const silent = new Set<string>(lintRules.filter(({ level }) => level === 'off').map(({ code }) => code))

/** The manifest of the extension for VS Code, with the version of fmw and a setting for each rule of the linter. */
export const vscodeManifest = (): string => `${JSON.stringify(manifest(), null, 2)}\n`

const manifest = () => ({
  name: 'fmw',
  displayName: 'fmw: networks of feature maps',
  description: 'Shapes, diagnostics with fixes, completion and colours for .fmw files.',
  version: metadata.version,
  publisher: 'fmw',
  license: metadata.license,
  icon: 'icon.png',
  categories: ['Programming Languages', 'Linters', 'Formatters', 'Machine Learning'],
  engines: { vscode: '^1.91.0' },
  main: './extension.cjs',
  files: ['**'],
  activationEvents: [],
  contributes: {
    languages: [
      {
        id: 'fmw',
        aliases: ['fmw'],
        extensions: ['.fmw'],
        configuration: './language-configuration.json',
        icon: { light: './icon.png', dark: './icon.png' },
      },
    ],
    grammars: [{ language: 'fmw', scopeName: 'source.fmw', path: './fmw.tmLanguage.json' }],
    jsonValidation: [{ fileMatch: 'fmw.config.json', url: './fmw.config.schema.json' }],
    commands: [{ command: 'fmw.summary', title: 'Summary of this Model', category: 'fmw', enablement: 'editorLangId == fmw' }],
    menus: { commandPalette: [{ command: 'fmw.summary', when: 'editorLangId == fmw' }] },
    configuration: { title: 'fmw', properties: settings() },
    configurationDefaults: { '[fmw]': { 'editor.tabSize': 2, 'editor.insertSpaces': true } },
  },
})

const settings = () => ({
  'fmw.path': {
    type: 'string',
    default: '',
    scope: 'machine-overridable',
    description: 'The fmw command to use, as a path to it. Empty: the fmw that comes with this extension.',
  },
  'fmw.inlayHints.shapes': { type: 'boolean', default: true, description: 'Show shapes behind names and between the steps of a pipe.' },
  'fmw.inlayHints.parameterNames': { type: 'boolean', default: false, description: 'Show the names of parameters before arguments by position.' },
  'fmw.rules': {
    type: 'object',
    default: {},
    markdownDescription: 'What findings of the linter are, by rule. Levels in a file `fmw.config.json` win.',
    additionalProperties: false,
    properties: Object.fromEntries(ruleCodes.map((code) => [code, level(code)])),
  },
})

const level = (code: LintCode) => ({
  enum: ['off', 'warning', 'error'],
  default: silent.has(code) ? 'off' : 'warning',
  description: catalog[code].message,
})
