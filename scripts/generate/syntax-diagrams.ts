import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createSyntaxDiagramsCode } from 'chevrotain'
import { FmwParser } from '../../grammar/parser.ts'

/** The drawing code that chevrotain ships beside its library, outside of its exports. */
const drawing = path.join(path.dirname(fileURLToPath(import.meta.resolve('chevrotain'))), '../../diagrams')

const read = (file: string): string => readFileSync(path.join(drawing, file), 'utf8').trim()

const head = `<!DOCTYPE html>
<!-- Generated from grammar/parser.ts by scripts/generate.ts. Drawn by chevrotain (Apache-2.0) with railroad-diagrams by Tab Atkins Jr. (CC0). -->
<html lang="en">
<title>The grammar of fmw</title>
<meta charset="utf-8">`

/** The railroad diagrams of the grammar as one page that loads nothing. */
export function syntaxDiagrams(): string {
  const grammar = new FmwParser({ validate: false }).getSerializedGastProductions()
  return createSyntaxDiagramsCode(grammar, { resourceBase: '', css: 'diagrams.css' })
    .replace(/^[^]*?<meta charset="utf-8">/, () => head)
    .replace(/<link rel='stylesheet' href='([^']+)'>/g, (_, file: string) => `<style>\n${read(file)}\n</style>`)
    .replace(/<script src='([^']+)'><\/script>/g, (_, file: string) => `<script>\n${read(file)}\n</script>`)
    .replace(/[ \t]+$/gm, '')
    .trimEnd()
    .concat('\n')
}
