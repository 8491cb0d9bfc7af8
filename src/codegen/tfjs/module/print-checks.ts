import { printDim } from '../../../compiler/dim/print.ts'
import { knowledgeOf } from '../../../compiler/dim/variable.ts'
import type { Graph } from '../../../compiler/graph/graph.ts'
import { printExtent } from './print-extent.ts'

type Checked = Pick<Graph, 'extents' | 'requirements'>

/** The statements that refuse extents of inputs that the model was not checked for. */
export const printChecks = (graph: Checked): readonly string[] => [...printKnowledge(graph), ...printRequirements(graph)]

const printKnowledge = ({ extents }: Checked): readonly string[] =>
  extents.flatMap((variable) => {
    const { modulus, remainder, min, max } = knowledgeOf(variable)
    const name = variable.name
    const lowest = remainder === 0 ? modulus : remainder
    return [
      ...(modulus === 1 ? [] : [refuse(`${name} % ${modulus} !== ${remainder}`, `${variable.name} % ${modulus} must be ${remainder}`)]),
      ...(min <= lowest ? [] : [refuse(`${name} < ${min}`, `${variable.name} must be at least ${min}`)]),
      ...variable.relations.flatMap(({ kind, other, by }) => {
        const least = by === 0 ? '' : ` + ${by}`
        return kind === 'most' ? [] : [refuse(`${name} < ${other}${least}`, `${variable.name} must be at least ${other}${least}`)]
      }),
      ...(max === Infinity ? [] : [refuse(`${name} > ${max}`, `${variable.name} must be at most ${max}`)]),
    ]
  })

const printRequirements = ({ requirements }: Checked): readonly string[] =>
  requirements.map(({ extent, path }) =>
    refuse(`${printExtent(extent, (name) => name)} < 1`, `the input is too small: ${path} would be empty (${printDim(extent)})`),
  )

const refuse = (condition: string, message: string): string => `if (${condition}) throw new RangeError(${JSON.stringify(message)})`
