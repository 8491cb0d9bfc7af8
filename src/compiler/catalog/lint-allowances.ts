import { entries } from './entry.ts'

/** Comments that allow a finding. */
export const lintAllowancesEntries = entries({
  'lint/allow-without-reason': {
    severity: 'warning',
    message: 'this allows {rule} and does not say why',
    help: `A finding is allowed by a comment at the end of its line, or on a line of its own above: \`// fmw-allow lint/unused-value: kept for the ablation\`. The
reason is for whoever reads it next.`,
    bad: `model M {
  input x: [8, 8, 3]
  a = x |> conv(4) // fmw-allow lint/unused-value
  output y = x |> relu
}`,
    good: `model M {
  input x: [8, 8, 3]
  a = x |> conv(4) // fmw-allow lint/unused-value: its weights are in the published file
  output y = x |> relu
}`,
  },
  'lint/unused-allow': {
    severity: 'warning',
    message: 'this comment allows nothing: {why}',
    help: `A comment \`// fmw-allow rule: reason\` is about the line it stands on, or alone on a line about the next one. Where the rule finds nothing there any
more, the comment is in the way of the next finding. Only findings of the linter can be allowed, never an error.`,
    bad: `model M {
  input x: [8, 8, 3]
  // fmw-allow lint/unused-value: read by the second head
  a = x |> conv(4)
  output y = a |> relu
}`,
    good: `model M {
  input x: [8, 8, 3]
  // read by the second head
  a = x |> conv(4)
  output y = a |> relu
}`,
  },
})
