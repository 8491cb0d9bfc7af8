import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { modelIdOf } from '../../src/unplugin/model-id.ts'

const s = suite('what is imported')

s('a path that ends in .fmw is a model', () => {
  assert.equal(modelIdOf('/a/b.fmw'), { file: '/a/b.fmw', set: {} })
  assert.is(modelIdOf('/a/b.fmw.ts'), undefined)
  assert.is(modelIdOf('/a/b.ts?c.fmw'), undefined)
})

s('set gives parameters, as often as it stands there', () => {
  assert.equal(modelIdOf('b.fmw?set=classes=2&set=width=8')?.set, { classes: '2', width: '8' })
  assert.equal(modelIdOf('b.fmw?t=17000&set=shape=%5B2%2C%203%5D')?.set, { shape: '[2, 3]' })
  assert.equal(modelIdOf('b.fmw?set=sum=1+2')?.set, { sum: '1+2' })
  assert.equal(modelIdOf('b.fmw?set=same=(1==1)')?.set, { same: '(1==1)' })
})

s('what asks for the text or the address of the file is left to the bundler', () => {
  for (const query of ['raw', 'url', 'import&raw']) assert.is(modelIdOf(`b.fmw?${query}`), undefined, query)
})

s.run()
