import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { mistakesFolder } from './mistakes.ts'

// neither the packages nor the variables of the user, and no __pycache__
const flags = ['-E', '-s', '-B']

/** What a script of this folder prints of the mistakes, as JSON; undefined where no Python has the module it needs. */
export function askPython(module: string, script: string): unknown {
  const find = `import importlib.util; raise SystemExit(importlib.util.find_spec("${module}") is None)`
  const python = ['/usr/bin/python3', 'python3'].find((command) => spawnSync(command, [...flags, '-c', find]).status === 0)
  if (python === undefined) return undefined
  const file = fileURLToPath(new URL(script, import.meta.url))
  const { status, stdout, stderr, error } = spawnSync(python, [...flags, file, mistakesFolder], { encoding: 'utf8' })
  if (error) throw error
  if (status !== 0) throw new Error(`${script} failed:\n${stderr}`)
  return JSON.parse(stdout)
}
