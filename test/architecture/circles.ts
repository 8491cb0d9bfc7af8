import type { Source } from './sources.ts'

/** The files that import each other in circles: each list holds those of which everyone reaches everyone (Tarjan, 1972). */
export function circlesOf(sources: readonly Source[]): readonly (readonly string[])[] {
  const imports = new Map(sources.map(({ file, imports: all }) => [file, all]))
  const circles: string[][] = []
  const open: string[] = []
  const order = new Map<string, number>()
  const closed = new Set<string>()

  /** Gives the earliest open file that this one reaches. */
  function visit(file: string): number {
    const own = order.size
    order.set(file, own)
    open.push(file)
    let earliest = own
    for (const next of imports.get(file)!) {
      if (!imports.has(next) || closed.has(next)) continue
      earliest = Math.min(earliest, order.get(next) ?? visit(next))
    }
    if (earliest === own) {
      const members = open.splice(open.indexOf(file))
      for (const member of members) closed.add(member)
      if (members.length > 1 || imports.get(file)!.includes(file)) circles.push(members)
    }
    return earliest
  }

  for (const { file } of sources) if (!order.has(file)) visit(file)
  return circles
}
