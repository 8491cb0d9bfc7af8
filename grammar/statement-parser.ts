import { CstParser, type CstNode, type ParserMethod } from 'chevrotain'
import type { FileCstNode } from './cst.ts'
import * as t from './tokens.ts'

export type Rule<Node extends CstNode = CstNode> = ParserMethod<[], Node>

/** The productions of files, declarations and statements; those of the expressions in them are `FmwParser`'s. */
export abstract class StatementParser extends CstParser {
  protected abstract readonly expression: Rule
  protected abstract readonly list: Rule

  // chevrotain types no rule by its children; these types are generated from the rules
  readonly file: Rule<FileCstNode> = this.RULE('file', () => {
    this.MANY(() => this.SUBRULE(this.declaration))
  }) as Rule<FileCstNode>

  private readonly declaration: Rule = this.RULE('declaration', () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.importDeclaration) },
      { ALT: () => this.SUBRULE(this.constDeclaration) },
      { ALT: () => this.SUBRULE(this.modelDeclaration) },
      { ALT: () => this.SUBRULE(this.blockDeclaration) },
    ])
  })

  private readonly importDeclaration: Rule = this.RULE('importDeclaration', () => {
    this.CONSUME(t.Import)
    this.CONSUME(t.OpenBrace)
    this.commaList(this.importedName)
    this.CONSUME(t.CloseBrace)
    this.CONSUME(t.From)
    this.CONSUME(t.Text)
  })

  private readonly importedName: Rule = this.RULE('importedName', () => {
    this.CONSUME(t.Name)
    this.OPTION(() => {
      this.CONSUME(t.As)
      this.CONSUME2(t.Name, { LABEL: 'alias' })
    })
  })

  private readonly constDeclaration: Rule = this.RULE('constDeclaration', () => {
    this.CONSUME(t.Const)
    this.CONSUME(t.Name)
    this.OPTION(() => this.SUBRULE(this.parameters))
    this.CONSUME(t.Assign)
    this.SUBRULE(this.expression)
  })

  private readonly modelDeclaration: Rule = this.RULE('modelDeclaration', () => {
    this.CONSUME(t.Model)
    this.CONSUME(t.Name)
    this.OPTION(() => this.SUBRULE(this.parameters))
    this.SUBRULE(this.body)
  })

  private readonly blockDeclaration: Rule = this.RULE('blockDeclaration', () => {
    this.CONSUME(t.Block)
    this.CONSUME(t.Name)
    this.SUBRULE(this.parameters)
    this.OPTION(() => {
      this.CONSUME(t.Arrow)
      this.SUBRULE(this.results)
    })
    this.SUBRULE(this.body)
  })

  private readonly parameters: Rule = this.RULE('parameters', () => {
    this.CONSUME(t.OpenParen)
    this.OPTION(() => this.commaList(this.parameter))
    this.CONSUME(t.CloseParen)
  })

  private readonly parameter: Rule = this.RULE('parameter', () => {
    this.CONSUME(t.Name)
    this.CONSUME(t.Colon)
    this.SUBRULE(this.type)
    this.OPTION(() => {
      this.CONSUME(t.Assign)
      this.SUBRULE(this.expression)
    })
  })

  private readonly type: Rule = this.RULE('type', () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.list) },
      {
        ALT: () => {
          this.CONSUME(t.Name)
          this.MANY(() => {
            this.CONSUME(t.OpenBracket)
            this.CONSUME(t.CloseBracket)
          })
        },
      },
    ])
    this.OPTION2(() => this.OR2([{ ALT: () => this.CONSUME(t.Spread) }, { ALT: () => this.CONSUME(t.Question) }]))
  })

  private readonly results: Rule = this.RULE('results', () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.OpenParen)
          this.commaList(this.result)
          this.CONSUME(t.CloseParen)
        },
      },
      { ALT: () => this.SUBRULE2(this.result) },
    ])
  })

  private readonly result: Rule = this.RULE('result', () => {
    this.OPTION(() => {
      this.CONSUME(t.Name)
      this.CONSUME(t.Colon)
    })
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.Like)
          this.CONSUME2(t.Name, { LABEL: 'model' })
        },
      },
      { ALT: () => this.SUBRULE(this.type) },
    ])
  })

  private readonly body: Rule = this.RULE('body', () => {
    this.CONSUME(t.OpenBrace)
    this.MANY(() => this.SUBRULE(this.statement))
    this.CONSUME(t.CloseBrace)
  })

  private readonly statement: Rule = this.RULE('statement', () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.inputStatement) },
      { ALT: () => this.SUBRULE(this.outputStatement) },
      { ALT: () => this.SUBRULE(this.returnStatement) },
      { ALT: () => this.SUBRULE(this.weightStatement) },
      { ALT: () => this.SUBRULE(this.layerStatement) },
      { ALT: () => this.SUBRULE(this.requireStatement) },
      { ALT: () => this.SUBRULE(this.forStatement) },
      { ALT: () => this.SUBRULE(this.ifStatement) },
      { ALT: () => this.SUBRULE(this.assignment) },
    ])
  })

  private readonly inputStatement: Rule = this.RULE('inputStatement', () => {
    this.CONSUME(t.Input)
    this.CONSUME(t.Name)
    this.CONSUME(t.Colon)
    this.SUBRULE(this.list)
    this.OPTION(() => {
      this.CONSUME(t.Where)
      this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.expression) })
    })
  })

  private readonly outputStatement: Rule = this.RULE('outputStatement', () => {
    this.CONSUME(t.Output)
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.CONSUME(t.Name) })
    this.OPTION(() => {
      this.CONSUME(t.Colon)
      this.SUBRULE(this.list)
    })
    this.OPTION2(() => {
      this.CONSUME(t.Assign)
      this.SUBRULE(this.expression)
    })
  })

  private readonly returnStatement: Rule = this.RULE('returnStatement', () => {
    this.CONSUME(t.Return)
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.expression) })
  })

  private readonly weightStatement: Rule = this.RULE('weightStatement', () => {
    this.OR([{ ALT: () => this.CONSUME(t.Param) }, { ALT: () => this.CONSUME(t.State) }])
    this.CONSUME(t.Name)
    this.CONSUME(t.Colon)
    this.SUBRULE(this.list)
    this.CONSUME(t.Assign)
    this.SUBRULE(this.expression)
    this.MANY(() => {
      this.CONSUME(t.Comma)
      this.SUBRULE(this.weightOption)
    })
  })

  private readonly weightOption: Rule = this.RULE('weightOption', () => {
    this.CONSUME(t.Word)
    this.CONSUME(t.Colon)
    this.SUBRULE(this.expression)
  })

  private readonly layerStatement: Rule = this.RULE('layerStatement', () => {
    this.CONSUME(t.Layer)
    this.CONSUME(t.Name)
    this.CONSUME(t.Assign)
    this.SUBRULE(this.expression)
  })

  private readonly requireStatement: Rule = this.RULE('requireStatement', () => {
    this.CONSUME(t.Require)
    this.SUBRULE(this.expression)
    this.OPTION(() => {
      this.CONSUME(t.Comma)
      this.CONSUME(t.Text)
    })
  })

  private readonly forStatement: Rule = this.RULE('forStatement', () => {
    this.CONSUME(t.For)
    this.SUBRULE(this.pattern)
    this.CONSUME(t.In)
    this.SUBRULE(this.expression)
    this.SUBRULE(this.body)
  })

  private readonly ifStatement: Rule = this.RULE('ifStatement', () => {
    this.CONSUME(t.If)
    this.SUBRULE(this.expression)
    this.SUBRULE(this.body)
    this.OPTION(() => {
      this.CONSUME(t.Else)
      this.OR([{ ALT: () => this.SUBRULE2(this.body, { LABEL: 'otherwise' }) }, { ALT: () => this.SUBRULE(this.ifStatement) }])
    })
  })

  private readonly assignment: Rule = this.RULE('assignment', () => {
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.pattern) })
    this.OPTION(() => {
      this.CONSUME(t.Colon)
      this.SUBRULE(this.list)
    })
    this.CONSUME(t.Assign)
    this.SUBRULE(this.expression)
  })

  protected readonly pattern: Rule = this.RULE('pattern', () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Name) },
      { ALT: () => this.CONSUME(t.Hole) },
      {
        ALT: () => {
          this.CONSUME(t.OpenBracket)
          this.commaList(this.pattern)
          this.CONSUME(t.CloseBracket)
        },
      },
    ])
  })

  /** One or more, separated by commas, with a comma after the last allowed. Each rule that uses it has one such list. */
  protected commaList(element: Rule): void {
    this.subrule(8, element)
    this.MANY9(() => {
      this.CONSUME9(t.Comma)
      this.subrule(9, element)
    })
    this.OPTION9(() => this.CONSUME8(t.Comma))
  }
}
