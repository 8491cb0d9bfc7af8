import type { Code } from '../catalog/index.ts'

export type LintCode = Extract<Code, `lint/${string}`>

/** What a finding of a rule is: nothing, a warning, or an error. */
export type Level = 'off' | 'warning' | 'error'

/** The levels of rules that are not warnings. */
export type Levels = Readonly<Partial<Record<LintCode, Level>>>
