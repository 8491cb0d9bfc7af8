import { Misuse } from '../runtime/failure/misuse.ts'
import { isForeign } from '../runtime/files/is-foreign.ts'
import { textOnDisk } from '../runtime/files/text-on-disk.ts'
import { writeAtomically } from '../runtime/files/write-file.ts'
import { emit, type EmitOptions } from '../index.ts'

interface TypesWriter {
  /**
   * Begins to write `lenet5.d.fmw.ts` beside `lenet5.fmw`, where that is not what it says already.
   *
   * @param code what is imported of the text: where it is the same as before, so are its types
   * @throws Misuse where a file of that name is there that fmw has not written
   */
  readonly write: (text: string, code: string, options: EmitOptions & { readonly file: string }) => void
  /**
   * When everything is written.
   *
   * @throws the first error there was
   */
  readonly settled: () => Promise<void>
}

/** Writes the types of what is imported beside each text. Nobody waits for them but who compiles for the last time. */
export function createTypesWriter(): TypesWriter {
  const codes = new Map<string, string>()
  let pending: Promise<unknown> = Promise.resolve()
  return {
    write: (text, code, options) => {
      if (codes.get(options.file) === code || options.file.includes('/node_modules/')) return
      const target = typesFile(options.file)
      if (isForeign(target)) throw new Misuse(`${target} was not written by fmw, and stays as it is: remove it, or have no types written (types: false)`)
      codes.set(options.file, code)
      pending = Promise.all([pending, writeTypes(text, options)])
      // it is thrown where it is waited for
      pending.catch(() => {})
    },
    settled: async () => {
      await pending
    },
  }
}

const typesFile = (file: string): string => file.replace(/\.fmw$/, '.d.fmw.ts')

async function writeTypes(text: string, options: EmitOptions & { readonly file: string }): Promise<void> {
  const { files } = await emit(text, { ...options, target: 'types' })
  const target = typesFile(options.file)
  for (const file of files) if (textOnDisk(target) !== file.text) await writeAtomically(target, new TextEncoder().encode(file.text))
}
