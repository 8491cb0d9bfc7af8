import type { Goal } from '../../runtime/training/objective.ts'
import type { TrainingData } from './data.ts'
import type { TrainSettings } from './settings.ts'

/** What is learned, as a resumed training has to have it too. */
export function recordedGoals({ targets, loss }: TrainSettings, { goals, targets: opened }: TrainingData): Readonly<Record<string, string>> {
  const [first, ...others] = goals
  const isSingle = others.length === 0
  const classes = new Set(goals.flatMap(({ output: { name } }) => opened[name]!.classes?.join(', ') ?? []))
  const weights = goals.flatMap(({ classWeights }) => (classWeights ? [classWeights.join(', ')] : []))
  return {
    ...(isSingle ? { '--loss': first!.loss } : { 'the losses': lossText(goals), ...(loss !== undefined && { '--loss': loss }) }),
    ...(isSingle && targets.length === 0 && { '--target': first!.output.name }),
    ...(classes.size > 0 && { 'the classes': [...classes].join('; ') }),
    ...(weights.length > 0 && { 'the weights of the classes': weights.join('; ') }),
  }
}

/** `categorical_crossentropy`; of several outputs `mse of a + 0.5 mae of b`. */
export const lossText = (goals: readonly Goal[]): string =>
  goals.length === 1
    ? goals[0]!.loss
    : goals.map(({ output, loss, weight }) => `${weight === 1 ? '' : `${weight} `}${loss} of ${output.name}`).join(' + ')
