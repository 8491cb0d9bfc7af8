import type { Command } from 'commander'
import { UsageError } from '../exit/exit.ts'

/** Makes an option that takes one value an error where it is given twice: the last would count, without a word. */
export function refuseRepeats(program: Command): void {
  for (const command of program.commands) {
    for (const option of command.options) {
      if (option.isBoolean() || typeof option.defaultValue === 'object') continue
      let first: string | undefined
      command.on(`option:${option.name()}`, (text: string | null) => {
        if (first !== undefined) throw new UsageError(`${option.long ?? option.flags} is given twice: ${first} and ${text ?? ''}`)
        first = text ?? ''
      })
    }
  }
}
