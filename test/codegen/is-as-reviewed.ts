import { readFileSync, writeFileSync } from 'node:fs'
import * as assert from 'uvu/assert'

/** Texts in `emitted/` are reviewed; `UPDATE=1` writes them anew. */
export function isAsReviewed(name: string, text: string): void {
  const file = new URL(`emitted/${name}.txt`, import.meta.url)
  if (process.env['UPDATE']) writeFileSync(file, text)
  assert.fixture(text, readFileSync(file, 'utf8'))
}
