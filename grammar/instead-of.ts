import { createTokenInstance, type IToken, type TokenType } from 'chevrotain'

/** A token of another type in the place of one. */
export const insteadOf = (
  { startOffset, endOffset, startLine, endLine, startColumn, endColumn }: IToken,
  type: TokenType,
  image: string,
): IToken =>
  createTokenInstance(
    type,
    image,
    startOffset,
    endOffset ?? startOffset,
    startLine ?? 0,
    endLine ?? 0,
    startColumn ?? 0,
    endColumn ?? 0,
  )
