import { existsSync } from 'node:fs'
import path from 'node:path'
import { Command } from 'commander'
import { UsageError } from '../exit/exit.ts'
import { addTrainOptions, type TrainOptions } from './options.ts'
import type { TrainSettings } from './settings.ts'
import { targetText } from './target-choice.ts'
import { unfreezingText, weightRateText } from './weight-rules.ts'

type Texts = Readonly<Record<string, string>>

/** What the training writes beside its folder. */
interface Written {
  readonly output?: string | undefined
  readonly curve?: string | undefined
}

/**
 * The settings by option, as they are written, for the run to be continued with; what is not given is left out. Paths are seen from the folder of the
 * training, so that it may be continued from any folder, and moved together with its data; absolute ones stay as they are.
 */
export function recordOf({ freeze, unfreeze, rate, set, targets, ...settings }: TrainSettings & Written, folder: string): Texts {
  const parameters = Object.entries(set).sort(([a], [b]) => (a < b ? -1 : 1))
  const single = Object.entries(settings).map(([name, value]) => [optionOf(name), recorded(value)] as const)
  const texts = [
    ...single.map(([option, text]) => [option, isPath(option, text) && !path.isAbsolute(text) ? path.relative(folder, text) || '.' : text] as const),
    ['--target', listText(targets.map(targetText))],
    ['--freeze', listText(freeze)],
    ['--unfreeze', listText(unfreeze.map(unfreezingText))],
    ['--rate', listText(rate.map(weightRateText))],
    ['--set', listText(parameters.map(([name, text]) => `${name}=${text}`))],
  ] as const
  return Object.fromEntries(texts.filter(([, text]) => text !== ''))
}

/** Empty for what is not given. */
function recorded(value: string | number | boolean | undefined): string {
  if (typeof value === 'boolean') return value ? given : ''
  return value === undefined ? '' : String(value)
}

/** The value of an option that is a switch. */
const given = 'given'

const optionOf = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

/** Items with spaces between, those within them behind backslashes. */
const listText = (items: readonly string[]): string => items.map((item) => item.replace(/[\\ ]/g, '\\$&')).join(' ')

const listOf = (text: string): readonly string[] => (text.match(/(?:\\[^]|[^\\ ])+/g) ?? []).map((item) => item.replace(/\\([^])/g, '$1'))

const read: ReadonlySet<string> = new Set(['--data', '--labels', '--validation', '--validation-labels', '--class-weights'])

const written: ReadonlySet<string> = new Set(['--output', '--curve'])

/** Whether the value of an option is a path: a part of the samples and balanced weights of classes are none. */
const isPath = (option: string, text: string): boolean =>
  text !== '' && (written.has(option) || (read.has(option) && text !== 'balanced' && !(option === '--validation' && Number.isFinite(Number(text)))))

/** The parameters of the model that a run began with. */
export const recordedParameters = ({ settings }: { readonly settings: Texts }): Texts =>
  Object.fromEntries(listOf(settings['--set'] ?? '').map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]))

/**
 * The options of the run that is resumed, where the command line does not say them again.
 *
 * @param folder of the training
 * @throws UsageError where something that it reads is no longer there
 */
export function withRecorded(options: TrainOptions, record: Texts, folder: string): TrainOptions {
  const command = addTrainOptions(new Command()).exitOverride()
  const said = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)))
  const words = command.options.flatMap((option) => {
    const { long } = option
    const text = long ? record[long] : undefined
    // parameters are of the model, which is there already
    if (!long || text === undefined || long === '--set' || Object.hasOwn(said, option.attributeName())) return []
    if (Array.isArray(option.defaultValue)) return listOf(text).map((item) => `${long}=${item}`)
    return option.isBoolean() ? [long] : [`${long}=${isPath(long, text) ? placeOf(long, text, folder) : text}`]
  })
  return { ...command.parse(words, { from: 'user' }).opts<TrainOptions>(), ...said }
}

/** A path of the record, as it is seen from here. */
function placeOf(option: string, text: string, folder: string): string {
  const place = path.isAbsolute(text) ? text : path.relative('', path.resolve(folder, text)) || '.'
  if (read.has(option) && !existsSync(place)) {
    const from = path.isAbsolute(text) ? '' : `, as seen from ${folder}`
    throw new UsageError(`the training in ${folder} reads ${option} ${text}${from}, and there is nothing at ${path.resolve(place)}: say with ${option} where it is now`)
  }
  // a name of digits would be a part of the samples
  return option === '--validation' && !path.isAbsolute(place) ? `.${path.sep}${place}` : place
}
