import { divide, subtract, type Dim } from '../../dim/expr.ts'
import { printDim } from '../../dim/print.ts'
import { textOf } from '../../text/source.ts'
import { enlarges, kernelOf, sideOf, strideOf, type Window } from '../windows-of-branch.ts'
import { extentAlong, isCut, isRounded, overlaps, type Sizes } from './unequal-sizes.ts'

/** What makes two sizes differ as these do. */
export function sizeAdvice(sizes: Sizes): readonly string[] {
  const { small, large, axis, branch, shortcut } = sizes
  const [less, more] = [extentAlong(small, axis), extentAlong(large, axis)]
  // a single row or column is what is left of an axis, not a map at another scale
  const factor = less === 1 ? undefined : factorOf(less, more)
  if (factor !== undefined) return [`one side has a stride, pooling or resizing of ${factor} that the other has not`]
  const transposed = shortcut.find((window) => overlaps(window, axis))
  if (transposed) {
    const [kernel, stride] = [Number(kernelOf(transposed, axis)), strideOf(transposed)]
    return [
      `a transposed convolution of kernel ${kernel} and stride ${stride} gives ${stride}n + ${kernel - stride} rows; with padding: same it gives ${stride}n`,
    ]
  }
  const lost = subtract(more, less)
  if (lost === 1) {
    if ([...branch, ...shortcut].some(enlarges)) return roundedOff([...branch, ...shortcut])
    return branch.length > 0 ? ['one side rounds down where the other rounds up'] : []
  }
  if (!isCut(sizes)) return isRounded(branch) ? roundedOff(branch) : []
  return [
    `${String(lost)} rows or columns are lost at windows without padding: padding: same keeps all, crop(like: …) takes them from the other side too`,
  ]
}

/** Which rows a stride left out: the last of an odd size, or those that filled no window. */
function roundedOff(windows: readonly Window[]): readonly string[] {
  const [dropping] = windows.flatMap((window) => {
    const rows = rowsLeftOut(window)
    return rows > 0 ? [{ window, rows }] : []
  })
  if (!dropping) return ['an odd size does not come back by halving and doubling']
  const { window, rows } = dropping
  const isHalf = strideOf(window) === 2 && sideOf(window, 0) <= 2
  const last = rows === 1 ? 'the last row or column' : `the last ${rows} rows or columns`
  const what = `${textOf(window.written.expr.span)} leaves out ${last} of ${printDim(window.before)}`
  return [isHalf ? `${what}: an odd size does not come back by halving and doubling` : `${what}, which fill no window`]
}

/** How many rows behind the last window a stride does not read. */
function rowsLeftOut(window: Window): number {
  const { before, after } = window
  const stride = strideOf(window)
  if (typeof before !== 'number' || typeof after !== 'number' || stride === 1 || enlarges(window)) return 0
  return Math.max(0, before - (after - 1) * stride - sideOf(window, 0))
}

/** The whole factor between two sizes, or what it would be without rounding. */
function factorOf(less: Dim, more: Dim): number | undefined {
  const ratio = divide(more, less)
  if (typeof less !== 'number' || typeof more !== 'number')
    return typeof ratio === 'number' && Number.isInteger(ratio) ? ratio : undefined
  return more - less === 1
    ? undefined
    : [2, 4, 8, 16, 32].find((k) => less === Math.floor(more / k) || less === Math.ceil(more / k))
}
