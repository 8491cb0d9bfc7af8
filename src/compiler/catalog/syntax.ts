import { entries } from './entry.ts'

/** Texts that do not follow the grammar. */
export const syntaxEntries = entries({
  'syntax/unexpected': {
    severity: 'error',
    message: 'expected {expected}, found {found}',
    help: `The text does not follow the grammar here. The parser goes on after it, so that other mistakes of the file are shown too. Usual causes: a missing comma
between arguments, a bracket that is not closed, a call that nothing is assigned to (every statement begins with the name it assigns, or a keyword).`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(4 3x3)
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x |> conv(4, 3x3)
}`,
  },
  'syntax/character': {
    severity: 'error',
    message: `\`{found}\` means nothing in fmw`,
    help: `Only ASCII letters, digits, \`_\` and the symbols of the grammar may stand outside comments and texts.`,
    bad: `model M {
  input x: [8, 8, 3]
  output y = x $ 2
}`,
    good: `model M {
  input x: [8, 8, 3]
  output y = x * 2
}`,
  },
  'syntax/number': {
    severity: 'error',
    message: '{found} is not a number; write {expected}',
    help: `A size is two numbers with an \`x\` between them and nothing else (\`3x3\`, \`224x224\`). With names or more than two numbers, write a list: \`[3, n]\`.`,
    bad: `model M {
  input x: [8, 8, 3]
  n = 3
  output y = x |> conv(4, 3xn)
}`,
    good: `model M {
  input x: [8, 8, 3]
  n = 3
  output y = x |> conv(4, [3, n])
}`,
  },
  'syntax/unclosed-text': {
    severity: 'error',
    message: 'this text has no closing {expected}',
    help: `A text begins and ends with a double quote on one line. Inside it \`\\"\` is a quote, \`\\n\` a new line, and \`{expr}\` the value of an expression.`,
    bad: `model M {
  input x: [8, 8, 3]
  require x.channels == 3, "colour
  output y = x |> conv(4)
}`,
    good: `model M {
  input x: [8, 8, 3]
  require x.channels == 3, "colour"
  output y = x |> conv(4)
}`,
  },
  'syntax/too-deep': {
    severity: 'error',
    message: 'brackets are nested deeper than {expected}',
    help: `The parser follows brackets this deep and no deeper. Name the inner parts and use the names.`,
    bad: `const N = (((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((1)))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))`,
    good: `const N = ((((((((((((((((((((1))))))))))))))))))))`,
  },
})
