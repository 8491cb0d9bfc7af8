import { CstParser, tokenMatcher, type IToken, type ParserMethod, type CstNode } from 'chevrotain'
import * as t from './tokens.ts'

type Rule = ParserMethod<[], CstNode>

/** The grammar of fmw as a pure CST parser; `grammar/README.md` is its specification, production by production. */
export class FmwParser extends CstParser {
  constructor(options: { readonly validate: boolean }) {
    super(t.vocabulary, {
      recoveryEnabled: true,
      nodeLocationTracking: 'onlyOffset',
      maxLookahead: 2,
      skipValidations: !options.validate,
    })
    this.performSelfAnalysis()
  }

  readonly file: Rule = this.RULE('file', () => {
    this.MANY(() => this.SUBRULE(this.declaration))
  })

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
    this.CONSUME(t.Name)
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

  private readonly pattern: Rule = this.RULE('pattern', () => {
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

  readonly expression: Rule = this.RULE('expression', () => {
    this.SUBRULE(this.choice)
    this.OPTION(() => this.SUBRULE(this.label))
    this.MANY(() => {
      this.CONSUME(t.Pipe)
      this.SUBRULE(this.step)
    })
  })

  private readonly step: Rule = this.RULE('step', () => {
    this.OPTION2(() => this.CONSUME(t.Freeze))
    this.SUBRULE(this.postfix)
    this.OPTION(() => this.SUBRULE(this.label))
  })

  private readonly label: Rule = this.RULE('label', () => {
    this.CONSUME(t.As)
    this.CONSUME(t.Name)
  })

  private readonly choice: Rule = this.RULE('choice', () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.If)
          this.SUBRULE(this.expression, { LABEL: 'condition' })
          this.CONSUME(t.Then)
          this.SUBRULE2(this.expression, { LABEL: 'then' })
          this.CONSUME(t.Else)
          this.SUBRULE3(this.expression, { LABEL: 'otherwise' })
        },
      },
      { ALT: () => this.SUBRULE(this.disjunction) },
    ])
  })

  private readonly disjunction: Rule = this.RULE('disjunction', () => {
    this.SUBRULE(this.conjunction)
    this.MANY(() => {
      this.CONSUME(t.Or)
      this.SUBRULE2(this.conjunction)
    })
  })

  private readonly conjunction: Rule = this.RULE('conjunction', () => {
    this.SUBRULE(this.negation)
    this.MANY(() => {
      this.CONSUME(t.And)
      this.SUBRULE2(this.negation)
    })
  })

  private readonly negation: Rule = this.RULE('negation', () => {
    this.MANY(() => this.CONSUME(t.Not))
    this.SUBRULE(this.comparison)
  })

  private readonly comparison: Rule = this.RULE('comparison', () => {
    this.SUBRULE(this.sum)
    this.OPTION(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Equal, { LABEL: 'operator' }) },
        { ALT: () => this.CONSUME(t.NotEqual, { LABEL: 'operator' }) },
        { ALT: () => this.CONSUME(t.AtMost, { LABEL: 'operator' }) },
        { ALT: () => this.CONSUME(t.AtLeast, { LABEL: 'operator' }) },
        { ALT: () => this.CONSUME(t.Less, { LABEL: 'operator' }) },
        { ALT: () => this.CONSUME(t.Greater, { LABEL: 'operator' }) },
      ])
      this.SUBRULE2(this.sum)
    })
  })

  private readonly sum: Rule = this.RULE('sum', () => {
    this.SUBRULE(this.product)
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Plus, { LABEL: 'operator' }) },
        { ALT: () => this.CONSUME(t.Minus, { LABEL: 'operator' }) },
      ])
      this.SUBRULE2(this.product)
    })
  })

  private readonly product: Rule = this.RULE('product', () => {
    this.SUBRULE(this.prefixed)
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Times, { LABEL: 'operator' }) },
        { ALT: () => this.CONSUME(t.Divide, { LABEL: 'operator' }) },
        { ALT: () => this.CONSUME(t.Modulo, { LABEL: 'operator' }) },
      ])
      this.SUBRULE2(this.prefixed)
    })
  })

  private readonly prefixed: Rule = this.RULE('prefixed', () => {
    this.MANY(() =>
      this.OR([
        { ALT: () => this.CONSUME(t.Minus, { LABEL: 'prefix' }) },
        { ALT: () => this.CONSUME(t.Freeze, { LABEL: 'prefix' }) },
      ]),
    )
    this.SUBRULE(this.postfix)
  })

  private readonly postfix: Rule = this.RULE('postfix', () => {
    this.SUBRULE(this.primary)
    this.MANY({
      GATE: () => this.LA(1).tokenType === t.Dot || this.onSameLine(),
      DEF: () =>
        this.OR([
          { ALT: () => this.SUBRULE(this.callArguments) },
          { ALT: () => this.SUBRULE(this.index) },
          { ALT: () => this.SUBRULE(this.member) },
        ]),
    })
  })

  private readonly callArguments: Rule = this.RULE('callArguments', () => {
    this.CONSUME(t.OpenParen)
    this.OPTION(() => this.commaList(this.argument))
    this.CONSUME(t.CloseParen)
  })

  private readonly argument: Rule = this.RULE('argument', () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.Spread)
          this.SUBRULE(this.expression)
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.Word)
          this.CONSUME(t.Colon)
          this.OPTION(() => this.SUBRULE2(this.expression))
        },
      },
      { ALT: () => this.SUBRULE3(this.expression) },
    ])
  })

  private readonly index: Rule = this.RULE('index', () => {
    this.CONSUME(t.OpenBracket)
    this.SUBRULE(this.expression)
    this.CONSUME(t.CloseBracket)
  })

  private readonly member: Rule = this.RULE('member', () => {
    this.CONSUME(t.Dot)
    this.CONSUME(t.Word)
  })

  private readonly primary: Rule = this.RULE('primary', () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Int) },
      { ALT: () => this.CONSUME(t.Float) },
      { ALT: () => this.CONSUME(t.Size) },
      { ALT: () => this.CONSUME(t.BadNumber) },
      { ALT: () => this.CONSUME(t.Text) },
      { ALT: () => this.CONSUME(t.UnclosedText) },
      { ALT: () => this.CONSUME(t.True) },
      { ALT: () => this.CONSUME(t.False) },
      { ALT: () => this.CONSUME(t.None) },
      { ALT: () => this.CONSUME(t.Hole) },
      { GATE: () => !this.startsStatement(), ALT: () => this.CONSUME(t.Name) },
      { ALT: () => this.SUBRULE(this.list) },
      {
        ALT: () => {
          this.CONSUME(t.OpenParen)
          this.SUBRULE(this.expression)
          this.CONSUME(t.CloseParen)
        },
      },
    ])
  })

  private readonly list: Rule = this.RULE('list', () => {
    this.CONSUME(t.OpenBracket)
    this.OPTION(() => this.commaList(this.item))
    this.CONSUME(t.CloseBracket)
  })

  private readonly item: Rule = this.RULE('item', () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.Spread)
          this.SUBRULE(this.expression)
        },
      },
      { ALT: () => this.SUBRULE(this.comprehension) },
      { ALT: () => this.SUBRULE2(this.expression) },
    ])
  })

  private readonly comprehension: Rule = this.RULE('comprehension', () => {
    this.AT_LEAST_ONE(() => this.SUBRULE(this.clause))
    this.CONSUME(t.Colon)
    this.SUBRULE(this.expression)
  })

  private readonly clause: Rule = this.RULE('clause', () => {
    this.CONSUME(t.For)
    this.SUBRULE(this.pattern)
    this.CONSUME(t.In)
    this.SUBRULE(this.expression)
    this.MANY(() => {
      this.CONSUME(t.If)
      this.SUBRULE2(this.expression, { LABEL: 'filter' })
    })
  })

  /** One or more, separated by commas, with a comma after the last allowed. Each rule that uses it has one such list. */
  private commaList(element: Rule): void {
    this.subrule(8, element)
    this.MANY9(() => {
      this.CONSUME9(t.Comma)
      this.subrule(9, element)
    })
    this.OPTION9(() => this.CONSUME8(t.Comma))
  }

  /** After an incomplete line: `output y` on a line of its own is the next statement, not a value called output. */
  private startsStatement(): boolean {
    const keyword: IToken = this.LA(1)
    return (
      t.statementKeywords.includes(keyword.tokenType) &&
      this.LA(0).endLine !== keyword.startLine &&
      this.LA(2).startLine === keyword.startLine &&
      tokenMatcher(this.LA(2), t.Name)
    )
  }

  /** A call's `(` and an index's `[` stand on the line of what they follow: on a new line they begin something else. */
  private onSameLine(): boolean {
    const previous: IToken = this.LA(0)
    return previous.endLine === this.LA(1).startLine
  }
}
