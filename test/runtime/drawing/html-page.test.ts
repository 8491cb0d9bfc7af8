import { Buffer } from 'node:buffer'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createCanvas } from '../../../src/runtime/drawing/canvas.ts'
import { htmlPage } from '../../../src/runtime/drawing/html-page.ts'
import { pixelsOf } from './pixels.ts'
import { assertSelfContained, assertWellFormed } from './well-formed.ts'

const s = suite('html pages')

const page = htmlPage('A <model> & "more"', 'What it does: a < b.', [
  {
    title: 'c1/mul',
    captions: ['[2, 2, 1] from 0 to 1'],
    alt: '1 map, "the" first',
    light: createCanvas(3, 2).toPng(),
    dark: createCanvas(3, 2, [0, 0, 0]).toPng(),
  },
])

s('a page is well-formed, with every text escaped', () => {
  assertWellFormed(page)
  assert.match(page, '<h1>A &lt;model&gt; &amp; &quot;more&quot;</h1>')
  assert.match(page, 'alt="1 map, &quot;the&quot; first"')
})

s('a page loads nothing', () => assertSelfContained(page))

s('a page has a picture for light and one for dark surroundings, and says its language', () => {
  const [dark, light] = [...page.matchAll(/base64,([^"]+)"/g)].map(([, base64]) => pixelsOf(Buffer.from(base64!, 'base64')))
  assert.equal([dark!.at(0, 0), light!.at(2, 1)], [[0, 0, 0], [255, 255, 255]])
  assert.match(page, '<source media="(prefers-color-scheme: dark)" srcset=')
  assert.match(page, '@media (prefers-color-scheme: dark)')
  assert.match(page, '<html lang="en">')
})

s.run()
