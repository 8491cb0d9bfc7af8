import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeSafetensors } from '../../src/codegen/tfjs/runtime/safetensors.ts'
import { readSafetensors } from '../../src/runtime/weights/safetensors.ts'
import type { TensorData } from '../../src/codegen/tfjs/runtime/tensor-data.ts'
import type { Request, Tensors } from './request.ts'

const script = fileURLToPath(new URL('./parity.py', import.meta.url))

// neither the packages nor the variables of the user, among which may be a NumPy that PyTorch was not built for; and no
// __pycache__
const flags = ['-E', '-s', '-B']

const findTorch = 'import importlib.util; raise SystemExit(importlib.util.find_spec("torch") is None)'

/** The Python that has PyTorch: the system's, or the first one on the path. */
export const pythonWithPyTorch: string | undefined = ['/usr/bin/python3', 'python3'].find(
  (python) => spawnSync(python, [...flags, '-c', findTorch]).status === 0,
)

interface Answers {
  /** By the names of the requests. */
  readonly results: ReadonlyMap<string, ReadonlyMap<string, TensorData>>
  /** Why requests have no result. */
  readonly failures: string
}

/** What parity.py answers to requests; one process for all, because PyTorch takes seconds to load. */
export function answers(python: string, requests: ReadonlyMap<string, Request>): Answers {
  const folder = mkdtempSync(path.join(tmpdir(), 'fmw-parity-'))
  try {
    for (const [name, { inputs, more, weights, targets }] of requests) {
      const tensors = [...named('inputs', { ...inputs, ...more }), ...named('weights', weights), ...named('targets', targets)]
      writeFileSync(path.join(folder, `${name}.request.safetensors`), writeSafetensors(new Map(tensors)))
    }
    const { stderr, error } = spawnSync(python, [...flags, script, folder], { encoding: 'utf8' })
    if (error) throw error
    const answered = [...requests.keys()].flatMap((name) => {
      const file = path.join(folder, `${name}.result.safetensors`)
      return existsSync(file) ? [[name, readSafetensors(readFileSync(file), file)] as const] : []
    })
    return { results: new Map(answered), failures: stderr }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const named = (folder: string, tensors: Tensors): readonly (readonly [string, TensorData])[] =>
  Object.entries(tensors).map(([name, data]) => [`${folder}/${name}`, data] as const)
