import { entryOf, familyOf, messageOf, type Code, type FactsOf, type Family } from '../catalog/index.ts'
import type { Severity } from '../catalog/entry.ts'
import type { Dim } from '../dim/expr.ts'
import { printDim } from '../dim/print.ts'
import { wayOf } from '../facts/extent-way.ts'
import type { Extent } from '../graph/graph.ts'
import type { Role, Saying } from '../text/label-text.ts'
import { chainOf, isSamePlace, userOrigin, type Frame, type Origin, type Span } from '../text/source.ts'

export interface Label {
  readonly span: Span
  readonly text: string
}

export interface Edit {
  readonly span: Span
  readonly text: string
}

/**
 * How sure a fix is. `safe`: it cannot change what the author meant, as a spelling, a habit of another language, a parameter of
 * another name. `unsafe`: it adds or removes computation or weights, or changes an extent, an input, an annotation or a parameter,
 * and may be meant. `placeholder`: something has to be filled in.
 */
export type Safety = 'safe' | 'unsafe' | 'placeholder'

export interface Fix {
  readonly title: string
  readonly safety: Safety
  readonly edits: readonly Edit[]
  /** The message or a note says it already. */
  readonly isSaid?: true
  /** It changes what other places read too: offered only where nothing narrower mends as much. */
  readonly isWider?: true
}

export interface Diagnostic {
  readonly code: Code
  readonly family: Family
  readonly severity: Severity
  readonly message: string
  readonly span: Span
  readonly labels: readonly Label[]
  readonly notes: readonly string[]
  /** The blocks it happened in, innermost first. */
  readonly chain: readonly Frame[]
  readonly fixes: readonly Fix[]
  /** The extents that disagree or decided it, by which the same mistake is known in another place. */
  readonly extents: readonly string[]
}

export interface Details {
  /** Of an extent that was computed from others the way it came is noted too. */
  readonly labels?: readonly ({ readonly origin: Origin; readonly extent?: Extent } & Saying)[]
  readonly notes?: readonly string[]
  readonly fixes?: readonly Fix[]
  /** What should be equal and is not, where the extents of the labels are others. */
  readonly unequal?: readonly Dim[]
}

/** Collects what is said about a compilation; the same mistake at the same place is said once, however often it is met. */
export class Reporter {
  private readonly said = new Map<string, Diagnostic>()

  report<C extends Code>(code: C, facts: FactsOf<C>, origin: Origin, details: Details = {}): void {
    this.add(code, facts, origin, details)
  }

  /** For facts whose code is only known at run time, as a primitive's rule reports them. */
  add(
    code: Code,
    facts: Readonly<Record<string, string>>,
    origin: Origin,
    { labels = [], notes = [], fixes = [], unequal }: Details,
  ): void {
    const { span, frame } = userOrigin(origin)
    const key = keyOf(code, span)
    if (this.said.has(key)) return
    this.said.set(key, {
      code,
      family: familyOf(code),
      severity: entryOf(code).severity,
      message: messageOf(code, facts),
      span,
      labels: [...labels, ...callsApart(labels)]
        .map(({ origin, text, role }) => ({ span: userOrigin(origin).span, text, role }))
        .filter((label) => !label.span.source.library && !(isSamePlace(label.span, span) && saysOnlyHere.has(label.role)))
        .map((label) => ({ span: label.span, text: label.text })),
      notes: [...notes, ...waysTo(labels, { span, frame })],
      chain: isOfTheText(code) ? [] : chainOf(frame),
      fixes,
      extents: [...new Set((unequal ?? labels.flatMap(({ extent }) => (extent ? [extent.dim] : []))).map(printDim))].sort(),
    })
  }

  /** Whether it was told so already. */
  knows(code: Code, origin: Origin): boolean {
    return this.said.has(keyOf(code, userOrigin(origin).span))
  }

  /** Takes over what another reporter was told. */
  merge(other: Reporter): void {
    this.addUnsaid([...other.said.values()])
  }

  /** Takes over what it was not told yet. */
  addUnsaid(diagnostics: readonly Diagnostic[]): void {
    for (const diagnostic of diagnostics.filter((one) => !this.hasSaid(one))) this.addAll([diagnostic])
  }

  hasSaid({ code, span }: Diagnostic): boolean {
    return this.said.has(keyOf(code, span))
  }

  /** Takes over what was found by itself. */
  addAll(diagnostics: readonly Diagnostic[]): void {
    for (const diagnostic of diagnostics) this.said.set(keyOf(diagnostic.code, diagnostic.span), diagnostic)
  }

  /** In the order of files and places. */
  get diagnostics(): readonly Diagnostic[] {
    return [...this.said.values()].sort(
      (a, b) =>
        a.span.source.path.localeCompare(b.span.source.path) || a.span.start - b.span.start || a.code.localeCompare(b.code),
    )
  }

  get failed(): boolean {
    return [...this.said.values()].some((diagnostic) => diagnostic.severity === 'error')
  }
}

function waysTo(labels: readonly OriginLabel[], here: Origin): readonly string[] {
  const ways = labels.flatMap(({ extent }) => {
    const way = extent && wayOf(extent, here)
    return way === undefined ? [] : [`${printDim(extent!.dim)} comes from ${way}`]
  })
  return [...new Set(ways)]
}

const keyOf = (code: Code, { source, start }: Span): string => `${code} ${source.path} ${start}`

type OriginLabel = NonNullable<Details['labels']>[number]

/** Where one place of a block gave different things in different calls: the calls in which it did. */
function callsApart(labels: readonly OriginLabel[]): readonly OriginLabel[] {
  return labels.flatMap((label) => {
    const here = userOrigin(label.origin)
    const twin = labels.find(({ origin, text }) => text !== label.text && isSamePlace(userOrigin(origin).span, here.span))
    if (!twin) return []
    const others = new Set(callsOf(userOrigin(twin.origin).frame))
    const apart = chainOf(here.frame).findLast(({ call }) => !others.has(call))
    return apart && (label.role === 'decided' || label.role === 'computed')
      ? [{ origin: { span: apart.call, frame: apart.parent }, text: `${label.what} in this call` }]
      : []
  })
}

const callsOf = (frame: Frame | undefined): readonly Span[] => chainOf(frame).map(({ call }) => call)

/** What a label at the place of the mistake itself need not say. */
const saysOnlyHere: ReadonlySet<Role | undefined> = new Set(['comes from', 'decided'])

/** Mistakes of the text, whoever calls it: those of these families, and some. */
const familiesOfTheText: ReadonlySet<Family> = new Set(['syntax', 'import', 'lint'])
const othersOfTheText: ReadonlySet<Code> = new Set(['name/unknown', 'name/family-alone', 'name/duplicate', 'statement/misplaced'])

const isOfTheText = (code: Code): boolean => familiesOfTheText.has(familyOf(code)) || othersOfTheText.has(code)
