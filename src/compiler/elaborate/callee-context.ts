import type { Declaration } from '../syntax/ast.ts'
import type { Context } from './context.ts'
import type { Module } from '../reading/module.ts'
import { fileContext } from './names.ts'
import { statementPath, type Site } from './site.ts'
import type { Matched } from './value.ts'
import type { Call } from './call-site.ts'

/** Where the body of a callee is elaborated: in the names of its file, one frame further in, its paths under that of the call. */
export const calleeContext = (
  declaration: Declaration,
  module: Module,
  call: Call,
  site: Site,
  matched: Matched,
  caller: Context,
): Context => ({
  ...fileContext(caller, module),
  frame: { name: call.name, call: call.span, definition: declaration.name.span, parent: caller.frame },
  site,
  turn: caller.turn,
  path: statementPath(site, ''),
  entry: call.span.source.library ? caller.entry : { matched, ctx: caller },
})
