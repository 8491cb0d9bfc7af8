#!/usr/bin/env node
import v8 from 'node:v8'

// Most commands end before optimised code pays for itself. The V8 of Node 20 optimises so early that it takes as much processor time
// as a whole `fmw check` of a small model; with a larger budget it leaves short runs alone. Later ones have no such flag and no need.
if (process.versions.node.startsWith('20.')) v8.setFlagsFromString('--interrupt-budget=1000000')
const { main } = await import('../dist/main.js')

// a reader that has seen enough, such as `head`, closes the pipe: that is no mistake
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error
  })
}

process.exitCode = await main(process.argv.slice(2))
