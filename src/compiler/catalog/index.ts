import { callEntries } from './call.ts'
import { claimEntries } from './claim.ts'
import type { Entry, FactsIn } from './entry.ts'
import { importEntries } from './import.ts'
import { limitEntries } from './limit.ts'
import { lintAllowancesEntries } from './lint-allowances.ts'
import { lintIdleEntries } from './lint-idle.ts'
import { lintLayersEntries } from './lint-layers.ts'
import { lintLayoutEntries } from './lint-layout.ts'
import { lintUnusedEntries } from './lint-unused.ts'
import { lintValuesEntries } from './lint-values.ts'
import { lintWeightingEntries } from './lint-weighting.ts'
import { modelEntries } from './model.ts'
import { nameEntries } from './name.ts'
import { shapeEntries } from './shape.ts'
import { syntaxEntries } from './syntax.ts'
import { typeEntries } from './type.ts'
import { valueEntries } from './value.ts'
import { writtenShapeEntries } from './written-shape.ts'

/** Everything the compiler can say, by code. */
export const catalog = {
  ...syntaxEntries,
  ...nameEntries,
  ...importEntries,
  ...callEntries,
  ...typeEntries,
  ...valueEntries,
  ...shapeEntries,
  ...writtenShapeEntries,
  ...claimEntries,
  ...limitEntries,
  ...modelEntries,
  ...lintUnusedEntries,
  ...lintLayersEntries,
  ...lintLayoutEntries,
  ...lintValuesEntries,
  ...lintWeightingEntries,
  ...lintIdleEntries,
  ...lintAllowancesEntries,
}

export type Code = keyof typeof catalog
/** What a code is about: what stands before its slash. */
export type Family = Code extends `${infer Before}/${string}` ? Before : never
export type FactsOf<C extends Code> = FactsIn<(typeof catalog)[C]>

export const entryOf = (code: Code): Entry => catalog[code]

/** The only place that takes a code apart. */
export const familyOf = (code: Code): Family => code.slice(0, code.indexOf('/')) as Family

export const isCode = (text: string): text is Code => Object.hasOwn(catalog, text)

/** The sentence of a diagnostic: the catalogue's words with the facts put in. */
export const messageOf = (code: Code, facts: Readonly<Record<string, string>>): string =>
  entryOf(code).message.replace(/\{(\w+)\}/g, (_, slot: string) => facts[slot] ?? `{${slot}}`)
