import { attachmentsOf, type Attachments } from './attachments.ts'
import { commonScopes } from './common-scopes.ts'
import type { Convention } from './convention.ts'
import { eitherRole, type FileLayer } from './file-layers.ts'
import { essential, layoutsOf, shapeIn } from './layouts.ts'
import type { ModelLayer } from './model-layers.ts'
import { isShortcut, orderOfNames, wordsOf } from './names.ts'
import { byNumber, contradictingRuns } from './numbered-runs.ts'

/**
 * By what a layer was found: its name; being the only one of its shapes; a name that says to which it belongs; the part of the network that
 * others around it have; its place in the order of those of its shapes.
 */
export type Evidence = 'map' | 'name' | 'shape' | 'part' | 'order'

export interface LayerPair {
  readonly from: FileLayer
  readonly to: ModelLayer
  readonly how: Evidence
}

/** Layers of equal shapes of which nothing says which is which. */
interface Choice {
  readonly from: readonly FileLayer[]
  readonly to: readonly ModelLayer[]
  /** What has told them apart from others of their shapes. */
  readonly narrowed?: Evidence
}

interface LayerMatching {
  readonly pairs: readonly LayerPair[]
  readonly choices: readonly Choice[]
  /** Layers of one name and of other shapes. */
  readonly misfits: readonly Omit<LayerPair, 'how'>[]
}

/** What there is beside the layers themselves. */
export interface Known {
  readonly convention: Convention
  /** Whether the layers of the file stand in the order in which they were made. */
  readonly ordered: boolean
  /** What is known beforehand. */
  readonly known: readonly LayerPair[]
  readonly parts: readonly Part[]
}

/** A part of the file, and the part of the model that all in it belongs to. */
export interface Part {
  readonly within: readonly string[]
  readonly image: readonly string[]
  /** Whether the part of the model has nothing from elsewhere. */
  readonly only?: boolean
}

/**
 * Finds the layers of a model in a file. Each step takes only what its evidence leaves no choice of, the strongest evidence first, and all
 * begin again after one has found something.
 */
export function matchLayers(from: readonly FileLayer[], to: readonly ModelLayer[], given: Known): LayerMatching {
  const state = new Matching(from, to, given)
  const misfits = state.byName()
  for (let again = true; again; ) again = state.byShape() || state.withKernels() || state.byLastName() || state.byOrder()
  const choices = state.classes().filter(({ from: sources, to: targets }) => sources.length > 0 && targets.length > 0)
  return { pairs: state.pairs, choices, misfits }
}

class Matching {
  readonly pairs: LayerPair[]
  readonly #from: readonly FileLayer[]
  readonly #to: readonly ModelLayer[]
  readonly #places: ReadonlyMap<FileLayer | ModelLayer, number>
  readonly #signatures: ReadonlyMap<FileLayer | ModelLayer, string>
  readonly #ordered: boolean
  readonly #attached: Attachments
  readonly #known: readonly Part[]
  /** The scope of a layer, as far as both sides have one of that name. */
  readonly #scopeOf: (layer: FileLayer | ModelLayer) => string
  readonly #settled = new Set<FileLayer | ModelLayer>()
  /** The classes as they were when so many layers were settled. */
  #found: { readonly size: number; readonly classes: readonly Choice[] } | undefined

  constructor(from: readonly FileLayer[], to: readonly ModelLayer[], { convention, ordered, known, parts }: Known) {
    this.#from = from
    this.#to = to
    this.#ordered = ordered
    this.#known = parts
    this.#scopeOf = commonScopes(from, to)
    this.#places = new Map([...from.entries(), ...to.entries()].map(([place, layer]) => [layer, place]))
    this.#signatures = new Map<FileLayer | ModelLayer, string>([
      ...from.map((layer): [FileLayer, string] => [layer, fileSignature(layer, convention)]),
      ...to.map((layer): [ModelLayer, string] => [layer, modelSignature(layer, convention)]),
    ])
    this.#attached = attachmentsOf(from, to, (layer) => this.#signatures.get(layer) ?? '', ordered)
    this.pairs = []
    for (const { from: source, to: target, how } of known) this.#settle(source, target, how)
  }

  #settle(from: FileLayer, to: ModelLayer, how: Evidence): void {
    this.pairs.push({ from, to, how })
    this.#settled.add(from).add(to)
  }

  /** Layers that both sides call the same, where only one on each side is called so; gives those whose shapes differ. */
  byName(): LayerMatching['misfits'] {
    const open = this.#open()
    const named = new Map<string, FileLayer[]>()
    for (const layer of open.from)
      for (const name of new Set(namesIn(layer).map((path) => wordsOf(path).join('\n')))) {
        const layers = named.get(name) ?? []
        named.set(name, layers)
        layers.push(layer)
      }
    const namesakes = open.to.map((to) => ({ to, from: namesOf(to).flatMap((name) => named.get(wordsOf(name).join('\n')) ?? []) }))
    const fitting = namesakes.map(({ to, from }) => ({ to, from: from.filter((layer) => this.#fits(layer, to)) }))
    const pairs = onlyOnes(fitting)
    const runs = contradictingRuns(pairs, open.from, open.to, this.#runsOf)
    const numbered = new Set<FileLayer | ModelLayer>(runs.flatMap((run) => [...run.from, ...run.to]))
    for (const { from, to } of pairs) if (!numbered.has(from) || !numbered.has(to)) this.#settle(from, to, 'name')
    for (const run of runs) {
      const left = { from: run.from.filter((layer) => !this.#settled.has(layer)), to: run.to.filter((layer) => !this.#settled.has(layer)) }
      for (const { from, to } of byNumber(left) ?? []) this.#settle(from, to, 'order')
    }
    const meant = namesakes.map(({ to, from }) => ({ to, from: from.filter((layer) => isCalled(layer, to) && haveRoleInCommon(layer, to)) }))
    const misfits = onlyOnes(meant).filter(
      ({ from, to }) => !this.#settled.has(from) && !this.#settled.has(to) && !this.#fits(from, to),
    )
    // their names are meant: nothing else is looked for
    for (const { from, to } of misfits) this.#settled.add(from).add(to)
    return misfits
  }

  /** The runs of equal shape that a layer may be in: its names without their numbers. */
  #runsOf = (layer: FileLayer | ModelLayer): readonly string[] =>
    ('tensors' in layer ? namesIn(layer) : namesOf(layer)).map((path) => `${this.#signatures.get(layer)}\n${wordsOf(path).join('\n').replace(/\d+/g, '#')}`)

  #open = (): Choice => ({
    from: this.#from.filter((layer) => !this.#settled.has(layer)),
    to: this.#to.filter((layer) => !this.#settled.has(layer)),
  })

  #fits = (from: FileLayer, to: ModelLayer): boolean => this.#signatures.get(from) === this.#signatures.get(to)

  /** Of equal shapes: those that the parts of the network around them, or a name for the way past a block, tell apart are apart. */
  classes(): readonly Choice[] {
    if (this.#found?.size !== this.#settled.size) this.#found = { size: this.#settled.size, classes: this.#findClasses() }
    return this.#found.classes
  }

  #findClasses(): readonly Choice[] {
    const groups = new Map<string, { from: FileLayer[]; to: ModelLayer[] }>()
    const groupOf = (layer: FileLayer | ModelLayer) => {
      const key = this.#signatures.get(layer)!
      const group = groups.get(key) ?? { from: [], to: [] }
      groups.set(key, group)
      return group
    }
    const open = this.#open()
    for (const from of open.from) groupOf(from).from.push(from)
    for (const to of open.to) groupOf(to).to.push(to)
    const parts = this.#parts()
    return [...groups.values()].flatMap(byShortcut).flatMap((choice) => byScope(choice, this.#scopeOf)).flatMap((choice) => byPart(choice, parts))
  }

  /** Parts of the file in different places of which kernels are found, with the part of the model that these are in. */
  #parts(): readonly Part[] {
    const inside = new Map<string, LayerPair[]>()
    for (const pair of this.pairs) {
      if (!pair.to.uses.has('kernel')) continue
      for (let depth = 1; depth < pair.from.path.length; depth++) {
        const key = pair.from.path.slice(0, depth).join('\n')
        const pairs = inside.get(key) ?? []
        inside.set(key, pairs)
        pairs.push(pair)
      }
    }
    const found = [...inside.values()].map((pairs) => ({
      within: commonBeginning(pairs.map(({ from }) => from.path.slice(0, -1))),
      image: commonBeginning(pairs.map(({ to }) => to.path.slice(0, -1))),
      kernels: pairs.length,
    }))
    // of what is found in a smaller part of it alone, nothing is known of the rest
    const known = found.filter(({ within, image, kernels }) => kernels > 1 && within.length > 0 && image.length > 0)
    return [...this.#known, ...known]
  }

  byShape(): boolean {
    let found = false
    for (const { from: [from, ...others], to: [to, ...more], narrowed } of this.classes()) {
      if (!from || !to || others.length > 0 || more.length > 0) continue
      this.#settle(from, to, narrowed ?? 'shape')
      found = true
    }
    return found
  }

  /** Normalisations whose names say to which kernel they belong, beside kernels that are found. */
  withKernels(): boolean {
    let found = false
    for (const { from: kernel, to } of this.pairs) {
      const [from, norm] = [this.#attached.inFile.get(kernel), this.#attached.inModel.get(to)]
      if (!from || !norm || this.#settled.has(from) || this.#settled.has(norm) || !this.#fits(from, norm)) continue
      this.#settle(from, norm, 'name')
      found = true
    }
    return found
  }

  /** Of equal shapes all, where each has a name of its own at the end that one of the other side has too. */
  byLastName(): boolean {
    let found = false
    for (const { from, to } of this.classes()) {
      const named = new Map(to.map((layer) => [lastName(layer), layer]))
      const isNamed = from.length === to.length && named.size === to.length && new Set(from.map(lastName)).size === from.length
      if (!isNamed || !from.every((layer) => named.has(lastName(layer)) && !/^\d*$/.test(lastName(layer)))) continue
      for (const layer of from) this.#settle(layer, named.get(lastName(layer))!, 'name')
      found ||= from.length > 0
    }
    return found
  }

  /** The smallest class whose order both sides know. */
  byOrder(): boolean {
    const parts = this.#parts()
    const ready = this.classes()
      .filter(({ from, to }) => from.length === to.length && from.length > 1)
      .toSorted((a, b) => a.from.length - b.from.length)
    for (const { from, to } of ready) {
      const sorted = this.#inOrder(from)
      if (!sorted?.every((layer, i) => isAllowed(layer, to[i]!, parts)) || !this.#isLikeOrder(sorted, to)) continue
      // a scope that both sides name says more than an order
      if (sorted.some((layer, i) => this.#scopeOf(layer) !== this.#scopeOf(to[i]!))) continue
      for (const [i, layer] of sorted.entries()) this.#settle(layer, to[i]!, 'order')
      return true
    }
    return false
  }

  #inOrder(layers: readonly FileLayer[]): readonly FileLayer[] | undefined {
    if (this.#ordered) return layers
    const isKnown = layers.every((a, i) => layers.every((b, j) => i === j || Boolean(orderOfNames(a.path, b.path))))
    return isKnown ? layers.toSorted((a, b) => orderOfNames(a.path, b.path)!) : undefined
  }

  /**
   * Whether what stands between two neighbours of one shape in the file stands between them in the model too. Where not, the texts have
   * branches in different orders, and the order of the file says nothing.
   */
  #isLikeOrder(from: readonly FileLayer[], to: readonly ModelLayer[]): boolean {
    if (!this.#ordered) return true
    const kernels = this.pairs.filter((pair) => pair.to.uses.has('kernel'))
    const place = (layer: FileLayer | ModelLayer): number => this.#places.get(layer)!
    return from.slice(1).every((layer, i) => {
      const inFile = kernels.filter((pair) => place(pair.from) > place(from[i]!) && place(pair.from) < place(layer))
      const inModel = kernels.filter((pair) => place(pair.to) > place(to[i]!) && place(pair.to) < place(to[i + 1]!))
      return inFile.length + inModel.length === 0 || inFile.some((pair) => inModel.includes(pair))
    })
  }
}

const lastName = ({ path }: FileLayer | ModelLayer): string => wordsOf(path.slice(-1)).join(' ')

/** Of layers with their candidates those where neither has another. */
function onlyOnes(candidates: readonly { readonly to: ModelLayer; readonly from: readonly FileLayer[] }[]): readonly Omit<LayerPair, 'how'>[] {
  const wanted = new Map<FileLayer, number>()
  for (const from of candidates.flatMap((each) => each.from)) wanted.set(from, (wanted.get(from) ?? 0) + 1)
  return candidates.flatMap(({ to, from: [from, ...more] }) => (from && more.length === 0 && wanted.get(from) === 1 ? [{ from, to }] : []))
}

const haveRoleInCommon = ({ tensors }: FileLayer, { uses }: ModelLayer): boolean => [...uses.keys()].some((role) => tensors.has(role))

const commonBeginning = (paths: readonly (readonly string[])[]): readonly string[] =>
  paths.reduce((common, path) => {
    const at = common.findIndex((part, i) => part !== path[i])
    return at < 0 ? common : common.slice(0, at)
  })

const isIn = (path: readonly string[], part: readonly string[]): boolean => path.length > part.length && part.every((name, i) => name === path[i])

/** The ways past a block, apart from the others, where both sides have as many of them. */
function byShortcut({ from, to }: Choice): readonly Choice[] {
  const [way, past] = [from.filter(({ path }) => isShortcut(path)), to.filter(({ path }) => isShortcut(path))]
  if (way.length === 0 || way.length !== past.length || from.length !== to.length || way.length === from.length) return [{ from, to }]
  return [
    { from: way, to: past, narrowed: 'name' },
    { from: from.filter((layer) => !way.includes(layer)), to: to.filter((layer) => !past.includes(layer)), narrowed: 'name' },
  ]
}

/** Those in scopes that both sides call the same, apart from the others where both have as many of them there. */
function byScope(choice: Choice, scopeOf: (layer: FileLayer | ModelLayer) => string): readonly Choice[] {
  const scopes = new Set(choice.from.map(scopeOf))
  const inScope = [...scopes].map((scope) => ({ from: choice.from.filter((layer) => scopeOf(layer) === scope), to: choice.to.filter((layer) => scopeOf(layer) === scope) }))
  const equal = inScope.filter(({ from, to }) => from.length === to.length && from.length < choice.from.length)
  if (equal.length === 0) return [choice]
  const apart = new Set<FileLayer | ModelLayer>(equal.flatMap(({ from, to }) => [...from, ...to]))
  const rest = { from: choice.from.filter((layer) => !apart.has(layer)), to: choice.to.filter((layer) => !apart.has(layer)) }
  return [...equal, ...(rest.from.length + rest.to.length > 0 ? [rest] : [])].map((each) => ({ ...each, narrowed: 'part' }))
}

/** Whether a layer of the model is in the part that the layer of the file is in, as far as parts are known. */
const isAllowed = ({ path: from }: FileLayer, { path: to }: ModelLayer, parts: readonly Part[]): boolean =>
  parts.every(({ within, image, only = false }) => (isIn(from, within) ? isIn(to, image) : !only || !isIn(to, image)))

/** What is in a part of the file that is known is in that part of the model: apart from the others where that leaves something for each. */
function byPart(choice: Choice, parts: readonly Part[]): readonly Choice[] {
  const { from, to } = choice
  const allowed = from.map((layer) => to.filter((target) => isAllowed(layer, target, parts)))
  const rest = new Set(from.keys())
  const result: Choice[] = []
  while (rest.size > 0) {
    const [start] = rest
    const [sources, targets] = [new Set([start!]), new Set(allowed[start!])]
    for (let size = 0; size < sources.size + targets.size; ) {
      size = sources.size + targets.size
      for (const i of rest) if (allowed[i]!.some((target) => targets.has(target))) sources.add(i)
      for (const i of sources) for (const target of allowed[i]!) targets.add(target)
    }
    for (const i of sources) rest.delete(i)
    const narrower = sources.size < from.length || targets.size < to.length
    const narrowed = narrower ? 'part' : choice.narrowed
    result.push({ from: from.filter((_, i) => sources.has(i)), to: to.filter((target) => targets.has(target)), ...(narrowed && { narrowed }) })
  }
  const taken = new Set(result.flatMap((each) => each.to))
  const left = to.filter((target) => !taken.has(target))
  return left.length > 0 ? [...result, { from: [], to: left }] : result
}

/** What a layer may be called by others: its path, without the name that a block adds at the end too. */
const namesOf = ({ path, block }: ModelLayer): readonly (readonly string[])[] =>
  path.length > 1 && path.at(-1) === block ? [path, path.slice(0, -1)] : [path]

const isCalled = ({ path }: FileLayer, to: ModelLayer): boolean => namesOf(to).some((name) => wordsOf(name).join('\n') === wordsOf(path).join('\n'))

/** What a layer is called in a file: by its path, or by that of the unit whose convolution or normalisation it is. */
const namesIn = ({ path }: FileLayer): readonly (readonly string[])[] =>
  path.length > 1 && /^(?:conv|conv2d|bn|norm|batchnorm|linear|fc|dense)$/.test(path.at(-1)!.toLowerCase()) ? [path, path.slice(0, -1)] : [path]

const fileSignature = ({ tensors }: FileLayer, convention: Convention): string =>
  signature([...tensors].map(([role, { shape }]) => [role, essential(shape, standing(role, convention))]))

const modelSignature = ({ uses }: ModelLayer, convention: Convention): string =>
  signature(
    [...uses.values()].map((use) => {
      const [layout = 'same'] = layoutsOf(use, convention)
      return [use.role, essential(shapeIn(layout, use.shape), standing(use.role, convention))]
    }),
  )

/** Which axes of 1 say nothing, for both sides alike. */
const standing = (role: string, convention: Convention) => (role === 'kernel' && convention === 'torch' ? 'oihw' : 'same')

/** Roles and shapes in one order; where three weights normalise, scale and offset are one role. */
function signature(shapes: readonly (readonly [role: string, shape: readonly number[]])[]): string {
  const isThree = shapes.length === 3 && shapes.some(([role]) => role === 'mean') && shapes.some(([role]) => role === 'variance')
  const named = shapes.map(([role, shape]) => `${isThree && (role === 'scale' || role === 'offset') ? eitherRole : role} ${shape.join()}`)
  return named.sort().join('; ')
}
