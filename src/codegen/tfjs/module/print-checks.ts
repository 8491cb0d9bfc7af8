import { printDim } from '../../../compiler/dim/print.ts'
import { knowledgeOf } from '../../../compiler/dim/variable.ts'
import type { Graph } from '../../../compiler/graph/graph.ts'
import { printExtent } from './print-extent.ts'

type Checked = Pick<Graph, 'name' | 'extents' | 'requirements'>

/** What must hold, in words and as an expression. */
type Claim = readonly [text: string, expression: string]

/** The statement that refuses extents of inputs that the model was not checked for. */
export function printChecks(graph: Checked, runtime: (name: string) => string): readonly string[] {
  const claims = [...knownClaims(graph), ...requiredClaims(graph)]
  const code = claims.map(([, expression]) => expression).join(' ')
  const read = graph.extents.map(({ name }) => name).filter((name) => new RegExp(`\\b${name}\\b`).test(code))
  const listed = claims.map(([text, expression]) => `${JSON.stringify(text)}: ${expression}`)
  if (claims.length === 0) return []
  return [`${runtime('demand')}(${JSON.stringify(graph.name)}, { ${read.join(', ')} }, { ${listed.join(', ')} })`]
}

const knownClaims = ({ extents }: Checked): readonly Claim[] =>
  extents.flatMap((variable): readonly Claim[] => {
    const { name, relations } = variable
    const { modulus, remainder, min, max } = knowledgeOf(variable)
    const lowest = remainder === 0 ? modulus : remainder
    return [
      ...(modulus === 1 ? [] : [[`${name} % ${modulus} must be ${remainder}`, `${name} % ${modulus} === ${remainder}`] as const]),
      ...(min <= lowest ? [] : [[`${name} must be at least ${min}`, `${name} >= ${min}`] as const]),
      ...relations.flatMap(({ kind, other, by }): readonly Claim[] => {
        const least = by === 0 ? other : `${other} + ${by}`
        return kind === 'most' ? [] : [[`${name} must be at least ${least}`, `${name} >= ${least}`]]
      }),
      ...(max === Infinity ? [] : [[`${name} must be at most ${max}`, `${name} <= ${max}`] as const]),
    ]
  })

const requiredClaims = ({ requirements }: Checked): readonly Claim[] =>
  requirements.map(({ extent, path }) => [
    `${path} would be empty: ${printDim(extent)} must be at least 1`,
    `${printExtent(extent, (name) => name)} >= 1`,
  ])
