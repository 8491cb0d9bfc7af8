import { Argument } from 'commander'

export const fileArgument = (): Argument => new Argument('<file>', 'a .fmw file; - is standard input')

export const filesArgument = (): Argument => new Argument('<files...>', '.fmw files, folders or globs; - is standard input')
