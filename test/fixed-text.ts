import { fixAll, type WhichFixes } from '../src/compiler/fixes/fix-all.ts'
import { compileText } from './compile-text.ts'

/** A text after the fixes of its errors: those of what is safe, or all. */
export const fixedText = (text: string, which: WhichFixes = 'all'): string =>
  fixAll(
    (texts) => compileText(texts.get('model.fmw') ?? text).diagnostics.filter(({ severity }) => severity === 'error'),
    which,
  ).texts.get('model.fmw') ?? text
