// Generated from grammar/parser.ts by scripts/generate.ts.
import type { CstNode, CstNodeLocation, IToken } from 'chevrotain'

/** A node with its place. Of a text with mistakes any of its children may be missing. */
interface Node extends CstNode {
  readonly location: CstNodeLocation
}

export interface FileCstNode extends Node {
  readonly name: 'file'
  readonly children: { declaration?: DeclarationCstNode[] }
}

export interface DeclarationCstNode extends Node {
  readonly name: 'declaration'
  readonly children: {
    importDeclaration?: ImportDeclarationCstNode[]
    constDeclaration?: ConstDeclarationCstNode[]
    modelDeclaration?: ModelDeclarationCstNode[]
    blockDeclaration?: BlockDeclarationCstNode[]
  }
}

export interface ImportDeclarationCstNode extends Node {
  readonly name: 'importDeclaration'
  readonly children: {
    Import?: IToken[]
    OpenBrace?: IToken[]
    importedName?: ImportedNameCstNode[]
    Comma?: IToken[]
    CloseBrace?: IToken[]
    From?: IToken[]
    Text?: IToken[]
  }
}

export interface ImportedNameCstNode extends Node {
  readonly name: 'importedName'
  readonly children: { Name?: IToken[]; As?: IToken[]; alias?: IToken[] }
}

export interface ConstDeclarationCstNode extends Node {
  readonly name: 'constDeclaration'
  readonly children: {
    Const?: IToken[]
    Name?: IToken[]
    parameters?: ParametersCstNode[]
    Assign?: IToken[]
    expression?: ExpressionCstNode[]
  }
}

export interface ModelDeclarationCstNode extends Node {
  readonly name: 'modelDeclaration'
  readonly children: { Model?: IToken[]; Name?: IToken[]; parameters?: ParametersCstNode[]; body?: BodyCstNode[] }
}

export interface BlockDeclarationCstNode extends Node {
  readonly name: 'blockDeclaration'
  readonly children: {
    Block?: IToken[]
    Name?: IToken[]
    parameters?: ParametersCstNode[]
    Arrow?: IToken[]
    results?: ResultsCstNode[]
    body?: BodyCstNode[]
  }
}

export interface ParametersCstNode extends Node {
  readonly name: 'parameters'
  readonly children: { OpenParen?: IToken[]; parameter?: ParameterCstNode[]; Comma?: IToken[]; CloseParen?: IToken[] }
}

export interface ParameterCstNode extends Node {
  readonly name: 'parameter'
  readonly children: {
    Name?: IToken[]
    Colon?: IToken[]
    type?: TypeCstNode[]
    Assign?: IToken[]
    expression?: ExpressionCstNode[]
  }
}

export interface TypeCstNode extends Node {
  readonly name: 'type'
  readonly children: {
    list?: ListCstNode[]
    Name?: IToken[]
    OpenBracket?: IToken[]
    CloseBracket?: IToken[]
    Spread?: IToken[]
    Question?: IToken[]
  }
}

export interface ResultsCstNode extends Node {
  readonly name: 'results'
  readonly children: { OpenParen?: IToken[]; result?: ResultCstNode[]; Comma?: IToken[]; CloseParen?: IToken[] }
}

export interface ResultCstNode extends Node {
  readonly name: 'result'
  readonly children: { Name?: IToken[]; Colon?: IToken[]; Like?: IToken[]; model?: IToken[]; type?: TypeCstNode[] }
}

export interface BodyCstNode extends Node {
  readonly name: 'body'
  readonly children: { OpenBrace?: IToken[]; statement?: StatementCstNode[]; CloseBrace?: IToken[] }
}

export interface StatementCstNode extends Node {
  readonly name: 'statement'
  readonly children: {
    inputStatement?: InputStatementCstNode[]
    outputStatement?: OutputStatementCstNode[]
    returnStatement?: ReturnStatementCstNode[]
    weightStatement?: WeightStatementCstNode[]
    layerStatement?: LayerStatementCstNode[]
    requireStatement?: RequireStatementCstNode[]
    forStatement?: ForStatementCstNode[]
    ifStatement?: IfStatementCstNode[]
    assignment?: AssignmentCstNode[]
  }
}

export interface InputStatementCstNode extends Node {
  readonly name: 'inputStatement'
  readonly children: {
    Input?: IToken[]
    Name?: IToken[]
    Colon?: IToken[]
    list?: ListCstNode[]
    Where?: IToken[]
    expression?: ExpressionCstNode[]
    Comma?: IToken[]
  }
}

export interface OutputStatementCstNode extends Node {
  readonly name: 'outputStatement'
  readonly children: {
    Output?: IToken[]
    Name?: IToken[]
    Comma?: IToken[]
    Colon?: IToken[]
    list?: ListCstNode[]
    Assign?: IToken[]
    expression?: ExpressionCstNode[]
  }
}

export interface ReturnStatementCstNode extends Node {
  readonly name: 'returnStatement'
  readonly children: { Return?: IToken[]; expression?: ExpressionCstNode[]; Comma?: IToken[] }
}

export interface WeightStatementCstNode extends Node {
  readonly name: 'weightStatement'
  readonly children: {
    Param?: IToken[]
    State?: IToken[]
    Name?: IToken[]
    Colon?: IToken[]
    list?: ListCstNode[]
    Assign?: IToken[]
    expression?: ExpressionCstNode[]
    Comma?: IToken[]
    weightOption?: WeightOptionCstNode[]
  }
}

export interface WeightOptionCstNode extends Node {
  readonly name: 'weightOption'
  readonly children: { Word?: IToken[]; Colon?: IToken[]; expression?: ExpressionCstNode[] }
}

export interface LayerStatementCstNode extends Node {
  readonly name: 'layerStatement'
  readonly children: { Layer?: IToken[]; Name?: IToken[]; Assign?: IToken[]; expression?: ExpressionCstNode[] }
}

export interface RequireStatementCstNode extends Node {
  readonly name: 'requireStatement'
  readonly children: { Require?: IToken[]; expression?: ExpressionCstNode[]; Comma?: IToken[]; Text?: IToken[] }
}

export interface ForStatementCstNode extends Node {
  readonly name: 'forStatement'
  readonly children: {
    For?: IToken[]
    pattern?: PatternCstNode[]
    In?: IToken[]
    expression?: ExpressionCstNode[]
    body?: BodyCstNode[]
  }
}

export interface IfStatementCstNode extends Node {
  readonly name: 'ifStatement'
  readonly children: {
    If?: IToken[]
    expression?: ExpressionCstNode[]
    body?: BodyCstNode[]
    Else?: IToken[]
    otherwise?: BodyCstNode[]
    ifStatement?: IfStatementCstNode[]
  }
}

export interface AssignmentCstNode extends Node {
  readonly name: 'assignment'
  readonly children: {
    pattern?: PatternCstNode[]
    Comma?: IToken[]
    Colon?: IToken[]
    list?: ListCstNode[]
    Assign?: IToken[]
    expression?: ExpressionCstNode[]
  }
}

export interface PatternCstNode extends Node {
  readonly name: 'pattern'
  readonly children: {
    Name?: IToken[]
    Hole?: IToken[]
    OpenBracket?: IToken[]
    pattern?: PatternCstNode[]
    Comma?: IToken[]
    CloseBracket?: IToken[]
  }
}

export interface ExpressionCstNode extends Node {
  readonly name: 'expression'
  readonly children: { disjunction?: DisjunctionCstNode[]; label?: LabelCstNode[]; Pipe?: IToken[]; step?: StepCstNode[] }
}

export interface StepCstNode extends Node {
  readonly name: 'step'
  readonly children: { Freeze?: IToken[]; postfix?: PostfixCstNode[]; label?: LabelCstNode[] }
}

export interface LabelCstNode extends Node {
  readonly name: 'label'
  readonly children: { As?: IToken[]; Name?: IToken[]; Hole?: IToken[] }
}

export interface DisjunctionCstNode extends Node {
  readonly name: 'disjunction'
  readonly children: { conjunction?: ConjunctionCstNode[]; Or?: IToken[] }
}

export interface ConjunctionCstNode extends Node {
  readonly name: 'conjunction'
  readonly children: { negation?: NegationCstNode[]; And?: IToken[] }
}

export interface NegationCstNode extends Node {
  readonly name: 'negation'
  readonly children: { Not?: IToken[]; comparison?: ComparisonCstNode[] }
}

export interface ComparisonCstNode extends Node {
  readonly name: 'comparison'
  readonly children: { sum?: SumCstNode[]; operator?: IToken[] }
}

export interface SumCstNode extends Node {
  readonly name: 'sum'
  readonly children: { product?: ProductCstNode[]; operator?: IToken[] }
}

export interface ProductCstNode extends Node {
  readonly name: 'product'
  readonly children: { prefixed?: PrefixedCstNode[]; operator?: IToken[] }
}

export interface PrefixedCstNode extends Node {
  readonly name: 'prefixed'
  readonly children: { prefix?: IToken[]; choice?: ChoiceCstNode[]; postfix?: PostfixCstNode[] }
}

export interface ChoiceCstNode extends Node {
  readonly name: 'choice'
  readonly children: {
    If?: IToken[]
    condition?: ExpressionCstNode[]
    Then?: IToken[]
    then?: ExpressionCstNode[]
    Else?: IToken[]
    otherwise?: ExpressionCstNode[]
  }
}

export interface PostfixCstNode extends Node {
  readonly name: 'postfix'
  readonly children: {
    primary?: PrimaryCstNode[]
    callArguments?: CallArgumentsCstNode[]
    index?: IndexCstNode[]
    member?: MemberCstNode[]
  }
}

export interface CallArgumentsCstNode extends Node {
  readonly name: 'callArguments'
  readonly children: { OpenParen?: IToken[]; argument?: ArgumentCstNode[]; Comma?: IToken[]; CloseParen?: IToken[] }
}

export interface ArgumentCstNode extends Node {
  readonly name: 'argument'
  readonly children: { Spread?: IToken[]; expression?: ExpressionCstNode[]; Word?: IToken[]; Colon?: IToken[] }
}

export interface IndexCstNode extends Node {
  readonly name: 'index'
  readonly children: { OpenBracket?: IToken[]; subscript?: SubscriptCstNode[]; Comma?: IToken[]; CloseBracket?: IToken[] }
}

export interface SubscriptCstNode extends Node {
  readonly name: 'subscript'
  readonly children: { Spread?: IToken[]; Colon?: IToken[]; to?: ExpressionCstNode[]; from?: ExpressionCstNode[] }
}

export interface MemberCstNode extends Node {
  readonly name: 'member'
  readonly children: { Dot?: IToken[]; Word?: IToken[] }
}

export interface PrimaryCstNode extends Node {
  readonly name: 'primary'
  readonly children: {
    Int?: IToken[]
    Float?: IToken[]
    Size?: IToken[]
    BadNumber?: IToken[]
    Text?: IToken[]
    UnclosedText?: IToken[]
    True?: IToken[]
    False?: IToken[]
    None?: IToken[]
    Hole?: IToken[]
    Name?: IToken[]
    list?: ListCstNode[]
    OpenParen?: IToken[]
    expression?: ExpressionCstNode[]
    CloseParen?: IToken[]
  }
}

export interface ListCstNode extends Node {
  readonly name: 'list'
  readonly children: { OpenBracket?: IToken[]; item?: ItemCstNode[]; Comma?: IToken[]; CloseBracket?: IToken[] }
}

export interface ItemCstNode extends Node {
  readonly name: 'item'
  readonly children: { Spread?: IToken[]; expression?: ExpressionCstNode[]; comprehension?: ComprehensionCstNode[] }
}

export interface ComprehensionCstNode extends Node {
  readonly name: 'comprehension'
  readonly children: { clause?: ClauseCstNode[]; Colon?: IToken[]; expression?: ExpressionCstNode[] }
}

export interface ClauseCstNode extends Node {
  readonly name: 'clause'
  readonly children: {
    For?: IToken[]
    pattern?: PatternCstNode[]
    In?: IToken[]
    expression?: ExpressionCstNode[]
    If?: IToken[]
    filter?: ExpressionCstNode[]
  }
}
