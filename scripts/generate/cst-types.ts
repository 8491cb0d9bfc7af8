import { generateCstDts } from 'chevrotain'
import { FmwParser } from '../../grammar/parser.ts'

const head = `// Generated from grammar/parser.ts by scripts/generate.ts.
import type { CstNode, CstNodeLocation, IToken } from 'chevrotain'

/** A node with its place. Of a text with mistakes any of its children may be missing. */
interface Node extends CstNode {
  readonly location: CstNodeLocation
}
`

/** The types of the concrete syntax tree, as chevrotain writes them: with every child optional, and each node in one piece. */
export function cstTypes(): string {
  const generated = generateCstDts(new FmwParser({ validate: false }).getGAstProductions(), { includeVisitorInterface: false })
  const children = new Map(
    [...generated.matchAll(/^export type (\w+) = \{\n([^}]*)\};/gm)].map(([, name = '', members = '']) => [name, members]),
  )
  const nodes = [...generated.matchAll(/^export interface (\w+) extends CstNode \{\n {2}name: "(\w+)";\n {2}children: (\w+);\n\}/gm)]
  return [head, ...nodes.map(([, type = '', rule = '', members = '']) => nodeType(type, rule, children.get(members) ?? ''))].join('\n')
}

const longestLine = 130

function nodeType(type: string, rule: string, members: string): string {
  const children = [...members.matchAll(/(\w+)\??: \(?(\w+)\)?\[\];/g)].map(([, name, of]) => `${name}?: ${of}[]`)
  const line = `  readonly children: { ${children.join('; ')} }`
  const lines = ['  readonly children: {', ...children.map((child) => `    ${child}`), '  }']
  return `export interface ${type} extends Node {
  readonly name: '${rule}'
${line.length > longestLine ? lines.join('\n') : line}
}
`
}
