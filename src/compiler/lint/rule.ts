import type { FactsOf } from '../catalog/index.ts'
import type { Details, Reporter } from '../diagnostics/diagnostics.ts'
import type { Module, Modules } from '../reading/module.ts'
import type { Expr } from '../syntax/ast.ts'
import type { Graph, Node } from '../graph/graph.ts'
import { userOrigin, type Origin } from '../text/source.ts'
import type { Level, LintCode } from './level.ts'
import { usesOf, type Uses } from './graph/uses.ts'

/** What was compiled together, without an error. */
export interface Program {
  /** The user's files; the first is the one that was asked for, the others it imports. */
  readonly files: readonly Module[]
  /** The models of the first file, with what they call in it; a model that lacks a parameter has none. */
  readonly graphs: readonly Graph[]
  /** Has the files, and the library whose ops they call. */
  readonly modules: Modules
  /** The values that parameters of the models were given: they see the names of the first file. */
  readonly given: readonly Expr[]
}

export type Report<C extends LintCode> = (facts: FactsOf<C>, origin: Origin, details?: Details) => void

export interface Rule {
  readonly code: LintCode
  /** What decides: the text of a file alone, or also who imports it, or also who calls its blocks. */
  readonly of: 'text' | 'importers' | 'callers'
  /** Where the configuration does not say; a warning where this does not either. */
  readonly level?: Level
  readonly run: (program: Program, reporter: Reporter) => void
}

/** A rule on the text of a user's file. */
export const textRule = <C extends LintCode>(
  code: C,
  check: (file: Module, report: Report<C>, program: Program) => void,
  of: Rule['of'] = 'text',
): Rule => ({
  code,
  of,
  run: (program, reporter) => {
    for (const file of program.files)
      check(file, (facts, origin, details) => reporter.report(code, facts, origin, details), program)
  },
})

interface Finding<C extends LintCode> {
  readonly facts: FactsOf<C>
  /** Where it is reported, in the user's text; where the node comes from unless said otherwise. */
  readonly origin?: Origin
  readonly details?: Details
}

/** What a rule thinks of a node: nothing where it is no concern of the rule. */
export type Verdict<C extends LintCode> = Finding<C> | 'fine' | undefined

/**
 * A rule on single nodes of graphs. A block is elaborated at every call: what it says is wrong only where it is wrong each time.
 * So a finding counts where no other node that was made at that place of the user's text is `fine`.
 */
export const nodeRule = <C extends LintCode>(code: C, judge: (node: Node, uses: Uses, modules: Modules) => Verdict<C>): Rule => ({
  code,
  of: 'callers',
  run: ({ graphs, modules }, reporter) => {
    const places = new Map<string, Finding<C> & { readonly origin: Origin }>()
    const fine = new Set<string>()
    for (const graph of graphs) {
      const uses = usesOf(graph)
      for (const node of graph.nodes) {
        const verdict = judge(node, uses, modules)
        if (!verdict) continue
        const place = placeOf(node.origins[0])
        if (verdict === 'fine') fine.add(place)
        else if (!places.has(place)) places.set(place, { origin: node.origins[0], ...verdict })
      }
    }
    for (const [place, { facts, origin, details }] of places) if (!fine.has(place)) reporter.report(code, facts, origin, details)
  },
})

/** A rule on whole graphs, for what no node alone can tell. */
export const graphRule = <C extends LintCode>(code: C, check: (program: Program, report: Report<C>) => void): Rule => ({
  code,
  of: 'callers',
  run: (program, reporter) => check(program, (facts, origin, details) => reporter.report(code, facts, origin, details)),
})

/** A rule on what published networks do on purpose: it is silent until the configuration asks for it. */
export const onlyWhenAsked = (rule: Rule): Rule => ({ ...rule, level: 'off' })

/** The place in the user's text that made a node: of the library's nodes, the call of the library. */
function placeOf(origin: Origin): string {
  const { source, start, end } = userOrigin(origin).span
  return `${source.path} ${start} ${end}`
}
