/** A name in its words: `conv2_block1_1_bn` is conv2, block1, 1, bn. */
export const wordsOf = (path: readonly string[]): readonly string[] => path.flatMap((part) => part.toLowerCase().split(/[_\s-]+/)).filter((word) => word !== '')

/**
 * Which of two layers comes first, as far as their names say it: at the first word in which they differ, by a number at its end. None is
 * before 1, as in conv2d, conv2d_1.
 */
export function orderOfNames(a: readonly string[], b: readonly string[]): number | undefined {
  const [left, right] = [numberedWords(a), numberedWords(b)]
  const at = left.findIndex((word, i) => word.text !== right[i]?.text || word.number !== right[i].number)
  const [first, second] = [left[at], right[at]]
  if (!first || !second || first.text !== second.text) return undefined
  return first.number - second.number
}

/** Words with the number behind them or at their end. */
function numberedWords(path: readonly string[]): readonly { readonly text: string; readonly number: number }[] {
  const result: { text: string; number: number }[] = []
  for (const part of path)
    for (const [i, word] of wordsOf([part]).entries()) {
      const before = result.at(-1)
      if (/^\d+$/.test(word) && i > 0 && before?.number === -1) before.number = Number(word)
      else {
        const [, text = '', number] = /^(.*?)(\d+)?$/.exec(word) ?? []
        result.push({ text, number: number === undefined ? -1 : Number(number) })
      }
    }
  return result
}

/** Whether a layer is called what the way past a block is called. */
export const isShortcut = (path: readonly string[]): boolean => wordsOf(path.slice(-2)).some((word) => /^(?:downsample|shortcut|skip|residual)$/.test(word))

const norms = /^(?:bn|norm|batchnorm|normalization|batch|gn|ln|in)(\d*)$/

/** Whether the name of a normalisation says that it belongs to a kernel of that name, in the same place. */
export function isNormOf(norm: readonly string[], kernel: readonly string[]): boolean {
  const [normParent, kernelParent] = [norm.slice(0, -1).join('\n'), kernel.slice(0, -1).join('\n')]
  if (normParent !== kernelParent) return false
  const [own, its] = [norm.at(-1) ?? '', kernel.at(-1) ?? '']
  // a Sequential counts what it holds
  if (/^\d+$/.test(own) && /^\d+$/.test(its)) return Number(own) === Number(its) + 1
  const [words, others] = [wordsOf([own]), wordsOf([its])]
  const rest = [...words]
  for (const word of others) {
    const at = rest.indexOf(word)
    if (at < 0) return isInstead(words, others)
    rest.splice(at, 1)
  }
  return rest.length > 0 && rest.every((word) => norms.test(word))
}

/** bn1 for conv1. */
const isInstead = (norm: readonly string[], kernel: readonly string[]): boolean =>
  norm.length === kernel.length &&
  norm.filter((word, i) => word !== kernel[i]).length === 1 &&
  norm.every((word, i) => word === kernel[i] || norms.exec(word)?.[1] === /^(?:conv|conv2d|fc|linear|dense|dw|pw)(\d*)$/.exec(kernel[i]!)?.[1])
