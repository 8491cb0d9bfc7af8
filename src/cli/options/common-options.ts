import { existsSync } from 'node:fs'
import { InvalidArgumentError, type Command } from 'commander'
import type { WeightSource } from '../../runtime/weights/weights.ts'

/** Options that every command on models takes. */
export interface CommonOptions {
  readonly set: Readonly<Record<string, string>>
  readonly model?: string
  readonly config?: string
  readonly quiet: boolean
  readonly color: boolean
}

export function addCommonOptions(command: Command): Command {
  return command
    .option('--set <name=value>', 'a model parameter, as any fmw expression; may be given again', collectSettings, {})
    .option('--model <name>', 'the model of the file, where it holds several')
    .option('--config <file>', 'a configuration file (default: fmw.config.json in this folder, where there is one)')
    .option('--quiet', 'only results and errors', false)
    .option('--no-color', 'no colour (also: NO_COLOR, CI, or output that is not a terminal)')
}

/** Options of commands that no model is named to, and that print results. */
export const addResultOptions = (command: Command): Command =>
  command
    .option('--quiet', 'only results and errors', false)
    .option('--no-color', 'no colour')
    .option('--json', 'as JSON', false)

/** Collects `name=value` pairs of a repeatable option. */
export function collectAssignments(text: string, previous: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('It has the form name=value.')
  const name = text.slice(0, at)
  if (Object.hasOwn(previous, name)) throw new InvalidArgumentError(`${name} is given twice.`)
  return { ...previous, [name]: text.slice(at + 1) }
}

/** The same of expressions. */
export function collectSettings(text: string, previous: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const settings = collectAssignments(text, previous)
  const [name, value] = Object.entries(settings).at(-1)!
  if (hasCommaOutside(value)) throw new InvalidArgumentError(`A list has brackets: --set '${name}=[${value}]'.`)
  return settings
}

/** Whether a comma stands outside of all brackets and texts, where no expression has one. */
function hasCommaOutside(value: string): boolean {
  let depth = 0
  for (const [token] of value.matchAll(/"(?:\\.|[^"\\])*"|[()[\]{},]/g)) {
    if (token === ',' && depth === 0) return true
    if (/[([{]/.test(token)) depth++
    else if (/^[)\]}]/.test(token)) depth--
  }
  return false
}

/** Collects files of weights, each for the whole model or, as `scope=file`, for one scope of it; `file:scope` takes one scope of the file. */
export function collectWeights(text: string, previous: readonly WeightSource[]): readonly WeightSource[] {
  const { prefix, whole } = /^(?:(?<prefix>\w+(?:\/\w+)*)\/?=)?(?<whole>.+)$/s.exec(text)?.groups ?? {}
  const isFile = whole !== undefined && existsSync(whole)
  const { file = whole, scope } = (isFile ? undefined : /^(?<file>.{2,}):(?<scope>\w+(?:\/\w+)*)$/s.exec(whole ?? '')?.groups) ?? {}
  if (file === undefined) throw new InvalidArgumentError('It has the form file or scope=file.')
  return [...previous, { ...(prefix !== undefined && { prefix }), file, ...(scope !== undefined && { scope }) }]
}

/** An option that is a whole number, not negative. */
export function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(Number(text))) throw new InvalidArgumentError('It is a whole number, at least 0, in digits.')
  return Number(text)
}

/** An option that is a whole number from 1. */
export function positiveNumber(text: string): number {
  const number = wholeNumber(text)
  if (number === 0) throw new InvalidArgumentError('It is at least 1.')
  return number
}
