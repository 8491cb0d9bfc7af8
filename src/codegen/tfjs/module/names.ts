/** Words that no local value may be called: those of the language, and the globals the emitted code uses. */
const reserved = `
  arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for
  function if implements import in instanceof interface let new null package private protected public return static super switch
  this throw true try typeof var void while with yield
  Infinity Math NaN RangeError undefined tf results
`

/** What modules import from their runtime file, and the names of the variables of loops: nothing of a user's may be called so. */
export const runtimeNames: readonly string[] = `
  at avgPool batchNorm bounds checkInputs constant conv2d conv2dPerSample conv2dTransposePerSample demand depthwiseConv2d depthwiseConv2dPerSample dilatedKernel dropout fixed floats given groupedConv2d
  maxPool mirrorPad model normal ones orthogonal param range replace state truncatedNormal uniform values varianceScaling zeros
`
  .trim()
  .split(/\s+/)

export const loopNames = ['i', 'j', 'k', 'l', 'm', 'n']

/** The variable of a loop with so many around it. */
export const loopName = (depth: number): string => loopNames[depth] ?? `i${depth}`

const reservedWords = new Set(reserved.trim().split(/\s+/))

const unusable = new Set([...reservedWords, ...runtimeNames, ...loopNames, 'w'])

/** The name of a model as a module exports it: words that mean something else get an underscore. */
export const exportedName = (name: string): string => (reservedWords.has(name) ? `${name}_` : name)

/** A name of a user's as that of a variable. */
export const variableName = (name: string): string => (unusable.has(name) ? `${name}_` : name)

/** Gives out identifiers, each once. */
export interface Namer {
  /** In camel case: `stage1/0/attention/dense` is `stage1_0AttentionDense`. */
  readonly ofPath: (path: string) => string
  /** A name as the user wrote it, where it is free. */
  readonly ofName: (name: string) => string
}

export function createNamer(taken: Iterable<string> = []): Namer {
  const used = new Set([...reservedWords, ...taken])
  const unique = (base: string): string => {
    let name = base
    for (let count = 2; used.has(name); count++) name = `${base}_${count}`
    used.add(name)
    return name
  }
  return { ofPath: (path) => unique(identifierOf(path)), ofName: unique }
}

function identifierOf(path: string): string {
  const parts = path.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
  const words = parts.filter((word, i) => !repeats(word, parts[i + 1] ?? ''))
  const joined = words.map((word, i) => (i === 0 ? lowerFirst(word) : upperFirst(word, words[i - 1]!))).join('')
  return /^\p{L}/u.test(joined) ? joined : `_${joined}`
}

/** conv/conv2d says conv once. */
const repeats = (word: string, next: string): boolean =>
  next.toLowerCase().startsWith(word.toLowerCase()) && /^\p{L}/u.test(word) && !/^\p{L}/u.test(next.slice(word.length))

/** `RGBStem` to `rgbStem`, `SE` to `se`. */
const lowerFirst = (word: string): string => word.replace(/^\p{Lu}+(?!\p{Ll})|^\p{Lu}/u, (capitals) => capitals.toLowerCase())

/** Digits that would meet digits are kept apart. */
const upperFirst = (word: string, before: string): string =>
  /\p{N}$/u.test(before) && /^\p{N}/u.test(word) ? `_${word}` : word.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
