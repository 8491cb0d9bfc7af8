import * as assert from 'uvu/assert'

const empty = new Set(['meta', 'img', 'source'])

/** Fails unless every element of a page is closed in the order in which they were opened, and every attribute is quoted. */
export function assertWellFormed(html: string): void {
  const body = html.replace('<!doctype html>', '').replace(/<style>[^<]*<\/style>/, '')
  const open: string[] = []
  for (const [tag, name = ''] of body.matchAll(/<\/?([a-z][a-z0-9]*)[^>]*>/g)) {
    if (tag.startsWith('</')) assert.is(open.pop(), name, tag)
    else {
      assert.match(tag, /^<[a-z0-9]+( [a-z-]+="[^"<]*")*>$/)
      if (!empty.has(name)) open.push(name)
    }
  }
  assert.equal(open, [])
  assert.is(body.replace(/<[^<>]*>/g, '').match(/[<>]|&(?!amp;|lt;|gt;|quot;)/), null)
}

/** Fails where a page would load something. */
export function assertSelfContained(html: string): void {
  for (const [, address] of html.matchAll(/(?:src|href|srcset)="([^"]*)"/g)) assert.match(address!, /^data:image\/png;base64,/)
  assert.not.match(html, /https?:|<script|@import|url\(|<link/)
}
