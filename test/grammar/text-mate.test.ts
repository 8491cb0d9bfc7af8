import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createHighlighterCore, createJavaScriptRegexEngine, createOnigurumaEngine, type RegexEngine } from 'shiki'
import darkPlus from 'shiki/themes/dark-plus.mjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { keywords } from '../../grammar/tokens.ts'
import { exampleFiles } from '../example-models.ts'

const colours = suite('TextMate grammar')

const exported = createRequire(import.meta.url).resolve('fmw/grammar/fmw.tmLanguage.json')

async function highlighter(engine: RegexEngine | Promise<RegexEngine>) {
  return createHighlighterCore({ engine, themes: [darkPlus], langs: [JSON.parse(readFileSync(exported, 'utf8'))] })
}

/** The pieces of a text with their innermost scopes, as `piece: scope`. */
async function scopesOf(text: string, engine: RegexEngine | Promise<RegexEngine>): Promise<readonly string[]> {
  const shiki = await highlighter(engine)
  const lines = shiki.codeToTokensBase(text, { lang: 'fmw', theme: 'dark-plus', includeExplanation: 'scopeName', tokenizeTimeLimit: 0 })
  shiki.dispose()
  return lines
    .flat()
    .flatMap(({ explanation = [] }) => explanation)
    .map(({ content, scopes }) => `${content.trim()}: ${scopes.at(-1)?.scopeName.replace(/\.fmw$/, '')}`)
}

const oniguruma = (): Promise<RegexEngine> => createOnigurumaEngine(import('shiki/wasm'))

// what stands in them says which scope is where
colours('the marked lines have their colours', () => {
  const files = readdirSync('test/grammar/colours').map((file) => `test/grammar/colours/${file}`)
  const tool = 'node_modules/vscode-tmgrammar-test/dist/unit.js'
  const output = execFileSync(process.execPath, [tool, '-g', 'grammar/fmw.tmLanguage.json', ...files], { encoding: 'utf8' })
  assert.is(output.match(/run success/g)?.length, files.length, output)
})

colours('every keyword is one where it belongs', async () => {
  const text = `import { A as B } from "./a.fmw"
const N = 1
model M {
  input x: [H] where H > 2
  param p: [3] = ones
  state s: [3] = ones
  layer f = freeze B
  require true and false or not none == none
  for i in [] { x = if a then b else c }
  output y
}
block F(x: [H]) -> like x { return x }`
  const found = await scopesOf(text, oniguruma())
  const plain = keywords
    .map((keyword) => String(keyword.PATTERN))
    .filter((word) => !found.some((piece) => new RegExp(`^${word}: (keyword|storage|constant)\\.`).test(piece)))
  assert.equal(plain, [])
})

colours('nothing in the examples is illegal, and every declaration is one', async () => {
  for (const file of exampleFiles) {
    const text = readFileSync(`examples/${file}`, 'utf8')
    const found = await scopesOf(text, oniguruma())
    assert.equal(found.filter((piece) => piece.includes('invalid')), [], file)
    const declared = [...text.matchAll(/^(?:model|block|const) (\w+)/gm)].map(([, name]) => `${name}: entity.name.type`)
    assert.equal(declared.filter((piece) => !found.includes(piece)), [], file)
  }
})

colours('Shiki colours the export of the package, on both of its engines', async () => {
  const text = 'y = x |> conv(8, 3x3, stride: 2) as stem // half'
  for (const engine of [oniguruma(), createJavaScriptRegexEngine()]) {
    assert.equal(
      (await scopesOf(text, engine)).filter((piece) => !piece.startsWith(':')),
      [
        'y: variable.other.declaration',
        '=: keyword.operator',
        'x: variable.other',
        '|>: keyword.operator.pipe',
        'conv: entity.name.function',
        '(: source',
        '8: constant.numeric.integer',
        ',: keyword.operator',
        '3x3: constant.numeric.size',
        ',: keyword.operator',
        'stride: variable.parameter',
        '2: constant.numeric.integer',
        '): source',
        'as: keyword.other.expression',
        'stem: entity.name.label',
        '// half: comment.line.double-slash',
      ],
    )
  }
  const shiki = await highlighter(createJavaScriptRegexEngine())
  const html = shiki.codeToHtml(text, { lang: 'fmw', theme: 'dark-plus', tokenizeTimeLimit: 0 })
  shiki.dispose()
  assert.match(html, /<span style="color:#DCDCAA">\s*conv<\/span>/, html)
})

colours.run()
