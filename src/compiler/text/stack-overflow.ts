/** Whether the recursion of our own code went deeper than the stack. An engine says so in the words of its error only. */
export const isStackOverflow = (error: unknown): boolean => error instanceof RangeError && /call stack/.test(error.message)
