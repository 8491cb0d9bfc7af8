import { tokenMatcher, type IToken } from 'chevrotain'
import type { ExpressionCstNode } from './cst.ts'
import { namingExpectedType } from './expected-type.ts'
import { StatementParser, type Rule } from './statement-parser.ts'
import * as t from './tokens.ts'

/** The grammar of fmw as a pure CST parser; `grammar/README.md` is its specification, production by production. */
export class FmwParser extends StatementParser {
  constructor(options: { readonly validate: boolean }) {
    super(t.vocabulary, {
      recoveryEnabled: true,
      nodeLocationTracking: 'onlyOffset',
      maxLookahead: 2,
      errorMessageProvider: namingExpectedType,
      skipValidations: !options.validate,
    })
    this.performSelfAnalysis()
  }

  readonly expression: Rule<ExpressionCstNode> = this.RULE('expression', () => {
    this.SUBRULE(this.disjunction)
    this.OPTION(() => this.SUBRULE(this.label))
    this.MANY(() => {
      this.CONSUME(t.Pipe)
      this.SUBRULE(this.step)
    })
  }) as Rule<ExpressionCstNode>

  private readonly step: Rule = this.RULE('step', () => {
    this.OPTION2(() => this.CONSUME(t.Freeze))
    this.SUBRULE(this.postfix)
    this.OPTION(() => this.SUBRULE(this.label))
  })

  private readonly label: Rule = this.RULE('label', () => {
    this.CONSUME(t.As)
    this.OR([{ ALT: () => this.CONSUME(t.Name) }, { ALT: () => this.CONSUME(t.Hole) }])
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
    this.OR2([{ ALT: () => this.SUBRULE(this.choice) }, { ALT: () => this.SUBRULE(this.postfix) }])
  })

  private readonly choice: Rule = this.RULE('choice', () => {
    this.CONSUME(t.If)
    this.SUBRULE(this.expression, { LABEL: 'condition' })
    this.CONSUME(t.Then)
    this.SUBRULE2(this.expression, { LABEL: 'then' })
    this.CONSUME(t.Else)
    this.SUBRULE3(this.expression, { LABEL: 'otherwise' })
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
    this.commaList(this.subscript)
    this.CONSUME(t.CloseBracket)
  })

  private readonly subscript: Rule = this.RULE('subscript', () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Spread) },
      {
        ALT: () => {
          this.CONSUME(t.Colon)
          this.OPTION(() => this.SUBRULE(this.expression, { LABEL: 'to' }))
        },
      },
      {
        ALT: () => {
          this.SUBRULE2(this.expression, { LABEL: 'from' })
          this.OPTION2(() => {
            this.CONSUME2(t.Colon)
            this.OPTION3(() => this.SUBRULE3(this.expression, { LABEL: 'to' }))
          })
        },
      },
    ])
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

  protected readonly list: Rule = this.RULE('list', () => {
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
