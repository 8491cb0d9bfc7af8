import type { IToken } from 'chevrotain'
import { Block, Model } from '../../../../grammar/tokens.ts'

/** Whether a token begins a declaration with a body, as those at the beginning of a line do. */
export const isDeclaring = ({ tokenType, startColumn }: IToken): boolean => startColumn === 1 && (tokenType === Model || tokenType === Block)
