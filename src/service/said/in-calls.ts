import { describe, type Value } from '../../compiler/elaborate/value.ts'
import { chainOf, isStanding, positionOf, type Frame } from '../../compiler/text/source.ts'
import { fileName } from '../../compiler/text/file-name.ts'
import { shapeText, shownShape } from '../shape-text.ts'
import { byCall, type InCall } from '../told.ts'
import type { Analysis, ToldName, ToldValue } from '../analysis.ts'

/** So many different values are listed. */
const mostListed = 8

/** What a place is, in each call in which it was something else. */
interface InAllCalls {
  /** What it is in all of them, or in terms of what the block is given; `…` stands between those of the first and the last turn of a loop. */
  readonly text: string | undefined
  /** Lines of Markdown that list what else it is, with the calls. */
  readonly list: readonly string[]
  /** The value that `text` is of, to say more of it. */
  readonly told: Told | undefined
  /** No call was found: it is what it is where its block stands, with the defaults of its parameters. */
  readonly isStanding: boolean
}

type Told = Pick<ToldName | ToldValue, 'value' | 'where'>

export function inAllCalls(all: readonly Told[], analysis: Analysis): InAllCalls {
  const { called, standing } = byCall(all.filter(({ value }) => textOf(value) !== undefined))
  const groups = new Map<string, InCall<Told>[]>()
  for (const call of called) {
    const text = inTurns(call)
    groups.set(text, [...(groups.get(text) ?? []), call])
  }
  const [only] = groups
  if (groups.size === 1 && only) return { text: only[0], list: [], told: only[1][0]!.told.at(-1), isStanding: false }
  const alone = standing && inTurns(standing)
  const text = groups.size === 0 ? alone : shownShape(all, analysis)?.text
  const list = [...groups].map(([text, calls]) => `- \`${text}\` ${callsText(calls)}`)
  const more = list.length - mostListed
  return {
    text,
    list: more > 1 ? [...list.slice(0, mostListed), `- and ${more} more`] : list,
    told: text === alone ? standing?.told.at(-1) : undefined,
    isStanding: groups.size === 0 && standing?.frame !== undefined,
  }
}

/** A value in the words of a message, without its article; nothing of what is not known. */
function textOf(value: Value): string | undefined {
  if (value.kind === 'error' || value.kind === 'unknown') return undefined
  return shapeText(value) ?? describe(value).replace(/^(?:an?|the) /, '')
}

function inTurns({ told }: InCall<Told>): string {
  const texts = [...new Set(told.flatMap(({ value }) => textOf(value) ?? []))]
  return texts.length > 1 ? `${texts[0]} … ${texts.at(-1)}` : (texts[0] ?? '')
}

/** `in the call in blocks.fmw:38 (3 times), unet.fmw:12` */
function callsText(calls: readonly InCall<Told>[]): string {
  const places = new Map<string, number>()
  for (const { frame } of calls) {
    const place = frame ? callText(frame) : ''
    places.set(place, (places.get(place) ?? 0) + 1)
  }
  const texts = [...places].map(([place, times]) => (times === 1 ? place : `${place} (${times} times)`))
  return `called in ${texts.slice(0, 4).join(', ')}${texts.length > 4 ? ' and elsewhere' : ''}`
}

/** The place of a call, the nearest outside of the library. */
function callText(frame: Frame): string {
  const [call] = chainOf(frame).filter((one) => !isStanding(one)).map(({ call }) => call).filter(({ source }) => !source.library)
  return call ? `${fileName(call.source.path)}:${positionOf(call.source, call.start).line}` : frame.name
}
