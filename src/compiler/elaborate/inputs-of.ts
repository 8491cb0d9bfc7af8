import type { InputStatement, ModelDeclaration } from '../syntax/ast.ts'

/** The inputs of a model, in order; they stand directly in its body. */
export const inputsOf = (model: ModelDeclaration): readonly InputStatement[] =>
  model.body.filter((statement): statement is InputStatement => statement.kind === 'input')
