import type { Parameter } from '../../syntax/ast.ts'
import { isSamePlace, type Frame } from '../../text/source.ts'
import type { Context } from '../../elaborate/context.ts'

/** The parameters of the user's block or model that a frame is a call of. */
export function parametersOf({ definition }: Frame, { run: { modules } }: Context): readonly Parameter[] {
  const declarations = modules.userFiles
    .filter(({ source }) => source === definition.source)
    .flatMap(({ ast }) => ast.declarations)
  const called = declarations.find(({ name }) => isSamePlace(name.span, definition))
  return called?.parameters ?? []
}
