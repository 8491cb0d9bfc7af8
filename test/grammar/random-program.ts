import fc from 'fast-check'

/** Names that are not keywords, those that are only at the start of a statement, and those of the library and the language. */
const anyName = fc.constantFrom(
  'x',
  'y',
  'maps',
  'H',
  'C',
  'n',
  'i',
  'from',
  'like',
  'input',
  'layer',
  'conv',
  'relu',
  'floor',
  'range',
  'same',
  'F',
  'stage_2',
  'x3',
)
const anyWord = fc.oneof(anyName, fc.constantFrom('if', 'in', 'none', 'as', 'freeze'))

/** What may stand between two tokens that are not on one line by necessity. */
const gap = fc.constantFrom(' ', ' ', ' ', '  ', '\n    ', ' // note\n    ')
const tight = fc.constantFrom('', '', ' ')

const literal = fc.oneof(
  fc.nat(300).map(String),
  fc.constantFrom(
    '0.5',
    '1e-5',
    '2.5e3',
    '3x3',
    '1x7',
    'true',
    'false',
    'none',
    '_',
    '"text"',
    '"a {n + 1} \\" b"',
    '"{x.channels}"',
  ),
  anyName,
)

/** Separated by commas, sometimes with one at the end. */
const commaList = (element: fc.Arbitrary<string>, minLength = 0): fc.Arbitrary<string> =>
  fc
    .tuple(fc.array(element, { minLength, maxLength: 3 }), gap, fc.boolean())
    .map(([items, space, trailing]) => items.join(`,${space}`) + (trailing && items.length > 0 ? ',' : ''))

const joined = (...parts: readonly (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> =>
  fc.tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part))).map((texts) => texts.join(''))

const optional = (part: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.oneof(fc.constant(''), part)

const pattern: fc.Arbitrary<string> = fc.oneof(anyName, fc.constant('_'), joined('[', commaList(anyName, 1), ']'))

const repeated = (element: fc.Arbitrary<string>, maxLength: number): fc.Arbitrary<string> =>
  fc.array(element, { maxLength }).map((texts) => texts.join(''))

/** Lists and expressions whose brackets and branches are nested at most this deep, rule by rule as the grammar has them. */
function nested(depth: number): { readonly expression: fc.Arbitrary<string>; readonly list: fc.Arbitrary<string> } {
  if (depth === 0) return { expression: literal, list: joined('[', commaList(literal), ']') }
  const { expression: inner, list: innerList } = nested(depth - 1)
  const clause = joined('for ', pattern, ' in ', inner, optional(joined(' if ', inner)), ' ')
  const comprehension = joined(clause, optional(clause), ': ', inner)
  const list = joined('[', commaList(fc.oneof(inner, joined('...', inner), comprehension)), ']')
  const argument = fc.oneof(inner, joined('...', inner), joined(anyWord, ': ', inner), joined(anyWord, ':'))
  const suffix = fc.oneof(joined('(', commaList(argument), ')'), joined(tight, '[', inner, ']'), joined('.', anyWord))
  const postfix = joined(fc.oneof(literal, literal, innerList, list, joined('(', inner, ')')), repeated(suffix, 2))
  const prefixed = joined(repeated(fc.constantFrom('-', 'freeze '), 1), postfix)
  const arithmetic = joined(prefixed, repeated(joined(gap, fc.constantFrom('+', '-', '*', '/', '%'), gap, prefixed), 2))
  const comparison = joined(arithmetic, optional(joined(gap, fc.constantFrom('==', '!=', '<', '<=', '>', '>='), gap, arithmetic)))
  const negation = joined(optional(fc.constant('not ')), comparison)
  const logic = joined(negation, repeated(joined(gap, fc.constantFrom('or', 'and'), ' ', negation), 1))
  const choice = fc.oneof(logic, joined('if ', inner, gap, 'then ', inner, gap, 'else ', inner))
  const label = optional(joined(gap, 'as ', anyName))
  return { list, expression: fc.oneof(literal, prefixed, joined(choice, label, repeated(joined(gap, '|> ', postfix, label), 2))) }
}

const { expression, list } = nested(2)

export const anyExpression: fc.Arbitrary<string> = expression

const type: fc.Arbitrary<string> = joined(
  fc.oneof(list, fc.constantFrom('int', 'tensor', 'block', 'float[]', 'int[][]')),
  fc.constantFrom('', '', '...', '?'),
)
const parameters: fc.Arbitrary<string> = joined(
  '(',
  commaList(joined(anyName, ': ', type, optional(joined(' = ', expression)))),
  ')',
)
const result: fc.Arbitrary<string> = fc.oneof(joined('like ', anyName), type, joined(anyName, ': ', type))

const { body } = fc.letrec<{ readonly body: string; readonly statement: string; readonly conditional: string }>((tie) => ({
  statement: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    joined(pattern, optional(joined(', ', pattern)), ' = ', expression),
    joined(anyName, ': ', list, ' = ', expression),
    joined('input ', anyName, ': ', list, optional(joined(' where ', expression, optional(joined(', ', expression))))),
    joined('output ', anyName, optional(joined(': ', list)), ' = ', expression),
    joined('output ', anyName),
    joined('return ', expression, optional(joined(', ', expression))),
    joined(
      fc.constantFrom('param ', 'state '),
      anyName,
      ': ',
      list,
      ' = ',
      expression,
      optional(joined(', trainable: ', expression)),
    ),
    joined('layer ', anyName, ' = ', expression),
    joined('require ', expression, optional(fc.constant(', "{n} is wrong"'))),
    joined('for ', pattern, ' in ', expression, ' ', tie('body')),
    tie('conditional'),
  ),
  conditional: joined('if ', expression, ' ', tie('body'), optional(joined(' else ', fc.oneof(tie('body'), tie('conditional'))))),
  body: fc
    .array(tie('statement'), { maxLength: 4, depthIdentifier: 'body' })
    .map((statements) => `{\n${statements.map((statement) => `  ${statement}\n`).join('')}}`),
}))

const declaration: fc.Arbitrary<string> = fc.oneof(
  joined('const ', anyName, optional(parameters), ' = ', expression),
  joined('model ', anyName, optional(parameters), ' ', body),
  joined(
    'block ',
    anyName,
    parameters,
    optional(joined(' -> ', fc.oneof(result, joined('(', commaList(result, 1), ')')))),
    ' ',
    body,
  ),
  joined('import { ', commaList(joined(anyName, optional(joined(' as ', anyName))), 1), ' } from "./other.fmw"'),
)

/** Texts that follow the grammar; whether they mean anything is another matter. */
export const anyProgram: fc.Arbitrary<string> = fc
  .array(declaration, { maxLength: 4 })
  .map((declarations) => declarations.join('\n\n'))
