import type { Span } from '../text/source.ts'

export interface Identifier {
  readonly name: string
  readonly span: Span
}

interface At {
  readonly span: Span
}

interface Placed extends At {
  /** From the outermost of the parentheses around it to the other, where it stands in some. */
  readonly outer?: Span
}

export type Expr =
  | ({ readonly kind: 'number'; readonly value: number; readonly float: boolean } & Placed)
  | ({ readonly kind: 'size'; readonly values: readonly number[] } & Placed)
  | ({ readonly kind: 'text'; readonly parts: readonly (string | Expr)[] } & Placed)
  | ({ readonly kind: 'bool'; readonly value: boolean } & Placed)
  | ({ readonly kind: 'none' } & Placed)
  | ({ readonly kind: 'hole' } & Placed)
  | ({ readonly kind: 'name'; readonly name: string } & Placed)
  | ListExpr
  | CallExpr
  | IndexExpr
  | MemberExpr
  | ({ readonly kind: 'unary'; readonly op: '-' | 'not' | 'freeze'; readonly of: Expr } & Placed)
  | ({ readonly kind: 'chain'; readonly first: Expr; readonly rest: readonly Link[] } & Placed)
  | ({ readonly kind: 'logic'; readonly op: 'and' | 'or'; readonly operands: readonly Expr[] } & Placed)
  | ({ readonly kind: 'compare'; readonly op: Comparison; readonly left: Expr; readonly right: Expr } & Placed)
  | ({ readonly kind: 'choice'; readonly condition: Expr; readonly consequent: Expr; readonly alternative: Expr } & Placed)
  | PipeExpr
  | ({ readonly kind: 'label'; readonly of: Expr; readonly label: Identifier } & Placed)
  /** What the parser could not read; it has been reported. */
  | ({ readonly kind: 'missing' } & Placed)

export type Arithmetic = '+' | '-' | '*' | '/' | '%'
export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>='

/** One operator of one precedence with its right side: `a - b + c` is a first operand and two links. */
export interface Link {
  readonly op: Arithmetic
  readonly value: Expr
}

export interface Step {
  /** The `|>` before it. */
  readonly sign: Span
  readonly value: Expr
  readonly label: Identifier | undefined
}

export interface PipeExpr extends Placed {
  readonly kind: 'pipe'
  readonly head: Expr
  readonly steps: readonly Step[]
}

export interface CallExpr extends Placed {
  readonly kind: 'call'
  readonly callee: Expr
  readonly args: readonly Argument[]
}

export interface MemberExpr extends Placed {
  readonly kind: 'member'
  readonly of: Expr
  readonly member: Identifier
}

/** `of[i]`, `of[:, 8:]` */
export interface IndexExpr extends Placed {
  readonly kind: 'index'
  readonly of: Expr
  readonly subscripts: readonly Subscript[]
}

export type Subscript = At &
  (
    | { readonly kind: 'at'; readonly index: Expr }
    | { readonly kind: 'range'; readonly from: Expr | undefined; readonly to: Expr | undefined }
    /** `...`, all axes that the others leave. */
    | { readonly kind: 'rest' }
  )

export interface ListExpr extends Placed {
  readonly kind: 'list'
  readonly items: readonly Item[]
}

export type Item =
  | { readonly kind: 'value'; readonly value: Expr }
  | { readonly kind: 'spread'; readonly value: Expr }
  | { readonly kind: 'comprehension'; readonly clauses: readonly Clause[]; readonly value: Expr }

export interface Clause {
  readonly pattern: Pattern
  readonly in: Expr
  readonly filters: readonly Expr[]
}

export type Argument =
  | ({ readonly kind: 'positional'; readonly value: Expr } & At)
  | ({ readonly kind: 'spread'; readonly value: Expr } & At)
  /** `stride: 2`, or `stride:` for a value of the same name. */
  | ({ readonly kind: 'named'; readonly name: Identifier; readonly value: Expr } & At)

export type Pattern =
  | ({ readonly kind: 'name'; readonly name: string } & At)
  | ({ readonly kind: 'discard' } & At)
  | ({ readonly kind: 'list'; readonly items: readonly Pattern[] } & At)

export type TypeExpr =
  | ({ readonly kind: 'shape'; readonly shape: ListExpr; readonly suffix: Suffix } & At)
  | ({ readonly kind: 'named'; readonly name: Identifier; readonly lists: number; readonly suffix: Suffix } & At)

type Suffix = '' | '...' | '?'

export interface Parameter extends At {
  readonly name: Identifier
  readonly type: TypeExpr
  readonly default: Expr | undefined
}

export type Result = { readonly name: Identifier | undefined; readonly span: Span } & (
  | { readonly kind: 'like'; readonly model: Identifier }
  | { readonly kind: 'type'; readonly type: TypeExpr }
)

export type Statement =
  | InputStatement
  | ({
      readonly kind: 'output'
      readonly name: Identifier
      readonly shape: ListExpr | undefined
      readonly value: Expr | undefined
    } & Assigning)
  | ({ readonly kind: 'return'; readonly values: readonly Expr[] } & At)
  | WeightStatement
  | ({ readonly kind: 'layer'; readonly name: Identifier; readonly value: Expr } & Assigning)
  | ({ readonly kind: 'require'; readonly condition: Expr; readonly message: Expr | undefined } & At)
  | ({ readonly kind: 'for'; readonly pattern: Pattern; readonly in: Expr; readonly body: readonly Statement[] } & At)
  | ({
      readonly kind: 'if'
      readonly condition: Expr
      readonly consequent: readonly Statement[]
      readonly alternative: readonly Statement[]
    } & At)
  | ({
      readonly kind: 'assign'
      readonly targets: readonly Pattern[]
      readonly shape: ListExpr | undefined
      readonly value: Expr
    } & Assigning)

/** A statement that gives a path its next segment: the assigned name, `x_2` for the second assignment in the text of the body. */
interface Assigning extends At {
  readonly segment: string
}

export interface InputStatement extends At {
  readonly kind: 'input'
  readonly name: Identifier
  readonly shape: ListExpr
  readonly where: readonly Expr[]
}

export interface WeightStatement extends Assigning {
  readonly kind: 'weight'
  readonly weight: 'param' | 'state'
  readonly name: Identifier
  readonly shape: ListExpr
  readonly init: Expr
  readonly options: readonly { readonly name: Identifier; readonly value: Expr }[]
}

interface Declared extends At {
  readonly name: Identifier
  readonly doc: string
}

export interface ModelDeclaration extends Declared {
  readonly kind: 'model'
  readonly parameters: readonly Parameter[]
  readonly body: readonly Statement[]
}

export interface BlockDeclaration extends Declared {
  readonly kind: 'block'
  readonly parameters: readonly Parameter[]
  /** Empty where the declaration says nothing of its results. */
  readonly results: readonly Result[]
  readonly body: readonly Statement[]
}

export interface ConstDeclaration extends Declared {
  readonly kind: 'const'
  /** Undefined for a value, a list for a function. */
  readonly parameters: readonly Parameter[] | undefined
  readonly value: Expr
}

export interface ImportDeclaration extends At {
  readonly kind: 'import'
  readonly names: readonly { readonly name: Identifier; readonly as: Identifier }[]
  readonly from: string
  readonly fromSpan: Span
}

export type Declaration = ModelDeclaration | BlockDeclaration | ConstDeclaration

export interface Comment extends At {
  /** With its slashes. */
  readonly text: string
}

export interface FileAst {
  readonly imports: readonly ImportDeclaration[]
  readonly declarations: readonly Declaration[]
  /** Those that document nothing, in order. */
  readonly comments: readonly Comment[]
}
