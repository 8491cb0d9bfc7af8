import type { ArrayTarget } from './array-dataset.ts'

/** That numbers are positions of classes whose names say something else, as nothing in the data tells. */
export function notePositions({ target: { classes, kind }, name }: Omit<ArrayTarget, 'data'>, file: string, note: (text: string) => void): void {
  if (!classes || kind === 'values' || classes.every((each, label) => each === String(label))) return
  note(`${file}: the numbers of ${name} are taken for positions of the classes: 0 is ${classes[0]}, ${classes.length - 1} is ${classes.at(-1)}`)
}
