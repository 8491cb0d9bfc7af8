import type { IParserErrorMessageProvider, IRecognitionException, TokenType } from 'chevrotain'
import { vocabulary } from './tokens.ts'

/**
 * Chevrotain hands on what the one token is that could stand in a place by nothing but the message of its error: so that is the name
 * of the type, and read nowhere else.
 */
export const namingExpectedType: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) => expected.name,
  buildNotAllInputParsedMessage: () => '',
  buildNoViableAltMessage: () => '',
  buildEarlyExitMessage: () => '',
}

const types = new Map<string, TokenType>(vocabulary.map((type) => [type.name, type]))

/** The one token that could stand where the parser did not go on; undefined where there are several, or the file may end. */
export const expectedType = ({ message }: IRecognitionException): TokenType | undefined => types.get(message)
