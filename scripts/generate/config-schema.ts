import { catalog, isCode } from '../../src/compiler/catalog/index.ts'
import { rules as lintRules } from '../../src/compiler/lint/index.ts'
import { isLint } from '../../src/compiler/lint/lint.ts'
import schema from '../../fmw.config.schema.json' with { type: 'json' }

const silent = lintRules.filter(({ level }) => level === 'off').map(({ code }) => code)

/** The schema of `fmw.config.json` with the rules that exist. */
export function configSchema(): string {
  const rules = Object.entries(catalog).flatMap(([code, { message }]) =>
    isCode(code) && isLint(code) ? [[code, { $ref: '#/$defs/level', description: message }]] : [],
  )
  const properties = {
    ...schema.properties,
    rules: {
      type: 'object',
      description: `What findings of the linter are, by rule. A rule that is not named gives warnings, but ${silent.join(', ')}, which is off.`,
      additionalProperties: false,
      properties: Object.fromEntries(rules),
    },
  }
  const $defs = { level: { enum: ['off', 'warning', 'error'] } }
  return `${JSON.stringify({ ...schema, properties, $defs }, null, 2)}\n`
}
