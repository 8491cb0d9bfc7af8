// The licences of the packages of which there is code in the bundles: they ask to go with it.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Writes the name, version and licence of each package that the bundles hold something of. */
export function writeLicences(file, metafiles) {
  const inputs = metafiles.flatMap(({ outputs }) => Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs)))
  const folders = [...new Set(inputs.flatMap((input) => folderOf(input) ?? []))].sort()
  writeFileSync(file, folders.map(licenceOf).join(`\n${'-'.repeat(80)}\n\n`))
}

const folderOf = (input) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0]

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
  const texts = readdirSync(folder).filter((one) => /^(?:licen[cs]e|copying)/i.test(one))
  const text = texts.map((one) => readFileSync(path.join(folder, one), 'utf8').trim())
  return `${name} ${version} (${license})\n\n${text.join('\n\n')}\n`
}
