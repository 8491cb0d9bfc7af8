import type { InputStatement } from '../syntax/ast.ts'
import type { Edit, Fix } from '../diagnostics/diagnostics.ts'
import { knowledgeIn, printCondition, printConditions, type Condition } from '../dim/condition.ts'
import { variablesOf } from '../dim/expr.ts'
import { combine, type Knowledge } from '../dim/variable.ts'
import { namesIn } from '../syntax/names-in.ts'
import { contains, textOf } from '../text/source.ts'
import type { DeclaredExtent } from '../elaborate/declared-extent.ts'
import type { Remedy, SufficientWhere } from './remedy.ts'

/**
 * A claim that some conditions on the inputs' extents would settle: the fix that requires all that the model misses of the
 * inputs; where that is not known, the conditions themselves.
 */
export const missingWhere: Remedy<'missing-where'> = ({ conditions }, { run }, { where }) => {
  if (conditions.length === 0) return {}
  const fix = where && requiring(where, run.extents)
  return fix ? { fixes: [fix] } : { notes: [`it holds where ${printConditions(conditions)}`] }
}

/**
 * The edits that let the inputs say it: a weaker condition is replaced, others are added. What is said of an extent already was meant,
 * and is not made stronger without a question.
 */
function requiring({ conditions, isNeeded }: SufficientWhere, extents: readonly DeclaredExtent[]): Fix | undefined {
  const added = new Map<InputStatement, string[]>()
  const edits = new Map<InputStatement, Edit[]>()
  const remember = <T>(lists: Map<InputStatement, T[]>, statement: InputStatement, item: T): void => {
    lists.set(statement, [...(lists.get(statement) ?? []), item])
  }
  let isSaid = false
  for (const condition of conditions) {
    const named = extentsOf(condition)
    const about = extents.filter(({ names }) => named.some((name) => names.has(name))).at(-1)
    if (!about) return undefined
    isSaid ||= named.some((name) => isSpokenOf(name, extents))
    const weaker = about.conditions.find(({ knowledge }) => isImplied(knowledge, condition))
    const owner = weaker && extents.find(({ statement }) => contains(statement.span, weaker.span))?.statement
    if (weaker && owner) remember(edits, owner, { span: weaker.span, text: printCondition(condition) })
    else remember(added, about.statement, printCondition(condition))
  }
  for (const [statement, texts] of added) {
    const { span } = statement
    const text = `${statement.where.length > 0 ? ',' : ' where'} ${texts.join(', ')}`
    remember(edits, statement, { span: { ...span, start: span.end }, text })
  }
  const statements = [...edits].map(([statement, own]) => edited(statement, own))
  return {
    title: `require it of the input${statements.length > 1 ? 's' : ''}: ${statements.join(', ')}`,
    safety: isNeeded && !isSaid ? 'safe' : 'unsafe',
    edits: [...edits.values()].flat(),
  }
}

/** Whether a `where` of the inputs speaks of an extent. */
function isSpokenOf(name: string, extents: readonly DeclaredExtent[]): boolean {
  const names = extents.find((extent) => extent.names.has(name))?.names
  return extents.some(({ statement }) => statement.where.flatMap(namesIn).some((said) => names?.has(said.name)))
}

/** The extents that a condition speaks of. */
function extentsOf(condition: Condition): readonly string[] {
  if (condition.kind === 'expressed') return [condition.extent, ...variablesOf(condition.dim).keys()]
  return condition.kind === 'equal' || condition.kind === 'related' ? [condition.extent, condition.other] : [condition.extent]
}

/** Whether a condition says all that is known by another one, of the same kind. */
function isImplied(known: Knowledge, condition: Condition): boolean {
  const said = knowledgeIn(condition)
  const both = said && combine(known, said)
  if (!said || !both || said.relations || known.relations || (said.modulus > 1) !== (known.modulus > 1)) return false
  return both.modulus === said.modulus && both.min === said.min && both.max === said.max
}

function edited({ span }: InputStatement, edits: readonly Edit[]): string {
  let text = textOf(span)
  for (const edit of [...edits].sort((a, b) => b.span.start - a.span.start)) {
    text = text.slice(0, edit.span.start - span.start) + edit.text + text.slice(edit.span.end - span.start)
  }
  return text
}
