import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { OpenedDataset } from '../../src/runtime/data/opened-dataset.ts'
import { graphOf } from '../compile-text.ts'
import { answers, array, complaints, opened, three, type Opening } from './samples.ts'

const s = suite('samples in CSV files')

const pair = graphOf('model Pair {\n  input x: [2]\n  output y = x |> dense(2)\n}')
const single = graphOf('model Single {\n  input x: [2]\n  output y = x |> dense(1)\n}')

const reported = (text: string, graph = pair, opening: Partial<Opening> = {}) =>
  complaints({ 'x.csv': text }, graph, { data: 'x.csv', ...opening })

/** What a column says, with where it stands but for the folder. */
const told = (dataset: OpenedDataset) => {
  const { cells, ...others } = answers(dataset)
  return { ...others, cells: [cells!.columns, cells!.lines] }
}

const wrongTable = (reason: string): string => `data/csv: x.csv: this is no table of samples: ${reason}`

s('the column label holds the labels, the others the elements in their order', () =>
  opened({ 'x.csv': 'a,label,b\n1,0,-2.5\n1e2,1, 4 \n' }, pair, { data: 'x.csv' }, async (dataset) => {
    assert.is(dataset.size, 2)
    assert.equal(told(dataset), { kind: 'labels', data: array([2], [0, 1]), name: 'label', cells: [['label'], [2, 3]] })
    assert.equal(await dataset.read([1, 0]), { inputs: { x: array([2, 2], [100, 4, 1, -2.5]) }, targets: { y: array([2], [1, 0]) } })
  }))

s('a map is filled row by row', () =>
  opened({ 'x.csv': 'label,a,b,c,d,e,f\n2,1,2,3,4,5,6\n' }, three, { data: 'x.csv' }, async ({ read }) => {
    assert.equal((await read([0])).inputs['image'], array([1, 2, 3, 1], [1, 2, 3, 4, 5, 6]))
  }))

s('without a column label the last one is taken, and that is said', async () => {
  const notes: string[] = []
  await opened({ 'x.csv': 'a,b,species\n1,2,0\n' }, pair, { data: 'x.csv', note: (text) => notes.push(text) }, (dataset) =>
    assert.equal(answers(dataset).data, array([1], [0])),
  )
  assert.match(notes.join(), /x\.csv: no column is called label, so the last one, species, is taken for it$/)
})

s('texts are classes, sorted by name', () =>
  opened({ 'x.csv': 'a,b,label\n1,2,rose\n3,4,"lily, white"\n5,6,rose\n' }, pair, { data: 'x.csv' }, (dataset) => {
    assert.equal(answers(dataset).classes, ['lily, white', 'rose'])
    assert.equal(answers(dataset).data, array([3], [1, 0, 1]))
  }))

s('two classes are the values 0 and 1 of an output of one value', () =>
  opened({ 'x.csv': 'a,b,label\n1,2,yes\n3,4,no\n' }, single, { data: 'x.csv' }, (dataset) => {
    assert.equal(told(dataset), { kind: 'values', classes: ['no', 'yes'], data: array([2, 1], [1, 0]), name: 'label', cells: [['label'], [2, 3]] })
  }))

s('numbers are the values of an output of one value', () =>
  opened({ 'x.csv': 'a,b,label\n1,2,0.25\n3,4,-7\n' }, single, { data: 'x.csv' }, (dataset) => {
    assert.equal(told(dataset), { kind: 'values', data: array([2, 1], [0.25, -7]), name: 'label', cells: [['label'], [2, 3]] })
  }))

s('several columns are the values of an output: those that are asked for, those of its name, or those that are left over', async () => {
  const values = array([2, 2], [0.5, 6, 0.25, 8])
  const rows = (header: string, from?: string): Promise<void> =>
    opened({ 'x.csv': `${header}\n1,0.5,2,6\n3,0.25,4,8\n` }, pair, { data: 'x.csv', targets: [{ output: 'y', ...(from !== undefined && { from }) }] }, async ({ read, targets }) => {
      assert.equal([targets['y']!.kind, targets['y']!.data], ['values', values])
      assert.equal((await read([1])).inputs['x'], array([1, 2], [3, 4]))
    })
  await rows('a,u,b,v', 'u,v')
  await rows('a,y_first,b,y_second')
  const notes: string[] = []
  await opened({ 'x.csv': 'a,b,u,v\n1,2,0.5,6\n3,4,0.25,8\n' }, pair, { data: 'x.csv', note: (text) => notes.push(text) }, ({ targets }) => assert.equal(targets['y']!.data, values))
  assert.match(notes.join(), 'no column is called label, so the last 2, u, v, are taken for it')
  assert.match((await reported('a,u,b,v\n1,2,3,x\n', pair, { targets: [{ output: 'y', from: 'u,v' }] })).join(), 'line 2: v is "x", which is no number')
})

s('the elements of an input may be what an output should be, and several outputs have a column each', async () => {
  await opened({ 'x.csv': 'a,b\n1,2\n3,4\n' }, pair, { data: 'x.csv', targets: [{ output: 'y', from: 'x' }] }, async ({ read }) => {
    assert.equal(await read([1]), { inputs: { x: array([1, 2], [3, 4]) }, targets: { y: array([1, 2], [3, 4]) } })
  })
  const two = graphOf('model Two {\n  input x: [2]\n  output kind = x |> dense(2)\n  output size = x |> dense(1)\n}')
  const targets = [{ output: 'kind' }, { output: 'size' }]
  await opened({ 'x.csv': 'size,a,kind,b\n7,1,big,2\n3,3,small,4\n' }, two, { data: 'x.csv', targets }, async ({ read, targets: found }) => {
    assert.equal(found['kind']!.classes, ['big', 'small'])
    assert.equal(await read([1]), { inputs: { x: array([1, 2], [3, 4]) }, targets: { kind: array([1], [1]), size: array([1, 1], [3]) } })
  })
  assert.equal(await reported('a,b,kind\n1,2,0\n', two, { targets }), [wrongTable('no column is called size or label, to say what size should be: there are a, b, kind, and --target size:COLUMN names one')])
})

s('semicolons and tabs separate the fields where the first line has no comma', async () => {
  for (const separator of [';', '\t']) {
    await opened({ 'x.csv': ['a,b,label', '1,2,1'].join('\n').replaceAll(',', separator) }, pair, { data: 'x.csv' }, async ({ read }) => {
      assert.equal(await read([0]), { inputs: { x: array([1, 2], [1, 2]) }, targets: { y: array([1], [1]) } })
    })
  }
})

s('what separates the fields is looked for outside of quotes and below empty lines, and is a tab in a .tsv', async () => {
  const read = (name: string, text: string): Promise<void> =>
    opened({ [name]: text }, pair, { data: name }, async ({ read: take, targets }) => {
      assert.equal([(await take([0])).inputs['x'], [...targets['y']!.data.values]], [array([1, 2], [1, 2]), [1]])
    })
  await read('x.csv', '\r\n"a, in cm";"b ""c"", d";label\r\n1;2;1\r\n')
  await read('x.tsv', 'a, in cm\tb\tlabel\n1\t2\t1\n')
  await read('x.TSV', 'a\tb; c\tlabel\n1\t2\t1\n')
})

s('quotes, byte order mark, CRLF and empty lines are read as RFC 4180 and spreadsheets write them', () =>
  opened({ 'x.csv': '\ufeff"a ""1""",b,label\r\n"1",2,0\r\n\r\n3,4,1\r\n' }, pair, { data: 'x.csv' }, async ({ read }) => {
    assert.equal((await read([0, 1])).inputs['x'], array([2, 2], [1, 2, 3, 4]))
  }))

s('every row that does not fit is counted, and the first few are named by their lines', async () => {
  assert.equal(await reported('a,b,label\n1,2\n1,two,0\n\n1,2,\n1,,0\n1,1e39,0\n1,NaN,0\n1,2,0\n'), [
    wrongTable('6 of its 7 rows do not fit'),
    '= line 2: it has 2 fields, and there are 3 columns',
    '= line 3: b is "two", which is no number',
    '= line 5: label is empty',
    '= line 6: b is empty',
    '= line 7: b is "1e39", which is no number',
    '= and 1 more',
  ])
})

s('quotes that do not match are reported with their line', async () => {
  const [message] = await reported('a,b,label\n"1,2,0\n')
  assert.match(message!, /^data\/csv: x\.csv: this is no table of samples: Quote Not Closed.*line 2/)
})

s('a first line that does not name the right columns says what is wrong', async () => {
  assert.equal(await reported('1,2,0\n3,4,1\n'), [wrongTable('its first line holds numbers, and it must name the columns')])
  assert.equal(await reported('label,a,label\n1,2,3\n'), [wrongTable('two columns are called label')])
  assert.equal(await reported('a,label\n1,2\n'), [
    wrongTable('the input x [2] takes 2 columns besides label, and there are 1: a'),
  ])
  assert.equal(await reported(',a,b,label\n0,1,2,0\n'), [wrongTable('the input x [2] takes 2 columns besides label, and there are 3: one without a name, a, b')])
})

s('a file without rows has nothing to learn from', async () => {
  for (const text of ['', 'a,b,label\n']) {
    assert.equal(await reported(text), [
      'data/empty: x.csv: there is nothing to learn from: the file has no rows below the names of the columns',
    ])
  }
})

s('another number of classes than the output tells apart is reported with the classes', async () => {
  assert.equal(await reported('a,b,label\n1,2,x\n1,2,y\n1,2,z\n'), [
    'data/classes: x.csv: it has 3 classes, and the output y tells 2 apart',
    '= the classes are x, y, z',
  ])
  assert.equal((await reported('a,b,label\n1,2,x\n', single)).length, 2)
})

s('of too many classes the rarest is named with what it may be, and where it stands', async () => {
  assert.equal(await reported('a,b,label\n1,2,cross\n1,2,disk\n1,2,crss\n1,2,cross\n1,2,disk\n'), [
    'data/classes: x.csv: it has 3 classes, and the output y tells 2 apart',
    '= the classes are cross, crss, disk',
    '= the rarest is crss, 1 of 5, first in line 4: label (did you mean cross?)',
  ])
  assert.equal(await reported('a,b,label\n1,2,cross\n'), ['data/classes: x.csv: it has 1 class, and the output y tells 2 apart', '= the classes are cross'])
  assert.match((await reported('a,b,label\n1,2,Disk\n', pair, { targets: [{ output: 'y', classes: ['cross', 'disk'] }] })).join(), 'there are samples of Disk (did you mean disk?), and the classes are cross, disk')
})

s('labels that reach the number of classes and have no 0 may be counted from 1', async () => {
  assert.match((await reported('a,b,label\n1,2,1\n1,2,2\n')).join(), '= counted from 1? subtract one: label - 1')
})

s('labels that are no classes are named by their line and column', async () => {
  assert.equal(await reported('a,b,label\n1,2,0\n1,2,2\n1,2,0.3\n'), [
    'data/label: x.csv: 1 of 3 labels are no whole numbers',
    '= line 4: label is 0.3',
    'data/label: x.csv: 1 of 3 labels are outside 0 to 1, the classes of the output y',
    '= line 3: label is 2',
  ])
  assert.match(
    (await reported('a,b,label\n1,2,nan\n', single)).join(),
    'data/value: x.csv: 1 of 1 values of label are no finite numbers,= line 2: label is NaN',
  )
  assert.equal(await reported('a,b,u,v\n1,2,0,1\n\n1,2,3,Infinity\n', pair, { targets: [{ output: 'y', from: 'u,v' }] }), [
    wrongTable('1 of its 2 rows do not fit'),
    '= line 4: v is "Infinity", which is no number',
  ])
  assert.equal(await reported('a,b,u,v\n1,2,0,1\n\n1,2,3,nan\n', pair, { targets: [{ output: 'y', from: 'u,v', ignored: 3 }] }), [
    wrongTable('1 of its 2 rows do not fit'),
    '= line 4: v is "nan", which is no number',
  ])
})

s('a text among numbers is a slip, which is named where too many classes come of it; a missing name is none', async () => {
  const rows = ['0.5', '"1,200"', '0.25', '7'].map((value) => `1,2,${value}\n`).join('')
  assert.equal(await reported(`a,b,label\n${rows}`, single), [
    'data/classes: x.csv: it has 4 classes, and the output y tells 2 apart',
    '= the classes are 0.25, 0.5, 1,200, 7',
    '= line 3: label is "1,200", which is no number: numbers are written as 1234.5',
  ])
  assert.equal(await reported('a;b;label\n1,5;1 000;0\n', pair), [wrongTable('1 of its 1 rows do not fit'), '= line 2: a is "1,5", which is no number: numbers are written as 1234.5'])
  assert.equal(await reported('a,b,label\n1,2,ant\n1,2,NaN\n', pair), ['data/label: x.csv: 1 of 2 labels are missing', '= line 3: label is NaN', '= what is missing is left out with --ignore nan'])
})

s('a name that other programs write for what is missing is said, with its line', async () => {
  const notes: string[] = []
  await opened({ 'x.csv': 'a,b,label\n1,2,ant\n\n1,2,NA\n' }, pair, { data: 'x.csv', note: (text) => notes.push(text) }, (dataset) => assert.equal(answers(dataset).classes, ['NA', 'ant']))
  assert.match(notes.join(), /x\.csv: line 4: label is "NA", which is taken for the name of a class$/)
})

s('rows have no shape: an input of symbolic size cannot be filled from them', async () => {
  const anySize = graphOf('model Any {\n  input x: [H, W, 1]\n  output y = x |> conv(2, 1x1)\n}')
  assert.match((await reported('a,label\n1,2\n', anySize)).join(), 'the input x [H, W, 1] has no fixed size; give a .npz file')
})

const known = (...classes: readonly string[]) => ({ targets: [{ output: 'y', classes }] })

s('numbers are names where classes that are known are called by numbers, however they are written', async () => {
  const read = (rows: string, classes: readonly string[]) => {
    let found: unknown
    return opened({ 'x.csv': `a,b,label\n${rows}` }, pair, { data: 'x.csv', ...known(...classes) }, (dataset) => {
      found = [answers(dataset).classes, [...answers(dataset).data.values]]
    }).then(() => found)
  }
  assert.equal(await read('1,2,1\n3,4,2\n5,6,1.0\n', ['1', '2']), [['1', '2'], [0, 1, 0]])
  assert.equal(await read('1,2,10\n3,4,2\n', ['2', '10']), [['2', '10'], [1, 0]])
  assert.equal(await reported('a,b,label\n1,2,0\n1,2,1\n', pair, known('1', '2')), ['data/other-classes: x.csv: there are samples of 0, and the classes are 1, 2', '= line 2: label is "0"'])
})

s('numbers are positions where no class is called by one, which is said', async () => {
  const notes: string[] = []
  await opened({ 'x.csv': 'a,b,label\n1,2,1\n3,4,0\n' }, pair, { data: 'x.csv', ...known('ant', 'bee'), note: (text) => notes.push(text) }, (dataset) => assert.equal(answers(dataset).data, array([2], [1, 0])))
  assert.match(notes.join(), 'x.csv: the numbers of label are taken for positions of the classes: 0 is ant, 1 is bee')
})

s('letters of another coding are refused with their line, as two classes would become one', async () => {
  const latin = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0))
  assert.equal(await complaints({ 'x.csv': latin('a,b,label\n1,2,z\xe4h\n1,2,z\xfch\n') }, pair, { data: 'x.csv' }), [
    wrongTable('x.csv:2:6: this is no text in UTF-8'),
    '= save the table as UTF-8 (in a spreadsheet: CSV UTF-8)',
  ])
})

s('what is ignored may be empty, nan or a number, among numbers and among names', async () => {
  const labels = async (fields: readonly string[], ignored: number): Promise<unknown> => {
    let found: unknown
    await opened({ 'x.csv': `a,b,label\n${fields.map((field) => `1,2,${field}\n`).join('')}` }, pair, { data: 'x.csv', targets: [{ output: 'y', ignored }] }, (dataset) => {
      found = [answers(dataset).classes, [...answers(dataset).data.values]]
    })
    return found
  }
  assert.equal(await labels(['1', 'nan', '', '0'], NaN), [undefined, [1, NaN, NaN, 0]])
  assert.equal(await labels(['ant', '', 'bee', 'NaN'], NaN), [['ant', 'bee'], [0, NaN, 1, NaN]])
  assert.equal(await labels(['ant', '-1', 'bee'], -1), [['ant', 'bee'], [0, -1, 1]])
  await opened({ 'x.csv': 'a,b,u,v\n1,2,0.5,\n3,4,nan,2\n' }, pair, { data: 'x.csv', targets: [{ output: 'y', from: 'u,v', ignored: NaN }] }, (dataset) =>
    assert.equal([...answers(dataset).data.values], [0.5, NaN, NaN, 2]),
  )
  assert.match((await reported('a,b,label\n1,,0\n', pair, { targets: [{ output: 'y', ignored: NaN }] })).join(), 'line 2: b is empty')
})

s.run()
