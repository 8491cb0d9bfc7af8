/** An argument in a message: `conv's filters`, `gather.channels' list[2]`. */
export const argumentOf = ({ op, argument }: { readonly op: string; readonly argument: string }): string =>
  `${op}${op.endsWith('s') ? "'" : "'s"} ${argument}`
