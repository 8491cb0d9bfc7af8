import { entries } from './entry.ts'

/** Imports that lead nowhere. */
export const importEntries = entries({
  'import/missing-file': {
    severity: 'error',
    message: 'there is no file {file} ({path})',
    help: `The path of an import is relative to the file that imports, and has its ending: \`\\"./blocks.fmw\\"\`.`,
    bad: `import { B } from "./nowhere.fmw"
model M {
  input x: [8, 8, 3]
  output y = x |> B
}`,
    good: `import { B } from "./blocks.fmw"
model M {
  input x: [8, 8, 3]
  output y = x |> B
}`,
  },
  'import/unknown-name': {
    severity: 'error',
    message: '{file} declares no {name}',
    help: `An import names models, blocks and constants that the other file declares.`,
    bad: `import { A } from "./blocks.fmw"
model M {
  input x: [8, 8, 3]
  output y = x |> A
}`,
    good: `import { B } from "./blocks.fmw"
model M {
  input x: [8, 8, 3]
  output y = x |> B
}`,
  },
  'import/cycle': {
    severity: 'error',
    message: 'files import each other in a circle: {cycle}',
    help: `What two files need of each other belongs into a third that both import.`,
    bad: `import { C } from "./cycle.fmw"
model M {
  input x: [8, 8, 3]
  output y = x |> C
}`,
    good: `import { B } from "./blocks.fmw"
model M {
  input x: [8, 8, 3]
  output y = x |> B
}`,
  },
})
