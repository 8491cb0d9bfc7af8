import { readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** A folder for each mistake: the same network as model.fmw, module.py (PyTorch), graph.py (ONNX) and layers.ts (tf.layers). */
export const mistakesFolder = fileURLToPath(new URL('./mistakes', import.meta.url))

export interface Mistake {
  /** Of its folder. */
  readonly name: string
  readonly title: string
  readonly description: string
  /** The numbers that do not agree, in each way of seeing it; undefined where it is not about numbers. */
  readonly numbers?: readonly (readonly [number, number])[]
  /** What the layer that fails is called in layers.ts. */
  readonly layer: string
}

export const mistakes: readonly Mistake[] = [
  {
    name: 'branch-stride',
    title: 'The branch has a stride, the shortcut has not',
    description: 'A residual block that halves the map in its branch only, called by the network.',
    numbers: [[28, 56]],
    layer: 'add',
  },
  {
    name: 'odd-skip',
    title: 'A skip connection of an odd size',
    description: '100 is halved to 50, 25 and 12; doubling 12 gives 24, not 25.',
    numbers: [[25, 24]],
    layer: 'join3',
  },
  {
    name: 'valid-against-same',
    title: 'One of two parallel convolutions has no padding',
    description: 'The wide one loses two rows and columns on each side.',
    numbers: [[32, 28]],
    layer: 'joined',
  },
  {
    name: 'channels-first',
    title: 'The other layout',
    description:
      'Channels first in fmw and tf.layers, where they come last; channels last in PyTorch and ONNX, where they come first.',
    numbers: [
      [1, 2],
      [3, 224],
    ],
    layer: 'pool2',
  },
  {
    name: 'flatten-forgotten',
    title: 'Flatten forgotten',
    description:
      'A map of 5 rows, 5 columns and 16 channels goes into a dense layer, written for the vector of its 400 elements.',
    numbers: [
      [5, 16],
      [5, 400],
    ],
    layer: 'hidden',
  },
  {
    name: 'groups',
    title: 'Groups that do not divide the channels',
    description: '48 channels in 32 groups.',
    numbers: [[48, 32]],
    layer: 'grouped',
  },
  {
    name: 'upsampling-factor',
    title: 'Enlarged by the wrong factor',
    description: 'The encoder halves three times, the decoder enlarges by 4.',
    numbers: [[128, 64]],
    layer: 'joined',
  },
  {
    name: 'two-backbones',
    title: 'Two backbones of different strides',
    description: 'One divides by 4, the other by 8.',
    numbers: [[32, 16]],
    layer: 'joined',
  },
  {
    name: 'too-many-poolings',
    title: 'A kernel larger than the map',
    description: '28 is halved to 14, 7 and 3 in a loop; a 5x5 kernel no longer fits.',
    numbers: [[3, 5]],
    layer: 'last',
  },
  {
    name: 'renamed-parameter',
    title: 'A parameter by the name it has elsewhere',
    description: '`strides` for `stride`, and `stride` for `strides`.',
    layer: 'stem',
  },
]

/** Folders that the list forgets. */
export const unlisted = (): readonly string[] =>
  readdirSync(mistakesFolder).filter((folder) => !mistakes.some(({ name }) => name === folder))

export const fileOf = (mistake: Mistake, file: string): string => path.join(mistakesFolder, mistake.name, file)
