/** Mistakes in `examples/unet.fmw` that a reader of it could make: what stands there, and what is written instead. */
export const mistakesInUnet: Readonly<Record<string, readonly [right: string, wrong: string]>> = {
  'extents that need not divide': [' where H % 16 == 0, W % 16 == 0', ''],
  'a divisor that is too small': ['H % 16 == 0, W % 16', 'H % 8 == 0, W % 8'],
  'a picture that does not divide': ['[H, W, 1] where H % 16 == 0, W % 16 == 0', '[100, 100, 1]'],
  'one level more than divides': ['depth: int = 4', 'depth: int = 5'],
  'a stride of 3 on the way up': ['stride: 2', 'stride: 3'],
  'a kernel of 3 on the way up': ['2x2, stride', '3x3, stride'],
  'pooling by 3': ['pool.max(2)', 'pool.max(3)'],
  'no pooling': ['pool.max(2) |> ', ''],
  'a map of the level below joined': ['concat(skip, up)', 'concat(skip, deep)'],
  'added instead of joined, from twice the channels': [
    'transpose(width, 2x2, stride: 2)\n  return fuse.concat(skip, up)',
    'transpose(2 * width, 2x2, stride: 2)\n  return fuse.add(skip, up)',
  ],
  'twice the channels of what is declared': ['|> Double(width)', '|> Double(2 * width)'],
  'no padding': ['padding: same, activation: relu) |> conv', 'padding: 0, activation: relu) |> conv'],
  'a width that is missing': ['|> Double(width)', '|> Double()'],
  'a block that is misspelt': ['deep = skip |> pool.max(2) |> Level', 'deep = skip |> pool.max(2) |> Levle'],
  'channels first': ['[H, W, 1] where', '[1, H, W] where'],
}

export const withMistake = (text: string, [right, wrong]: readonly [right: string, wrong: string]): string => {
  if (text.split(right).length !== 2) throw new Error(`${right} does not stand once in the text`)
  return text.replace(right, wrong)
}
