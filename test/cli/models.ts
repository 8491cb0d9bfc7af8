/** A small network with weights: 112 parameters, 3,888 multiply-adds, maps [3, 3, 4]. */
export const tiny = `model Tiny(classes: int = 4) {
  input image: [8, 8, 3]
  x = image |> conv(classes, 3x3) |> relu
  output maps = pool.max(x, 2)
}
`

/** No weights, and results that are exact in floating point. */
export const twice = `model Twice {
  input x: [2, 3]
  output doubled = x * 2
  output shifted = x - 1
}
`

/** Pictures of any size with 3 channels, halved. */
export const anyPicture = `model AnyPicture {
  input image: [H, W, 3] where H % 2 == 0, W % 2 == 0
  output small = pool.max(image, 2)
}
`

/** Two maps of different channels are added. */
export const mismatched = `model Wrong {
  input image: [8, 8, 3]
  a = image |> conv(4, 3)
  b = image |> conv(5, 3)
  output y = a + b
}
`

/** The same mistake, and a misspelt name. */
export const wrong = mismatched.replace('}', '  output z = image |> rleu\n}')

/** One warning and nothing else. */
export const unchecked = `model Unchecked(width: int) {
  input image: [8, 8, 3]
  output y = image |> conv(width, 3)
}
`

export const twoModels = `model First {
  input x: [4]
  output y = x * 2
}

model Second {
  input x: [5]
  output y = x * 3
}
`
