/** What the comment above a block of the library, or the text of a primitive, says in its parts. */
interface OpDoc {
  /** What it computes, in paragraphs; formulas stand in backticks. */
  readonly text: string
  /** What each parameter means, by its name. */
  readonly parameters: ReadonlyMap<string, string>
  readonly result: string | undefined
  readonly weights: readonly OpWeight[]
  readonly paper: string | undefined
  /** The body of a model. */
  readonly example: string
}

export interface OpWeight {
  readonly name: string
  readonly shape: string
  /** When it is there, and what it starts from. */
  readonly doc: string
}

/**
 * The parts of such a comment, which empty lines separate: prose, a list of parameters, `Result:`, `Weights:` with a list, `Paper:`, and
 * the example, which is indented. It is Markdown.
 */
export function opDoc(doc: string): OpDoc {
  const parts = doc.split(/\n\n+/)
  const after = (label: string): string | undefined => {
    const found = parts.find((part) => part.startsWith(label))
    return found?.slice(label.length).trim().replaceAll(/\n\s*/g, ' ')
  }
  const listed = parts.filter((part) => part.startsWith('- ')).flatMap(itemsOf)
  const weights = parts.filter((part) => part.startsWith('Weights:\n')).flatMap((part) => itemsOf(part.slice('Weights:\n'.length)))
  return {
    text: parts.filter((part) => !/^(?:- |Result:|Weights:|Paper:| {4})/.test(part)).join('\n\n'),
    parameters: new Map(listed.flatMap(({ names, text }) => names.map((name) => [name, text.replace(/^: /, '')] as const))),
    result: after('Result:')?.replace(/\.$/, ''),
    weights: weights.flatMap(({ names, text }) => names.map((name) => weightOf(name, text))),
    paper: after('Paper:')?.replace(/\.$/, ''),
    example: parts.filter((part) => part.startsWith('    ')).join('\n').replaceAll(/^ {4}/gm, ''),
  }
}

/** The items of a list, each with the names it is about. */
const itemsOf = (list: string) =>
  list.split(/^- /m).slice(1).map((item) => {
    const [, names = '', text = ''] = /^((?:`[^`]+`(?:, )?)*)(.*)$/s.exec(item.trim().replaceAll(/\n\s*/g, ' ')) ?? []
    return { names: [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => name!), text }
  })

/** `[kh, kw, C, filters], if bias` */
function weightOf(name: string, text: string): OpWeight {
  const [, shape = '', doc = ''] = /^ ?(\[[^\]]*\])[,;]? ?(.*)$/.exec(text) ?? []
  return { name, shape, doc }
}
