import type {
  BlockDeclarationCstNode,
  ConstDeclarationCstNode,
  DeclarationCstNode,
  ImportDeclarationCstNode,
  ModelDeclarationCstNode,
} from '../../../../grammar/cst.ts'
import type * as ast from '../ast.ts'
import { identifier, nodeOf, spanOf, tokenOf, valueOf, type Reading } from './cst-parts.ts'
import { parametersOf, resultsOf } from './parameters.ts'
import { bodyOf } from './statements.ts'

export function importOf(cst: ImportDeclarationCstNode, reading: Reading): ast.ImportDeclaration {
  const from = tokenOf(cst.children.Text)
  return {
    kind: 'import',
    names: (cst.children.importedName ?? []).map(({ children }) => {
      const name = identifier(tokenOf(children.Name), reading)
      const alias = tokenOf(children.alias)
      return { name, as: alias ? identifier(alias, reading) : name }
    }),
    from: from ? from.image.slice(1, -1) : '',
    fromSpan: spanOf(from, reading),
    span: spanOf(cst, reading),
  }
}

/** A declaration with its documentation; none for an import, or where the text says no more than that there is one. */
export function declarationOf({ children }: DeclarationCstNode, doc: string, reading: Reading): readonly ast.Declaration[] {
  const model = nodeOf(children.modelDeclaration)
  const block = nodeOf(children.blockDeclaration)
  const constant = nodeOf(children.constDeclaration)
  if (model) return [modelOf(model, doc, reading)]
  if (block) return [blockOf(block, doc, reading)]
  return constant ? [constantOf(constant, doc, reading)] : []
}

const modelOf = (cst: ModelDeclarationCstNode, doc: string, reading: Reading): ast.ModelDeclaration => ({
  kind: 'model',
  ...declared(cst, doc, reading),
  parameters: parametersOf(nodeOf(cst.children.parameters), reading),
  body: bodyOf(cst.children.body, reading),
})

const blockOf = (cst: BlockDeclarationCstNode, doc: string, reading: Reading): ast.BlockDeclaration => ({
  kind: 'block',
  ...declared(cst, doc, reading),
  parameters: parametersOf(nodeOf(cst.children.parameters), reading),
  results: resultsOf(nodeOf(cst.children.results), reading),
  body: bodyOf(cst.children.body, reading),
})

function constantOf(cst: ConstDeclarationCstNode, doc: string, reading: Reading): ast.ConstDeclaration {
  const parameters = nodeOf(cst.children.parameters)
  return {
    kind: 'const',
    ...declared(cst, doc, reading),
    parameters: parameters && parametersOf(parameters, reading),
    value: valueOf(cst, reading),
  }
}

type Declared = ModelDeclarationCstNode | BlockDeclarationCstNode | ConstDeclarationCstNode

const declared = (cst: Declared, doc: string, reading: Reading) => ({
  name: identifier(tokenOf(cst.children.Name), reading),
  doc,
  span: spanOf(cst, reading),
})
