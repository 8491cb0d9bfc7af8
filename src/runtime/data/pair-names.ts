import path from 'node:path'

interface Pairs {
  /** For each picture the position of its mask. */
  readonly masks: readonly (number | undefined)[]
  /** The positions of masks that no picture has. */
  readonly spare: readonly number[]
  /** Names that several pictures, or several masks, have without their endings. */
  readonly doubled: readonly string[]
  /** What stands behind the names of all masks and of no picture, such as `_mask`. */
  readonly suffix: string
}

/** The masks of pictures, by their paths without the endings of their formats: `a.jpg` has `a.png`, or `a_mask.png` where all masks are called so. */
export function pairNames(pictures: readonly string[], masks: readonly string[]): Pairs {
  const [wanted, found] = [pictures.map(stem), masks.map(stem)]
  const suffix = commonSuffix(wanted, found)
  const stems = found.map((name) => name.slice(0, name.length - suffix.length))
  const byName = new Map(stems.map((name, position) => [name, position]))
  const names = new Set(wanted)
  return {
    masks: wanted.map((name) => byName.get(name)),
    spare: [...stems.keys()].filter((position) => !names.has(stems[position]!)),
    doubled: [...new Set([...repeated(wanted), ...repeated(stems)])],
    suffix,
  }
}

const stem = (file: string): string => file.slice(0, file.length - path.extname(file).length)

const repeated = (names: readonly string[]): readonly string[] => {
  const seen = new Set<string>()
  return names.filter((name) => seen.size === seen.add(name).size)
}

/** Empty where a picture and a mask have the same name, or no ending makes them so. */
function commonSuffix(pictures: readonly string[], masks: readonly string[]): string {
  const names = new Set(pictures)
  const [first] = masks
  if (first === undefined || masks.some((name) => names.has(name))) return ''
  // the longest name that it begins with leaves the shortest ending
  const picture = pictures.filter((name) => first.startsWith(name)).reduce((longest, name) => (name.length > longest.length ? name : longest), '')
  const suffix = picture === '' ? '' : first.slice(picture.length)
  return masks.every((name) => name.endsWith(suffix)) ? suffix : ''
}
