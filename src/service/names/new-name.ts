import { keywords } from '../../../grammar/tokens.ts'
import { builtins } from '../../compiler/elaborate/builtins.ts'
import { enumsWith } from '../../compiler/elaborate/enums.ts'
import { primitives } from '../../compiler/primitives/index.ts'
import type { Analysis } from '../analysis.ts'
import { readOf } from './modules.ts'
import type { NamedThing } from './named-thing.ts'

/** Why a thing of a file cannot have a name, whatever else is in the file; undefined where it can. */
export function refusedName(name: string, { kind }: NamedThing, analysis: Analysis): string | undefined {
  if (!/^[A-Za-z_]\w*$/.test(name)) return `${name === '' ? 'nothing' : `\`${name}\``} is no name: a letter or _, then letters, digits and _`
  if (name === '_') return '`_` is a hole, no name'
  if (keywords.some(({ PATTERN }) => PATTERN === name)) return `\`${name}\` is a keyword`
  // nobody reads these by their names alone
  if (kind === 'label' || kind === 'result') return undefined
  const { modules } = readOf(analysis)
  if (modules.families.includes(name)) return `\`${name}\` is a family of the library`
  if (modules.prelude.names.has(name) || primitives.has(name)) return `\`${name}\` is an op of the library`
  if (builtins.has(name)) return `\`${name}\` is a function of the language`
  const [type] = enumsWith(name)
  return type === undefined ? undefined : `\`${name}\` is a word of the type ${type}`
}
