import type { Target } from './opened-dataset.ts'

/**
 * Targets with the classes that are known of another which is learned from the same labels: one label is of one class, whichever output
 * it is for.
 *
 * @param sourceOf what says a target in the data
 */
export function sharedClasses(targets: readonly Target[], sourceOf: (target: Target, i: number) => string | undefined): readonly Target[] {
  const sources = targets.map(sourceOf)
  return targets.map((target, i) => {
    if (target.classes || target.kind === 'values') return target
    const classes = targets.find((other, k) => other.classes && sources[k] !== undefined && sources[k] === sources[i])?.classes
    return classes ? { ...target, classes } : target
  })
}
