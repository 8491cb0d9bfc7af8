import type { DrawnMap } from './map-panel.ts'

/** A map of another size: bilinear between the centres of its elements, and the nearest value beyond the outermost centres. */
export function enlargeMap({ height, width, values }: DrawnMap, toHeight: number, toWidth: number): DrawnMap {
  const enlarged = new Float32Array(toHeight * toWidth)
  const columns = Array.from({ length: toWidth }, (_, column) => between(column, toWidth, width))
  for (let row = 0; row < toHeight; row++) {
    const [top, bottom, down] = between(row, toHeight, height)
    for (const [column, [left, right, along]] of columns.entries()) {
      const upper = values[top * width + left]! * (1 - along) + values[top * width + right]! * along
      const lower = values[bottom * width + left]! * (1 - along) + values[bottom * width + right]! * along
      enlarged[row * toWidth + column] = upper * (1 - down) + lower * down
    }
  }
  return { height: toHeight, width: toWidth, values: enlarged }
}

/** The two elements that the centre of element `i` of `to` lies between, and how far it is from the first to the second. */
function between(i: number, to: number, from: number): readonly [first: number, second: number, share: number] {
  const at = Math.min(from - 1, Math.max(0, ((i + 0.5) * from) / to - 0.5))
  const first = Math.floor(at)
  return [first, Math.min(from - 1, first + 1), at - first]
}
