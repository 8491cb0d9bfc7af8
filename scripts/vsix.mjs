// Packages the extension for VS Code with fmw itself, as dist/fmw-<version>.vsix; `npm run build` comes before. Nothing is fetched.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
const target = path.resolve(process.argv[2] ?? path.join(root, 'dist', `fmw-${version}.vsix`))

/** What goes into the extension, by where it lies there. */
const files = {
  'package.json': 'editors/vscode/manifest.json',
  'README.md': 'editors/vscode/README.md',
  'CHANGELOG.md': 'CHANGELOG.md',
  LICENSE: 'LICENSE',
  'icon.png': 'editors/vscode/icon.png',
  'language-configuration.json': 'editors/vscode/language-configuration.json',
  'fmw.tmLanguage.json': 'grammar/fmw.tmLanguage.json',
  'fmw.config.schema.json': 'fmw.config.schema.json',
  'server/fmw.cjs': 'editors/vscode/server.cjs',
  'server/dist/main.cjs': 'dist/main.cjs',
  'server/dist/library': 'dist/library',
  'server/dist/packages': 'dist/packages',
  'server/dist/licences.txt': 'dist/licences.txt',
  'server/std': 'std',
}

const stage = mkdtempSync(path.join(os.tmpdir(), 'fmw-vsix-'))
try {
  for (const [to, from] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(stage, to)), { recursive: true })
    cpSync(path.join(root, from), path.join(stage, to), { recursive: true })
  }
  await build({
    absWorkingDir: root,
    entryPoints: ['editors/vscode/extension.ts'],
    outfile: path.join(stage, 'extension.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    minify: true,
    legalComments: 'eof',
    external: ['vscode'],
    logLevel: 'warning',
  })
  const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce')
  execFileSync(process.execPath, [vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--out', target], { cwd: stage, stdio: ['ignore', 'ignore', 'inherit'] })
} finally {
  rmSync(stage, { recursive: true, force: true })
}
console.log(path.relative(process.cwd(), target))
