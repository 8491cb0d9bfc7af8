import { pathToFileURL } from 'node:url'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { Tfjs } from '../../src/codegen/tfjs/apply.ts'
import { loadTfjs } from '../../src/runtime/backend/load-tfjs.ts'
import { fileOf, mistakes, type Mistake } from './mistakes.ts'
import { offersFix, silent, type Answers, type Said } from './said.ts'

/** What tf.layers says when a model is defined, or when it predicts from zeros. */
export async function layersSay(): Promise<Answers> {
  // before the layers load it: without its banners
  const tf = loadTfjs()
  const before = tf.getBackend()
  await tf.setBackend('cpu')
  try {
    const said: [string, Said][] = []
    for (const mistake of mistakes) said.push([mistake.name, await saidOf(mistake, tf)])
    return { tool: 'tf.layers', version: tf.version_core, said: new Map(said) }
  } finally {
    if (before) await tf.setBackend(before)
  }
}

async function saidOf(mistake: Mistake, tf: Tfjs): Promise<Said> {
  const { network } = (await import(pathToFileURL(fileOf(mistake, 'layers.ts')).href)) as { network(): LayersModel }
  const raised = (when: string, error: unknown, beforeRunning: boolean): Said => {
    const line = lineIn('layers.ts', error)
    const text = [String(error), ...(line === undefined ? [] : [`    at layers.ts:${line}`])].join('\n')
    const node = line !== undefined || new RegExp(`\\b${mistake.layer}\\b`).test(text)
    return { when, text, verdict: { node, decided: 'no', fix: offersFix(text), beforeRunning } }
  }
  const model = ((): LayersModel | Said => {
    try {
      return network()
    } catch (error) {
      return raised('when the model is defined', error, true)
    }
  })()
  if (!('predict' in model)) return model
  const inputs = model.inputs.map(({ shape }) => tf.zeros(shape.map((extent) => extent ?? 1)))
  try {
    const predicted = model.predict(inputs) as Tensor
    const allNaN = (await predicted.data()).every(Number.isNaN)
    return silent(`it accepts the model, and its prediction is [${predicted.shape.join(', ')}]${allNaN ? ', all of it NaN' : ''}`)
  } catch (error) {
    return raised('when the model predicts', error, false)
  } finally {
    model.dispose()
    tf.dispose(inputs)
  }
}

/** The line of a file that the stack of an error shows first. */
const lineIn = (file: string, error: unknown): string | undefined =>
  error instanceof Error ? new RegExp(`/${file}:(\\d+)`).exec(error.stack ?? '')?.[1] : undefined
