import { printShape } from '../../compiler/dim/print.ts'
import { renderHistory } from '../../compiler/report/render-why.ts'
import { whyJson } from '../../compiler/facts/why-json.ts'
import { whyShape } from '../../compiler/facts/why.ts'
import type { CommonOptions } from '../options/common-options.ts'
import { findNodes, kindOf } from '../files/find-nodes.ts'
import { openModel, openSession } from '../files/open-model.ts'

interface WhyOptions extends CommonOptions {
  readonly json: boolean
}

/** Where each extent of a node's shape was decided, and the arithmetic on the way. */
export async function why(file: string, name: string, options: WhyOptions): Promise<void> {
  const session = await openSession(options)
  const graph = openModel(file, session)
  const { result } = findNodes(graph, name, `fmw show ${file} lists them`)
  const histories = whyShape(graph, result)
  const { terminal } = session
  if (options.json) return terminal.json(whyJson(graph, result, histories))
  const title = `${result.path}: ${kindOf(result)} ${printShape(result.type.shape)}`
  const texts = histories.map((history) => renderHistory(history, terminal.outStyle))
  terminal.result([title, ...(texts.length === 0 ? ['a scalar has no extents'] : texts)].join('\n\n'))
}
