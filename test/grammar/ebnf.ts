import {
  Alternation,
  Alternative,
  NonTerminal,
  Option,
  Repetition,
  RepetitionMandatory,
  RepetitionMandatoryWithSeparator,
  Terminal,
  type IProduction,
  type TokenType,
} from 'chevrotain'
import { FmwParser } from '../../grammar/parser.ts'

/** The parser's rules in ISO-like EBNF, by name, in the order of the parser: `sum = product { ( "+" | "-" ) product } ;`. */
export function productionsOfParser(): ReadonlyMap<string, string> {
  const rules = Object.values(new FmwParser({ validate: false }).getGAstProductions())
  return new Map(rules.map(({ name, definition }) => [name, `${name} = ${sequence(definition)} ;`]))
}

const sequence = (productions: readonly IProduction[]): string =>
  productions
    .map((production) =>
      production instanceof Alternation && productions.length > 1 ? `( ${print(production)} )` : print(production),
    )
    .join(' ')

function print(production: IProduction): string {
  if (production instanceof Terminal) return terminal(production.terminalType)
  if (production instanceof NonTerminal) return production.nonTerminalName
  if (production instanceof Alternation) return production.definition.map(print).join(' | ')
  if (production instanceof Alternative) return sequence(production.definition)
  if (production instanceof Option) return `[ ${sequence(production.definition)} ]`
  if (production instanceof Repetition) return `{ ${sequence(production.definition)} }`
  if (production instanceof RepetitionMandatory)
    return `${sequence(production.definition)} { ${sequence(production.definition)} }`
  if (production instanceof RepetitionMandatoryWithSeparator) {
    const element = sequence(production.definition)
    return `${element} { ${terminal(production.separator)} ${element} }`
  }
  throw new Error(`the grammar uses a ${production.constructor.name}, which this printer does not know`)
}

/** Symbols and keywords as they are written, classes of tokens in capitals. */
const terminal = ({ PATTERN, name }: TokenType): string =>
  typeof PATTERN === 'string' && PATTERN !== 'NOT_APPLICABLE'
    ? `"${PATTERN}"`
    : name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()
