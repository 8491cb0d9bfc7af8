import { existsSync } from 'node:fs'
import path from 'node:path'
import { readConfig } from '../cli/files/config.ts'
import type { Levels } from '../compiler/lint/level.ts'

const configFile = 'fmw.config.json'

/** The rules of each file: those of the nearest `fmw.config.json` upwards. */
export class Settings {
  private readonly rules = new Map<string, Levels>()
  private readonly asked = new Set<string>()
  private readonly changed: () => void
  private readonly refused: (message: string) => void

  /**
   * @param changed rules are others than they were
   * @param refused a configuration cannot be read; the last good one stays
   */
  constructor(changed: () => void, refused: (message: string) => void) {
    this.changed = changed
    this.refused = refused
  }

  /** What is known of it now; a configuration that was not read yet is. */
  rulesOf(file: string): Levels {
    const config = path.isAbsolute(file) ? nearest(path.dirname(file)) : undefined
    if (config === undefined) return {}
    if (!this.asked.has(config)) void this.read(config)
    return this.rules.get(config) ?? {}
  }

  /** Configurations may have changed. */
  forget(): void {
    this.asked.clear()
  }

  private async read(config: string): Promise<void> {
    this.asked.add(config)
    try {
      const { rules = {} } = await readConfig(config)
      if (JSON.stringify(rules) === JSON.stringify(this.rules.get(config) ?? {})) return
      this.rules.set(config, rules)
      this.changed()
    } catch (error) {
      this.refused(error instanceof Error ? error.message : String(error))
    }
  }
}

function nearest(folder: string): string | undefined {
  const file = path.join(folder, configFile)
  if (existsSync(file)) return file
  const above = path.dirname(folder)
  return above === folder ? undefined : nearest(above)
}
