import type { Dim } from '../../dim/expr.ts'
import { printDim } from '../../dim/print.ts'

/** A number of multiply-adds as a message says it: 1,179,648, or 73728*H*W. */
export const multiplyAdds = (macs: Dim): string => (typeof macs === 'number' ? macs.toLocaleString('en-US') : printDim(macs))
