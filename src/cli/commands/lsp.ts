import { serve } from '../../lsp/serve.ts'

/** Serves an editor; the process ends with the connection. */
export function lsp(): Promise<never> {
  serve(process.stdin, process.stdout)
  return new Promise(() => {})
}
