/**
 * A rows x columns matrix, row by row, whose shorter side is orthonormal, uniformly distributed over all of them: Q of the QR
 * decomposition of a standard normal matrix with the diagonal of R positive (F. Mezzadri, "How to generate random matrices from
 * the classical compact groups", Notices of the AMS 54 (2007)).
 */
export function orthogonalMatrix(rows: number, columns: number, normal: () => number): Float32Array {
  const count = Math.min(rows, columns)
  const length = Math.max(rows, columns)
  const vectors: Float64Array[] = []
  while (vectors.length < count) {
    const vector = Float64Array.from({ length }, normal)
    // modified Gram-Schmidt: the diagonal is positive, and what it loses (the matrix' condition times 2^-53) is nothing in 32
    // bits
    for (const other of vectors) subtract(vector, other, dot(vector, other))
    const norm = Math.sqrt(dot(vector, vector))
    // a normal vector lies in the span of fewer others with probability 0
    vectors.push(vector.map((value) => value / norm))
  }
  const tall = rows >= columns
  const matrix = new Float32Array(rows * columns)
  for (const [i, vector] of vectors.entries()) {
    for (const [j, value] of vector.entries()) matrix[tall ? j * columns + i : i * columns + j] = value
  }
  return matrix
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += Number(a[i]) * Number(b[i])
  return sum
}

function subtract(from: Float64Array, direction: Float64Array, factor: number): void {
  for (let i = 0; i < from.length; i++) from[i] = Number(from[i]) - factor * Number(direction[i])
}
