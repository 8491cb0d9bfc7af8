import type { IToken } from 'chevrotain'
import { tokenEnd } from '../../../grammar/token-end.ts'
import type { Value } from '../../compiler/elaborate/value.ts'
import { summaryOf } from '../../compiler/library/op-pages.ts'
import type { Analysis } from '../analysis.ts'
import { familyNamed } from '../names/callees.ts'
import { visibleNames } from '../names/visible.ts'
import { pagesOf } from '../said/described.ts'
import { memberDocs } from '../said/words.ts'
import { shapeText } from '../shape-text.ts'
import type { Item } from './items.ts'

/** What can stand behind a dot: the ops of a family, or what the value before it has. */
export function memberItems(before: readonly IToken[], offset: number, analysis: Analysis): readonly Item[] {
  const of = before.at(-2)
  if (!of) return []
  const binding = visibleNames(offset, analysis).find(({ name }) => name === of.image)
  const span = binding?.span ?? { source: analysis.source, start: of.startOffset, end: tokenEnd(of) }
  const family = familyNamed({ kind: 'name', name: of.image, span }, analysis)
  if (family !== undefined) return familyItems(family, analysis)
  const told = binding ? (analysis.names.get(binding.span.start) ?? []) : endingAt(tokenEnd(of), analysis)
  const members = new Map(told.flatMap(({ value }) => membersOf(value)))
  const found = members.size > 0 ? [...members] : [...memberDocs.keys()].map((name) => [name, ''] as const)
  return found.map(([name, detail], rank) => ({ label: name, kind: 'member', insert: name, rank, detail, doc: memberDocs.get(name) ?? '' }))
}

const familyItems = (family: string, analysis: Analysis): readonly Item[] =>
  [...pagesOf(analysis).values()]
    .filter(({ name }) => name.startsWith(`${family}.`))
    .map((page) => {
      const label = page.name.slice(family.length + 1)
      return { label, kind: 'op', insert: label, rank: 0, detail: page.signature, doc: summaryOf(page) }
    })

const endingAt = (end: number, { values }: Analysis): readonly { readonly value: Value }[] =>
  [...values.values()].flatMap((told) => told.filter(({ span }) => span.end === end))

function membersOf(value: Value): readonly (readonly [string, string])[] {
  if (value.kind === 'list') return [['length', String(value.items.length)]]
  if (value.kind === 'results') return value.names.flatMap((name, i) => (name === undefined ? [] : [[name, shapeText(value.items[i]!) ?? ''] as const]))
  if (value.kind !== 'tensor') return []
  const { shape } = value.node.type
  const names = shape.length === 3 ? ['channels', 'height', 'width', 'shape', 'rank'] : shape.length > 0 ? ['channels', 'shape', 'rank'] : ['shape', 'rank']
  return names.map((name) => [name, ''] as const)
}
