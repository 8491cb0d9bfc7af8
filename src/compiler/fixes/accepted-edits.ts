import type { Edit } from '../diagnostics/diagnostics.ts'
import { firstWhere } from '../text/first-where.ts'

/** Edits that do not collide, by file and in the order of the text. */
export class AcceptedEdits {
  private readonly files = new Map<string, Edit[]>()

  add(edit: Edit): void {
    const { path } = edit.span.source
    const list = this.files.get(path) ?? []
    this.files.set(path, list)
    list.splice(firstWhere(list, (other) => !isBehind(edit, other)), 0, edit)
  }

  /** Those that touch an edit or share characters with it. */
  near({ span: { source, start, end } }: Edit): readonly Edit[] {
    const list = this.files.get(source.path) ?? []
    const from = firstWhere(list, ({ span }) => span.end >= start)
    let to = from
    while (to < list.length && list[to]!.span.start <= end) to++
    return list.slice(from, to)
  }

  /** By path. */
  get all(): ReadonlyMap<string, readonly Edit[]> {
    return this.files
  }
}

const isBehind = ({ span: a }: Edit, { span: b }: Edit): boolean => b.start < a.start || (b.start === a.start && b.end <= a.end)
