import path from 'node:path'
import { printShape } from '../../compiler/dim/print.ts'
import type { Graph } from '../../compiler/graph/graph.ts'
import { failIfAny, Failure, problem } from '../failure/failure.ts'
import { columnTarget } from './column-target.ts'
import { eachCsvRecord } from './csv-records.ts'
import { answerFault, refuseRows, withoutRows } from './csv-samples.ts'
import { decodePictures, type Picture } from './decode-pictures.ts'
import { digestPart, endDigest, startDigest } from './digest.ts'
import { isNumeral } from './is-number.ts'
import { namesIn } from './names-in.ts'
import { isOfPictures, usualNames } from './names-pictures.ts'
import { neededColumns } from './needed-columns.ts'
import { noteConversions } from './note-conversions.ts'
import type { DatasetOptions, OpenedDataset, Target } from './opened-dataset.ts'
import { budget } from './open-pictures.ts'
import { pictureDataset, type PictureTarget } from './picture-dataset.ts'
import { pictureInput, type PictureInput } from './picture-input.ts'
import { sharedClasses } from './shared-classes.ts'
import { targetColumns, type NeededColumns } from './table-columns.ts'

interface Row {
  readonly fields: readonly string[]
  readonly line: number
}

interface Table {
  readonly names: readonly string[]
  /** Those that have as many fields as there are columns. */
  readonly rows: readonly Row[]
  /** What is wrong with the others. */
  readonly faults: readonly Fault[]
}

interface Fault {
  readonly line: number
  readonly fault: string
}

interface Source {
  /** The name of the table in what is reported. */
  readonly file: string
  /** What the names of files are seen from. */
  readonly folder: string
  /** Of the files in it by what they may be called, where the table is about this folder. */
  readonly names?: ReadonlyMap<string, string>
}

/**
 * Pictures by the names of their files in the columns of a table, with the other columns for what outputs should be: labels, values, or
 * the names of masks.
 *
 * @throws Failure `data/csv` with the lines that do not fit, and all that a folder of pictures may have
 */
export async function openPictureTable(bytes: Uint8Array, source: Source, graph: Graph, options: DatasetOptions, memory: number = budget): Promise<OpenedDataset> {
  const { file, folder } = source
  const { targets, note } = options
  const resize = options.resize !== false
  const table = readTable(bytes, file)
  checkMaps(graph, file)
  const inputs = graph.inputs.map((node) => pictureInput(node, file, resize))
  const asked = targets.filter(({ from }) => !inputs.some(({ name }) => name === from))
  const { ofInputs, ofTargets } = columnsOf(table, inputs, asked, graph, source, note)
  const fields = (columns: readonly number[]): readonly string[] => table.rows.flatMap((row) => columns.map((column) => plainName(row.fields[column]!)))
  // the files of a folder are looked up only where their names are not whole: it may be a large one
  const known = source.names ?? (fields(ofInputs).every((name) => path.extname(name) === '') ? await namesIn(folder) : undefined)
  const pathOf = (field: string): string => {
    const name = plainName(field)
    return path.isAbsolute(name) ? name : path.join(folder, known?.get(name) ?? name)
  }
  const fine = wholeRows(table, { ofInputs, ofTargets }, pathOf, targets[0]?.ignored)
  if (source.names) noteWithoutRow(source.names, table.rows.flatMap((row) => ofInputs.map((column) => pathOf(row.fields[column]!))), source, note)
  note(`${file}: reading the pictures of ${fine.rows.length} rows`)

  const read: ReadColumn[] = []
  for (const [i, input] of inputs.entries()) {
    const files = fine.rows.map(({ fields }) => pathOf(fields[ofInputs[i]!]!))
    read.push(await readColumn(files, input, resize, memory / inputs.length))
  }
  for (const { conversions } of read) noteConversions(conversions, note)
  const unread = fine.rows.flatMap(({ line }, row) => {
    const [fault] = read.flatMap(({ faults }) => faults[row] ?? [])
    return fault === undefined ? [] : [{ line, fault }]
  })
  const faults = [...fine.faults, ...unread].sort((a, b) => a.line - b.line)
  const isMissing = read.some((column) => column.isMissing)
  const seen = `the files are seen from ${folder}${path.relative(folder, path.dirname(file)) === '' ? '' : `; --data ${file} sees them from the folder of the table`}`
  refuseRows(faults.map(({ line, fault }) => `line ${line}: ${fault}`), fine.rows.length - unread.length, file, isMissing ? [seen] : [])
  if (fine.rows.length === 0) throw new Failure([withoutRows(file)])
  const columnsOfTarget = (i: number): readonly number[] | undefined => ofTargets[asked.indexOf(targets[i]!)]
  const answers = sharedClasses(targets, (_, i) => columnsOfTarget(i)?.join()).map((target, i): PictureTarget => {
    const columns = columnsOfTarget(i)
    if (!columns) return { target, own: target.from! }
    const fields = fine.rows.map((row) => columns.map((column) => row.fields[column]!.trim()))
    const cells = { file, lines: fine.rows.map(({ line }) => line), columns: columns.map((column) => table.names[column]!) }
    if (columns.length === 1 && isOfPictures(fields.flat())) return { target, masks: fields.flat().map(pathOf), name: cells.columns.join(), lines: cells.lines }
    return columnTarget(fields, { target, graph, cells, note })
  })
  const hash = startDigest()
  for (const { input, digest } of read) digestPart(hash, input.name, digest)
  return pictureDataset({ inputs: read, targets: answers, digest: endDigest(hash), file }, graph, options)
}

/** @throws Failure `data/source` where another input is no map */
function checkMaps({ name, inputs }: Graph, file: string): void {
  const other = inputs.find(({ type: { shape } }) => shape.length !== 3)
  if (inputs.length < 2 || !other) return
  const reason = `it has pictures, and the input ${other.name} of ${name} is ${printShape(other.type.shape)}; a .npz file has an array for each input, of pictures and of numbers`
  throw new Failure([problem('data/source', { reason }, { file })])
}

/** The pictures of the folder that the table does not name: a table may be of a part of them, or may have lost rows. */
function noteWithoutRow(known: ReadonlyMap<string, string>, named: readonly string[], { file, folder }: Source, note: (text: string) => void): void {
  const all = [...new Set(known.values())].filter((name) => isOfPictures([name]))
  const used = new Set(named.map((name) => path.resolve(name)))
  const left = all.filter((name) => !used.has(path.resolve(folder, name)))
  if (left.length > 0) note(`${file}: ${left.length} of the ${all.length} pictures in ${folder} ${left.length === 1 ? 'has' : 'have'} no row and ${left.length === 1 ? 'is' : 'are'} left out, such as ${left[0]}`)
}

interface ReadColumn {
  readonly input: PictureInput
  /** Row by row, where all of them can be read. */
  readonly pictures: readonly Picture[]
  /** Row by row, what is wrong with a file. */
  readonly faults: readonly (string | undefined)[]
  /** Whether one of them is not there. */
  readonly isMissing: boolean
  readonly conversions: ReadonlyMap<string, readonly string[]>
  readonly digest: string
}

/** A picture that several rows name is read once. */
async function readColumn(files: readonly string[], input: PictureInput, resize: boolean, memory: number): Promise<ReadColumn> {
  const { pictures, others, refused, conversions, digest } = await decodePictures([...new Set(files)], input, resize, memory)
  const faults = new Map([
    ...refused.map(({ file, problems }) => [file, problems.map(({ message }) => message).join(', ')] as const),
    ...others.map((file) => [file, 'it is neither PNG nor JPEG'] as const),
  ])
  const positions = new Map(pictures.map(({ file }, position) => [file, position]))
  const ofRows = files.flatMap((file) => positions.get(file) ?? [])
  const hash = startDigest()
  digestPart(hash, 'pictures', digest)
  digestPart(hash, 'rows', ofRows.join())
  return {
    input,
    pictures: ofRows.map((position) => pictures[position]!),
    faults: files.map((file) => (faults.has(file) ? `${file}: ${faults.get(file)}` : undefined)),
    isMissing: refused.some(({ problems }) => problems.some(({ code }) => code === 'input/unreadable')),
    conversions,
    digest: endDigest(hash),
  }
}

function readTable(bytes: Uint8Array, file: string): Table {
  const rows: Row[] = []
  const faults: Fault[] = []
  let names: readonly string[] | undefined
  eachCsvRecord(bytes, file, (fields, line) => {
    if (!names) names = fields.map((name) => name.trim())
    else if (fields.length === names.length) rows.push({ fields, line })
    else faults.push({ line, fault: `it has ${fields.length} fields, and there are ${names.length} columns` })
  })
  if (names?.some((name) => isOfPictures([name]))) {
    const reason = 'its first line names a picture, and it must name the columns'
    throw new Failure([problem('data/csv', { reason }, { file, notes: ['such as file,label'] })])
  }
  if (!names || rows.length + faults.length === 0) throw new Failure([withoutRows(file)])
  return { names, rows, faults }
}

/** Of a file; tables that were made on Windows have their folders before backslashes. */
const plainName = (field: string): string => field.trim().replaceAll('\\', '/')

interface ChosenColumns {
  /** Of each input its column. */
  readonly ofInputs: readonly number[]
  /** Of each target its columns. */
  readonly ofTargets: readonly (readonly number[])[]
}

/** @throws Failure `data/csv` where columns are missing, or may be meant in two ways */
function columnsOf({ names, rows }: Table, inputs: readonly PictureInput[], asked: readonly Target[], graph: Graph, { file, names: known }: Source, note: (text: string) => void): ChosenColumns {
  const fail = (reasons: readonly string[]): void => failIfAny(reasons.map((reason) => problem('data/csv', { reason }, { file })))
  const all = [...names.keys()]
  const fieldsOf = (column: number): readonly string[] => rows.map(({ fields }) => fields[column]!)
  const ofTarget = new Set(asked.flatMap(({ output, from }) => [from ?? output]))
  const others = all.filter((column) => !ofTarget.has(names[column]!))
  const byEnding = others.filter((column) => isOfPictures(fieldsOf(column)))
  const ofPictures = byEnding.length > 0 ? byEnding : mostKnown(others, fieldsOf, known)
  const found = inputs.map((input) => inputColumn(input, names, ofPictures, inputs.length === 1))
  fail(found.flatMap((each) => ('fault' in each ? [each.fault] : [])))
  const ofInputs = found.flatMap((each) => ('column' in each ? [each.column] : []))
  const free = all.filter((column) => !ofInputs.includes(column))
  // a cell that is no number is said where its row is
  const isOfNumbers = (column: number): boolean => 2 * fieldsOf(column).filter(isNumeral).length > rows.length
  const isNumeric = free.every(isOfNumbers)
  const needed = neededColumns(asked, graph)
  // of several columns that are left none is taken because it is the last: tables of files have all kinds of columns
  const isLeft = free.length === 1 || (isNumeric && free.length === needed[0]?.values)
  const chosen = targetColumns(names, needed, free, isLeft ? free.length : 0)
  if ('faults' in chosen) return failWithAll(chosen.faults, file)
  fail(asked.flatMap((target, i) => twoWays(target, chosen.columns[i]!, names, fieldsOf, chosen.notes.length > 0)))
  for (const [i, { name }] of inputs.entries()) if (names[ofInputs[i]!] !== name) note(`${file}: the column ${names[ofInputs[i]!]} has the pictures for ${name}`)
  for (const text of chosen.notes) note(`${file}: ${text}`)
  const unused = free.filter((column) => !chosen.columns.flat().includes(column))
  if (unused.length > 0) note(`${file}: nothing is taken from ${unused.map((column) => names[column]).join(', ')}${valuesOf(unused.filter(isOfNumbers), needed, names)}`)
  return { ofInputs, ofTargets: chosen.columns }
}

/** Which of several outputs without a column of their own may mean those that are left, by their number. */
function valuesOf(columns: readonly number[], needed: readonly NeededColumns[], names: readonly string[]): string {
  const meant = needed.filter(({ from, values }) => from === undefined && values === columns.length)
  if (needed.length < 2 || columns.length < 2 || meant.length === 0) return ''
  const all = columns.map((column) => names[column]).join(',')
  return ` (as values: ${meant.map(({ output }) => `--target ${output}:${all}`).join(' or ')})`
}

/** The columns that name most files of a folder: labels may be called as pictures are, but name few of them. */
function mostKnown(columns: readonly number[], fieldsOf: (column: number) => readonly string[], known: Source['names']): readonly number[] {
  const counts = columns.map((column) => new Set(fieldsOf(column).map(plainName).filter((name) => known?.has(name))).size)
  const most = Math.max(1, ...counts)
  return columns.filter((_, i) => counts[i] === most)
}

function failWithAll(reasons: readonly string[], file: string): never {
  const [first, ...rest] = reasons.map((reason) => problem('data/csv', { reason }, { file }))
  throw new Failure([first!, ...rest])
}

function inputColumn({ name }: PictureInput, names: readonly string[], ofPictures: readonly number[], isOnly: boolean): { readonly column: number } | { readonly fault: string } {
  const own = names.indexOf(name)
  if (own >= 0) return { column: own }
  const there = `there are ${names.join(', ')}`
  if (!isOnly) return { fault: `no column is called ${name}, as the input whose pictures it names: ${there}` }
  const usual = usualNames.map((usualName) => names.indexOf(usualName)).find((column) => column >= 0)
  const [column, ...others] = ofPictures
  if (column !== undefined && others.length === 0) return { column }
  if (usual !== undefined) return { column: usual }
  if (column === undefined) return { fault: `no column has names of PNG or JPEG files, or is called ${name} or file: ${there}` }
  return { fault: `${ofPictures.map((each) => names[each]).join(' and ')} have names of pictures: call the one that is for the input ${name}` }
}

/** As many numbers as the output has values, the last of which may be labels of it: nothing says what is meant. */
function twoWays({ output, kind }: Target, columns: readonly number[], names: readonly string[], fieldsOf: (column: number) => readonly string[], isGuessed: boolean): readonly string[] {
  const last = columns.at(-1)
  if (!isGuessed || kind !== undefined || columns.length < 2 || last === undefined) return []
  const isLabel = fieldsOf(last).every((field) => Number.isInteger(Number(field)) && Number(field) >= 0 && Number(field) < columns.length)
  if (!isLabel) return []
  const all = columns.map((column) => names[column]).join(',')
  return [`${all} may be the values of ${output}, and ${names[last]} its label: say which with --target ${output}:${all} or --target ${output}:${names[last]}`]
}

/** The rows in which nothing is empty that is needed, and no picture is named again. */
function wholeRows({ names, rows, faults }: Table, { ofInputs, ofTargets }: ChosenColumns, pathOf: (field: string) => string, ignored: number | undefined): Pick<Table, 'rows' | 'faults'> {
  const lines = new Map<string, number>()
  const fine: Row[] = []
  const wrong: Fault[] = [...faults]
  for (const row of rows) {
    const { fields, line } = row
    const files = ofInputs.map((column) => fields[column]!.trim())
    const empty = ofInputs.find((column) => fields[column]!.trim() === '')
    const key = files.map((name) => path.resolve(pathOf(name))).join('\n')
    const first = lines.get(key)
    const fault =
      empty !== undefined
        ? `${names[empty]} is empty`
        : first !== undefined
          ? `${files.join(' and ')} ${files.length === 1 ? 'is' : 'are'} in line ${first} already`
          : answerFault(fields, names, ofTargets, ignored)
    if (first === undefined) lines.set(key, line)
    if (fault === undefined) fine.push(row)
    else wrong.push({ line, fault })
  }
  return { rows: fine, faults: wrong }
}
