import type { Expected } from '../../../grammar/expected-at.ts'
import type { Analysis } from '../analysis.ts'
import { declarationAround } from '../names/visible.ts'
import { wordDocs } from '../said/words.ts'
import type { Item } from './items.ts'

/** The keywords that the grammar allows, but what a block or a model cannot have. */
export function keywordItems(expected: readonly Expected[], offset: number, analysis: Analysis): readonly Item[] {
  const around = declarationAround(offset, analysis)?.kind
  const isMisplaced = (word: string): boolean => (around === 'block' ? word === 'input' || word === 'output' : around === 'model' && word === 'return')
  return expected.flatMap(({ keyword, rule }): readonly Item[] => {
    if (keyword === undefined || (rule.endsWith('Statement') && isMisplaced(keyword))) return []
    return [{ label: keyword, kind: 'keyword', insert: keyword, rank: rule.endsWith('Statement') || rule.endsWith('Declaration') ? 1 : 7, detail: '', doc: wordDocs.get(keyword) ?? '' }]
  })
}
