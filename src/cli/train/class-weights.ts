import { existsSync } from 'node:fs'
import { didYouMean } from '../../compiler/text/did-you-mean.ts'
import type { OpenedTarget } from '../../runtime/data/opened-dataset.ts'
import { Failure, problem } from '../../runtime/failure/failure.ts'
import { decodeText } from '../../runtime/files/decode-text.ts'
import { readBytes } from '../../runtime/files/read-file.ts'
import { balancedWeights, classCounts } from '../../runtime/training/class-weights.ts'
import { isOfProbabilities } from '../../runtime/training/losses.ts'
import type { Goal } from '../../runtime/training/objective.ts'
import { UsageError } from '../exit/exit.ts'

/**
 * Goals with the weights of their classes, where they have classes.
 *
 * @param given `balanced`, or the path of a JSON file
 * @param positions of the samples that are learned from
 * @throws Failure `data/class-weights` for a file that is not about the classes; UsageError where no output has classes
 */
export async function withClassWeights(
  given: string | undefined,
  goals: readonly Goal[],
  targets: Readonly<Record<string, OpenedTarget>>,
  positions: readonly number[],
): Promise<readonly Goal[]> {
  if (given === undefined) return goals
  if (!goals.some(({ loss }) => isOfProbabilities(loss))) {
    throw new UsageError(`--class-weights is for classes, and ${goals.map(({ output, loss }) => `${output.name} is learned by ${loss}`).join(', ')}`)
  }
  const meant = didYouMean(given, ['balanced'])
  if (given !== 'balanced' && meant !== undefined && !existsSync(given)) throw new UsageError(`--class-weights ${given}: there is no such file; did you mean ${meant}?`)
  const file = given === 'balanced' ? undefined : await readWeights(given)
  return goals.map((goal) => {
    if (!isOfProbabilities(goal.loss)) return goal
    const target = targets[goal.output.name]!
    const counts = classCounts(goal, target, positions)
    if (counts.length === 0) throw new UsageError(`--class-weights is for classes, and ${target.name} has values between 0 and 1 for ${goal.output.name}, which are of none`)
    return { ...goal, classWeights: file ? ofFile(file, given, goal, target, counts.length) : balancedWeights(counts) }
  })
}

async function readWeights(file: string): Promise<Readonly<Record<string, unknown>>> {
  const refuse = (reason: string): never => {
    throw new Failure([problem('data/class-weights', { output: 'the model', reason }, { file })])
  }
  const decoded = decodeText(await readBytes(file), file)
  if ('fault' in decoded) return refuse(decoded.fault)
  let found: unknown
  try {
    found = JSON.parse(decoded.text)
  } catch (error) {
    return refuse(`the file is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  return isRecord(found) ? found : refuse('the file holds no object with a number of each class')
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)

function ofFile(found: Readonly<Record<string, unknown>>, file: string, { output }: Goal, { classes }: OpenedTarget, count: number): readonly number[] {
  const names = classes ?? Array.from({ length: count }, (_, label) => String(label))
  const strangers = Object.keys(found).filter((name) => !names.includes(name))
  const missing = names.filter((name) => !Object.hasOwn(found, name))
  const wrong = Object.entries(found).filter(([, value]) => !(typeof value === 'number' && value >= 0 && value < Infinity))
  const reasons = [
    ...(strangers.length > 0 ? [`there is no class ${strangers.join(', ')}; the classes are ${names.join(', ')}`] : []),
    ...(missing.length > 0 ? [`it has no number for ${missing.join(', ')}`] : []),
    ...wrong.map(([name, value]) => `the number of ${name} is ${JSON.stringify(value)}, and it is at least 0`),
    ...(wrong.length === 0 && Object.values(found).every((value) => value === 0) ? ['all of them are 0'] : []),
  ]
  const [first, ...rest] = reasons.map((reason) => problem('data/class-weights', { output: output.name, reason }, { file }))
  if (first) throw new Failure([first, ...rest])
  return names.map((name) => Number(found[name]))
}
