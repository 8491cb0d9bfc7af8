import type { ErrorObject } from 'ajv/dist/2020.js'
import { suggestion } from '../text/suggestion.ts'
import type { Violation } from './violation.ts'

/** What a JSON schema found, in plain words. Needs ajv's `verbose` and `discriminator`. */
export const schemaComplaints = (errors: readonly ErrorObject[]): readonly Violation[] =>
  errors.filter((error) => !isConsequence(error)).map((error) => ({ pointer: error.instancePath, message: messageOf(error) }))

/** Whether it only says that something else failed: a keyword around it, or `required` on the tag of a union. */
const isConsequence = ({ keyword, params }: ErrorObject): boolean =>
  ['oneOf', 'anyOf', 'allOf', 'if'].includes(keyword) || (keyword === 'discriminator' && params['tagValue'] === undefined)

function messageOf({ keyword, params, schema, parentSchema, data, message }: ErrorObject): string {
  switch (keyword) {
    case 'enum':
    case 'const': {
      const allowed = (keyword === 'enum' ? (schema as readonly unknown[]) : [schema]).map(String)
      return `is ${written(data)}; it must be ${listed(allowed)}${suggestion(word(data), allowed)}`
    }
    case 'discriminator': {
      const allowed = kindsOf(parentSchema?.['oneOf'])
      const tag = params['tag'] as string
      const value = params['tagValue'] as unknown
      return `is of the ${tag} ${written(value)}; it must be ${listed(allowed)}${suggestion(word(value), allowed)}`
    }
    case 'additionalProperties': {
      const key = params['additionalProperty'] as string
      return `has an unknown key ${key}${suggestion(key, Object.keys((parentSchema?.['properties'] as object | undefined) ?? {}))}`
    }
    case 'required':
      return `has no ${String(params['missingProperty'])}`
    case 'type':
      return `is ${written(data)}; it must be ${listed([params['type'] as string | readonly string[]].flat().map(typeName))}`
    default:
      return message ?? keyword
  }
}

/** The values of `kind` that the branches of a discriminated union have. */
const kindsOf = (branches: unknown): readonly string[] =>
  (
    branches as readonly {
      readonly properties: { readonly kind: { readonly const?: string; readonly enum?: readonly string[] } }
    }[]
  ).flatMap(({ properties: { kind } }) => kind.enum ?? [kind.const ?? ''])

/** A value as what could be a misspelt word; an object of a file may have a `toString` that is none. */
const word = (data: unknown): string => (typeof data === 'string' ? data : (JSON.stringify(data) ?? ''))

const typeName = (type: string): string =>
  ({
    integer: 'a whole number',
    number: 'a number',
    string: 'a string',
    boolean: 'true or false',
    array: 'a list',
    object: 'an object',
  })[type] ?? type

const listed = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`

function written(data: unknown): string {
  const text = JSON.stringify(data) ?? String(data)
  return text.length <= 40
    ? text
    : Array.isArray(data)
      ? 'a list'
      : typeof data === 'object'
        ? 'an object'
        : `${text.slice(0, 39)}…`
}
