import type { Tfjs } from '../../codegen/tfjs/apply.ts'

/** Disposes every tensor that the function leaves behind; its result is plain data, which `tf.tidy` has no type for. */
export function scoped<T>(tf: Tfjs, run: () => T): T {
  tf.engine().startScope()
  try {
    return run()
  } finally {
    tf.engine().endScope()
  }
}
