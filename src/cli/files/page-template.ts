import { Buffer } from 'node:buffer'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { emit } from '../../index.ts'
import { shipped } from '../../runtime/files/shipped.ts'

interface TemplateFile {
  /** In the project. */
  readonly path: string
  readonly bytes: Uint8Array
}

/** The network of the page, from the examples, with what it imports and its weights. */
const network = 'lenet5.fmw'
const withIt = [network, 'digits.fmw', 'lenet5.safetensors']

/** The files of a project with a page; `{{name}}` in them is its name, `{{version}}` that of fmw. */
export async function pageTemplate(facts: { readonly name: string; readonly version: string }): Promise<readonly TemplateFile[]> {
  const folder = shipped('templates/page')
  const own = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => statSync(path.join(folder, file)).isFile())
  const filled = own.map((file) => ({
    // npm leaves files of that name out of packages
    path: file === 'gitignore' ? '.gitignore' : file,
    bytes: Buffer.from(
      readFileSync(path.join(folder, file), 'utf8').replaceAll('{{name}}', facts.name).replaceAll('{{version}}', facts.version),
    ),
  }))
  const copied = withIt.map((file) => ({ path: path.join('src', file), bytes: readFileSync(shipped(`examples/${file}`)) }))
  return [...filled, ...copied, ...(await typesOf())].sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** The types of the network, as the plugin of the page's bundler writes them. */
async function typesOf(): Promise<readonly TemplateFile[]> {
  const file = shipped(`examples/${network}`)
  const { files } = await emit(readFileSync(file, 'utf8'), { file, target: 'types' })
  return files.map((one) => ({ path: path.join('src', one.path), bytes: Buffer.from(one.text) }))
}
