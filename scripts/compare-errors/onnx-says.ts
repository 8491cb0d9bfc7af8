import { askPython } from './python.ts'
import { offersFix, silent, type Answers, type Said } from './said.ts'

interface Printed {
  readonly version: string
  readonly answers: Readonly<Record<string, Answer>>
}

interface Answer {
  readonly checker: string | null
  readonly inference: string | null
}

/** What ONNX's checker and its strict shape inference say; undefined where ONNX is not installed. */
export function onnxSays(): Answers | undefined {
  const printed = askPython('onnx', './onnx_says.py') as Printed | undefined
  if (printed === undefined) return undefined
  const { version, answers } = printed
  return { tool: 'ONNX', version, said: new Map(Object.entries(answers).map(([name, answer]) => [name, saidOf(answer)])) }
}

function saidOf({ checker, inference }: Answer): Said {
  if (checker !== null) return raised('`checker.check_model`', checker)
  if (inference !== null) return raised('`infer_shapes` in strict mode', inference)
  return silent('neither `checker.check_model` nor `infer_shapes` says anything')
}

const raised = (when: string, text: string): Said => ({
  when,
  text: withoutConsequences(text),
  verdict: { node: /node name: |Name: /.test(text), decided: 'no', fix: offersFix(text), beforeRunning: true },
})

/** Every node behind the mistake is reported too, because its input has no type. */
function withoutConsequences(text: string): string {
  const lines = text.trim().split('\n')
  const told = lines.filter((line) => !line.includes('expected to have type but instead is null'))
  const left = lines.length - told.length
  const more = `… (${left} more ${left === 1 ? 'node' : 'nodes'}, because of an input without a type)`
  return [...told, ...(left === 0 ? [] : [more])].join('\n')
}
