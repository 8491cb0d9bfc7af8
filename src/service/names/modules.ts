import { Reporter } from '../../compiler/diagnostics/diagnostics.ts'
import { Modules, type Module } from '../../compiler/reading/module.ts'
import type { Analysis } from '../analysis.ts'

/** A file as its imports see it, with the library. */
export interface Read {
  readonly modules: Modules
  readonly module: Module
}

const known = new WeakMap<Analysis, Read>()

/** The module of an analysed file, whose names lead to the files that they are declared in. */
export function readOf(analysis: Analysis): Read {
  let read = known.get(analysis)
  if (!read) {
    const modules = new Modules(analysis.host, new Reporter())
    const { path, text } = analysis.source
    known.set(analysis, (read = { modules, module: modules.file(path, text) }))
  }
  return read
}
