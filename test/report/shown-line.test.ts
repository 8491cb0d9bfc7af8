import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { screenWidth } from '../../src/compiler/text/screen-width.ts'
import { shownLine, withoutCommands } from '../../src/compiler/report/shown-line.ts'

const s = suite('lines as a screen shows them')

const at = (first: number, mistake?: number) => ({ first, mistake })

s('a line that fits is shown as it is, tabs as two columns', () => {
  const { text, columnOf, shows } = shownLine('\ta = \tb', at(1), 10, '…')
  assert.equal([text, columnOf(0), columnOf(1), columnOf(6), columnOf(7)], ['  a =   b', 0, 2, 8, 9])
  assert.ok([0, 6, 7].every(shows))
})

s('a line that is too long is cut around what is wanted, the mistake before other marks', () => {
  const line = Array.from({ length: 100 }, (_, i) => String(i % 10)).join('')
  assert.is(shownLine(line, at(0), 20, '…').text, '0123456789012345678…')
  assert.is(shownLine(line, at(50), 20, '…').text, '…678901234567890123…')
  assert.is(shownLine(line, at(0, 50), 20, '…').text, '…678901234567890123…')
  assert.is(shownLine(line, at(46, 50), 20, '...').text, '...34567890123456...')
  assert.is(shownLine(line, at(99), 20, '…').text, '…234567890123456789')
})

s('the column of a place is where it is shown, and what is cut off is not', () => {
  const line = 'x'.repeat(50) + 'here' + 'y'.repeat(50)
  const { text, columnOf, shows } = shownLine(line, at(50), 20, '…')
  assert.is(text.slice(columnOf(50), columnOf(54)), 'here')
  assert.equal([0, 45, 46, 63, 64, 104].map(shows), [false, false, true, true, false, false])
  assert.equal([columnOf(0), columnOf(104)], [1, 19])
})

s('a line of any signs takes no more columns than there are, and no sign is cut in two', () => {
  for (const sign of ['a', '画', '😀', 'e\u0301', '\t', 'a😀']) {
    const line = sign.repeat(80)
    for (let room = 20; room < 40; room++) {
      for (const start of [0, 7, 60]) {
        const offset = start * sign.length
        const { text, columnOf } = shownLine(line, at(offset), room, '…')
        assert.ok(screenWidth(text) <= room, `${screenWidth(text)} columns of ${room}: ${text}`)
        assert.not.match(text, /\p{Cs}/u)
        assert.ok(columnOf(offset) < room)
      }
    }
  }
})

s('a terminal is given no command, and no other direction of writing', () => {
  assert.is(withoutCommands('a\x1b[31mb\u202ec\rd\x07'), 'a\uFFFD[31mb\uFFFDc\uFFFDd\uFFFD')
  assert.is(withoutCommands('größe 画 😀\n'), 'größe 画 😀\n')
})

s.run()
