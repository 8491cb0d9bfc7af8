import type { IToken } from 'chevrotain'

/** The offset behind a token. */
export const tokenEnd = (token: IToken): number => (token.endOffset ?? token.startOffset) + 1
