#!/usr/bin/env node
import { openBundle } from './bundle.js'

const { main } = openBundle()

// a reader that has seen enough, such as `head`, closes the pipe: that is no mistake
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error
  })
}

process.exitCode = await main(process.argv.slice(2))
