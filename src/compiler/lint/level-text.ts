import type { Code } from '../catalog/index.ts'
import { rules } from './index.ts'
import { isLint } from './lint.ts'

/** Whether a rule of the linter is on where nothing is said of it, and what turns it on or off; nothing of what is no rule. */
export function levelText(code: Code): string | undefined {
  if (!isLint(code)) return undefined
  const setting = (level: string): string => `\`"rules": { "${code}": "${level}" }\` in fmw.config.json`
  const rule = rules.find((each) => each.code === code)
  if (rule?.level === 'off') return `This rule is off by default; ${setting('warning')} turns it on.`
  const allowance = rule ? `, and \`// fmw-allow ${code}: reason\` allows one finding` : ''
  return `This rule is on by default; ${setting('off')} turns it off${allowance}.`
}
