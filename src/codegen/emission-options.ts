import { usualCore, type Backend, type Form } from './about.ts'
import { targets, type ImportExtension, type Target, type TargetName } from './targets.ts'

/** What may be chosen of emitted files; what is left out is as it usually is for the target. */
interface EmissionOptions {
  /** Whether they are laid out for people. */
  readonly format?: boolean | undefined
  /** What they import as TensorFlow.js. */
  readonly import?: string | undefined
  /** How the names of files beside end where they import them. */
  readonly importExtension?: ImportExtension | undefined
  /** The backend of which a file beside them registers the kernels that they need. */
  readonly kernels?: Backend | undefined
}

interface Fault {
  readonly option: keyof EmissionOptions
  /** What stands behind the option's name. */
  readonly reason: string
}

/** The form that options ask for, or everything that is wrong with them for a target. */
export function formOf(name: TargetName, { format, import: core, importExtension, kernels }: EmissionOptions): Form | { readonly faults: readonly Fault[] } {
  const { isLaidOut, importsCore, importExtensions, callsKernels }: Target = targets[name]
  const faults: Fault[] = []
  if (format === false && !isLaidOut) faults.push({ option: 'format', reason: `has no meaning for the target ${name}` })
  if (core !== undefined && !importsCore) faults.push({ option: 'import', reason: `has no meaning for the target ${name}, which imports nothing` })
  if (core !== undefined && !specifier.test(core)) {
    faults.push({ option: 'import', reason: `${JSON.stringify(core)} is no module specifier: one is not empty, and has no blanks, quotes or backslashes` })
  }
  if (importExtension !== undefined && !importExtensions.includes(importExtension)) {
    const others = importExtensions.length > 0 ? `it has ${importExtensions.join(' or ')}` : 'it imports no files beside'
    faults.push({ option: 'importExtension', reason: `${importExtension} has no meaning for the target ${name}: ${others}` })
  }
  if (kernels !== undefined && !callsKernels) faults.push({ option: 'kernels', reason: `has no meaning for the target ${name}, which calls none` })
  if (faults.length > 0) return { faults }
  const extension = importExtension ?? importExtensions[0] ?? 'none'
  const ending = extension === 'none' ? '' : `.${extension}`
  return { format: format ?? true, imports: { core: core ?? usualCore, ending }, kernels }
}

/** What stands in a string without ending it. */
const specifier = /^[^\s\p{Cc}'"`\\]+$/u
