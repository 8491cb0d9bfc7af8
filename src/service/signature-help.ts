import { expectedAt } from '../../grammar/index.ts'
import type { Analysis } from './analysis.ts'
import { callAt } from './names/call-at.ts'
import { described, parameterText } from './said/described.ts'

interface Signature {
  /** `conv(x: [H, W, C], filters: int, …) -> […]` */
  readonly label: string
  /** Markdown. */
  readonly doc: string
  readonly parameters: readonly {
    readonly name: string
    /** Where it stands in the label. */
    readonly start: number
    readonly end: number
    readonly doc: string
  }[]
  /** The parameter that the place is for, by its index; undefined where it is for none. */
  readonly active: number | undefined
}

/** The call around an offset, and which of its parameters is written there: by position, by name, or behind what a pipe passes. */
export function signatureHelp(analysis: Analysis, offset: number): Signature | undefined {
  const { source, parsed } = analysis
  const { before, word } = expectedAt(source.text, parsed.tokens, offset)
  const call = callAt(word ? [...before, word] : before, offset, analysis)
  if (!call) return undefined
  const said = described(call.callee.target, analysis)
  let label = `${said.name}(`
  const parameters = said.parameters.map((one, i) => {
    label += i > 0 ? ', ' : ''
    const start = label.length
    label += parameterText(one)
    return { name: one.name, start, end: label.length, doc: one.doc }
  })
  label += `)${said.results}`
  const active = parameters.findIndex(({ name }) => name === call.active?.name)
  return { label, doc: said.doc, parameters, active: active < 0 ? undefined : active }
}
