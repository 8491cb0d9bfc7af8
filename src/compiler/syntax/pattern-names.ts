import type { Identifier, Pattern } from './ast.ts'

/** The names that a pattern binds, in order. */
export const namesInPattern = (pattern: Pattern): readonly Identifier[] =>
  pattern.kind === 'name' ? [pattern] : pattern.kind === 'list' ? pattern.items.flatMap(namesInPattern) : []

export const patternNames = (pattern: Pattern): readonly string[] => namesInPattern(pattern).map(({ name }) => name)
