import type { IToken } from 'chevrotain'
import { expectedAt } from '../../grammar/index.ts'
import { tokenEnd } from '../../grammar/token-end.ts'
import * as t from '../../grammar/tokens.ts'
import type { Span } from '../compiler/text/source.ts'
import type { Analysis } from './analysis.ts'
import { callAt } from './names/call-at.ts'
import { argumentItems, expressionItems, labelItems, optionItems, parameterItems, statementItems, typeItems, wordItems, type Item } from './completion/items.ts'
import { importedItems, pathItems } from './completion/import-items.ts'
import { memberItems } from './completion/member-items.ts'
import { keywordItems } from './completion/keyword-items.ts'

interface Completion {
  /** What is replaced: the word that the place is in. */
  readonly span: Span
  /** What fits best first. */
  readonly items: readonly Item[]
}

/** What can be written at an offset, also where the text has mistakes. */
export function completion(analysis: Analysis, offset: number): Completion {
  const { source, parsed } = analysis
  const at = (start: number, end: number): Span => ({ source, start, end })
  const nothing = { span: at(offset, offset), items: [] }
  if (!(offset >= 0 && offset <= source.text.length)) return { span: at(0, 0), items: [] }
  if (parsed.comments.some((one) => one.startOffset < offset && offset <= tokenEnd(one))) return nothing
  const inside = parsed.tokens.find((token) => token.startOffset < offset && (offset < tokenEnd(token) || (isOpen(token) && offset === tokenEnd(token))))
  if (inside && (inside.tokenType === t.Text || inside.tokenType === t.UnclosedText)) {
    const isPath = parsed.tokens[parsed.tokens.indexOf(inside) - 1]?.tokenType === t.From
    const end = tokenEnd(inside) - (inside.tokenType === t.Text ? 1 : 0)
    return isPath ? { span: at(inside.startOffset + 1, end), items: pathItems(analysis) } : nothing
  }
  const place = expectedAt(source.text, parsed.tokens, offset)
  const span = place.word ? at(place.word.startOffset, tokenEnd(place.word)) : at(offset, offset)
  const isInNumber = parsed.tokens.some((token) => !place.word && numbers.has(token.tokenType) && token.startOffset < offset && offset <= tokenEnd(token))
  if (isInNumber) return nothing
  const items = itemsAt(place, span.start, analysis)
  const best = new Map<string, Item>()
  for (const item of items.toSorted((a, b) => a.rank - b.rank)) if (!best.has(item.label)) best.set(item.label, item)
  return { span, items: [...best.values()] }
}

const numbers = new Set([t.Int, t.Float, t.Size, t.BadNumber])

const isOpen = ({ tokenType }: IToken): boolean => tokenType === t.UnclosedText

function itemsAt({ before, expected, inBody }: ReturnType<typeof expectedAt>, offset: number, analysis: Analysis): readonly Item[] {
  const rules = new Set(expected.map(({ token, rule }) => `${token} ${rule}`))
  const last = before.at(-1)
  if (rules.has('Word member')) return memberItems(before, offset, analysis)
  if (rules.has('Name label')) return labelItems(offset, analysis)
  if (rules.has('Name importedName')) return [...importedItems(offset, analysis), ...keywordItems(expected, offset, analysis)]
  const call = callAt(before, offset, analysis)
  const words = wordItems(before, call)
  const isStep = last?.tokenType === t.Pipe || (last?.tokenType === t.Freeze && before.at(-2)?.tokenType === t.Pipe)
  const isResult = rules.has('Name result') && last?.tokenType === t.Like
  return [
    ...words,
    ...(rules.has('Word argument') && call && !call.isNamed ? argumentItems(call, analysis) : []),
    ...(rules.has('Word weightOption') ? optionItems(before) : []),
    ...(rules.has('Name type') ? typeItems() : []),
    ...(isResult ? parameterItems(before) : []),
    ...(rules.has('Name primary') ? expressionItems({ isStep, wanted: call?.isDirect ? call.active : undefined, before }, offset, analysis) : []),
    ...(inBody && before.length === 0 ? statementItems(offset, analysis) : []),
    ...keywordItems(isStep ? expected.filter(({ rule }) => rule !== 'primary') : expected, offset, analysis),
  ]
}
