import { printShape } from '../../compiler/dim/print.ts'
import type { InputNode } from '../../compiler/graph/graph.ts'
import { Failure, problem } from '../failure/failure.ts'

export interface PictureInput {
  readonly name: string
  /** Undefined for a symbolic extent. */
  readonly height: number | undefined
  readonly width: number | undefined
  readonly channels: 1 | 3 | 4
}

/** An input of a model as what takes pictures. @throws Failure `data/source` where it does not */
export function pictureInput({ name, type: { shape } }: InputNode, file: string, resize: boolean): PictureInput {
  const refuse = (reason: string): never => {
    throw new Failure([problem('data/source', { reason }, { file })])
  }
  const [height, width, channels] = shape.map(({ dim }) => (typeof dim === 'number' ? dim : undefined))
  if (shape.length !== 3 || (channels !== 1 && channels !== 3 && channels !== 4)) {
    return refuse(`pictures are maps with 1, 3 or 4 channels, and the input ${name} is ${printShape(shape)}`)
  }
  if (resize && (height === undefined || width === undefined)) {
    refuse(`the input ${name} ${printShape(shape)} has no fixed size to which pictures could be resized`)
  }
  return { name, height, width, channels }
}
