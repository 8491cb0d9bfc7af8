/** A text without its comments and without what stands in quotes, where words are no names. */
export const codeOnly = (text: string): string => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*|"(?:[^"\\]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, ' ')
