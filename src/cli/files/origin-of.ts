import { createHash } from 'node:crypto'
import type { Metadata } from '../../codegen/tfjs/runtime/metadata.ts'
import type { Graph } from '../../compiler/graph/graph.ts'
import { modelRecord } from '../../runtime/training/model-record.ts'
import { version } from '../version.ts'

/** What a file of weights says of where it comes from, and nothing of what it learned from. */
export const originOf = (graph: Graph, text: string): Metadata => ({
  fmw: version,
  model: graph.name,
  source: digest(text),
  graph: graphHash(graph),
  output: undefined,
  classes: undefined,
  probabilities: undefined,
  normalize: undefined,
  picture: undefined,
})

/** Of what a model computes: comments, formatting and the order of statements are no part of it, what is imported is. */
export const graphHash = (graph: Graph): string =>
  digest(JSON.stringify(Object.entries(modelRecord(graph)).sort(([a], [b]) => (a < b ? -1 : 1))))

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')
