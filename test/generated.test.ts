import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { FmwParser } from '../grammar/parser.ts'
import { generatedFiles, staleFiles } from '../scripts/generate/generated-files.ts'
import { catalog } from '../src/compiler/catalog/index.ts'
import { nodeHost } from '../src/cli/files/node-host.ts'
import { Reporter } from '../src/compiler/diagnostics/diagnostics.ts'
import { opPages } from '../src/compiler/library/op-pages.ts'
import { Modules } from '../src/compiler/reading/module.ts'
import { problems } from '../src/runtime/failure/problems.ts'

const generated = suite('generated files')

generated('are what `npm run generate` writes now', () => {
  assert.equal(staleFiles('.'), [])
})

generated('are all missing from an empty folder', () => {
  assert.equal(staleFiles('test/no-such-folder'), [...generatedFiles().keys()])
})

generated('hold a page for each diagnostic, and the index leads to it', () => {
  const files = generatedFiles()
  const index = files.get('docs/errors/README.md')!
  for (const code of [...Object.keys(catalog), ...Object.keys(problems)]) {
    const file = `${code.replace('/', '-')}.md`
    assert.match(files.get(`docs/errors/${file}`) ?? '', `# ${code}\n`)
    assert.ok(index.includes(`[${code}](${file})`), code)
  }
})

generated('hold a page for each op, and the index leads to it', () => {
  const files = generatedFiles()
  const index = files.get('docs/ops/README.md')!
  for (const op of opPages(new Modules(nodeHost, new Reporter())).keys()) {
    assert.match(files.get(`docs/ops/${op}.md`) ?? '', `# ${op}\n`)
    assert.ok(index.includes(`[${op}](${op}.md)`), op)
  }
})

generated('one text names every op and diagnostic, and links to nothing that it does not come with', () => {
  const text = generatedFiles().get('llms.txt')!
  for (const code of [...Object.keys(catalog), ...Object.keys(problems)]) assert.ok(text.includes(`| ${code} |`), code)
  for (const { signature } of opPages(new Modules(nodeHost, new Reporter())).values())
    assert.ok(text.includes(`- \`${signature.replaceAll(/\s+/g, ' ')}\`: `), signature)
  assert.match(text, '## The fmw language: specification\n')
  assert.is(text.match(/^# /gm)?.length, 1)
  assert.not.match(text.replaceAll(/^```[\s\S]*?^```$/gm, '').replaceAll(/`[^`]*`/g, ''), /\]\((?!https?:)/)
})

generated('the types of the tree are those of all productions, with what stands in each', () => {
  const types = generatedFiles().get('grammar/cst.ts')!
  const productions = Object.keys(new FmwParser({ validate: false }).getGAstProductions())
  assert.equal(
    [...types.matchAll(/readonly name: '(\w+)'/g)].map(([, name]) => name),
    productions,
  )
  assert.match(types, "  readonly name: 'member'\n  readonly children: { Dot?: IToken[]; Word?: IToken[] }\n")
  assert.not.match(types, 'children: {  }')
})

generated('the diagrams load nothing from elsewhere', () => {
  const page = generatedFiles().get('grammar/diagrams.html')!
  assert.not.match(page, /<(?:script|link|img)[^>]+(?:src|href)=/)
  assert.match(page, 'window.serializedGrammar')
})

generated.run()
