import { askPython } from './python.ts'
import { offersFix, silent, type Answers, type Said } from './said.ts'

interface Printed {
  readonly version: string
  readonly answers: Readonly<Record<string, Answer>>
}

type Answer = { readonly definition: string } | { readonly call: string | null; readonly propagation: string | null }

/**
 * What PyTorch says when a module is made and called, and what its torch.fx says without data; undefined where it is not
 * installed.
 */
export function pytorchSays(): readonly [calling: Answers, propagating: Answers] | undefined {
  const printed = askPython('torch', './torch_says.py') as Printed | undefined
  if (printed === undefined) return undefined
  const { version, answers } = printed
  const said = (of: (answer: Answer) => Said): Answers['said'] =>
    new Map(Object.entries(answers).map(([name, answer]) => [name, of(answer)]))
  return [
    { tool: 'PyTorch', version, said: said(called) },
    { tool: 'torch.fx', version, said: said(propagated) },
  ]
}

function called(answer: Answer): Said {
  if ('definition' in answer) return raised('when the module is made', answer.definition, true)
  if (answer.call === null) return silent('it computes an output')
  return raised('when the module is called with a tensor', answer.call, false)
}

function propagated(answer: Answer): Said {
  if ('definition' in answer) return raised('which cannot be asked, because the module is not made', answer.definition, true)
  if (answer.propagation === null) return silent('it finds nothing')
  return raised('`ShapeProp` with a tensor without data (`meta`)', answer.propagation, true)
}

const raised = (when: string, text: string, beforeRunning: boolean): Said => ({
  when,
  text: withoutRepetition(text),
  verdict: {
    node: /^File "module.py"|node=/m.test(text),
    decided: /call_function\[.*args = \(\[?%\w+, %/.test(text) ? 'operands' : 'no',
    fix: offersFix(text),
    beforeRunning,
  },
})

/** Behind the line of the node, torch.fx says the same again, and that it knows no traceback. */
function withoutRepetition(text: string): string {
  const [said, ...more] = text.split('\n\nWhile executing ')
  return more.length === 0 ? text.trim() : `${said}\n…`
}
