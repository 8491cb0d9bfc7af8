#!/usr/bin/env node
// Speaks just enough of the protocol for an editor to begin, and writes each message that it gets, with its own arguments, to the file that FMW_TEST_LOG names.
const { appendFileSync } = require('node:fs')

let bytes = Buffer.alloc(0)
const answer = (message) => {
  const body = JSON.stringify({ jsonrpc: '2.0', ...message })
  process.stdout.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
}

process.stdin.on('data', (more) => {
  bytes = Buffer.concat([bytes, more])
  for (let at; (at = bytes.indexOf('\r\n\r\n')) >= 0;) {
    const end = at + 4 + Number(/Content-Length: (\d+)/.exec(bytes.toString('latin1', 0, at))[1])
    if (bytes.length < end) return
    const { id, method, params } = JSON.parse(bytes.toString('utf8', at + 4, end))
    bytes = bytes.subarray(end)
    appendFileSync(process.env.FMW_TEST_LOG, `${JSON.stringify({ method, params, args: process.argv.slice(2) })}\n`)
    if (method === 'exit') process.exit()
    if (id !== undefined && method) answer({ id, result: method === 'initialize' ? { capabilities: { textDocumentSync: 1 } } : null })
  }
})
