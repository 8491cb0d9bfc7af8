import { userOrigin } from '../text/source.ts'
import type { ListExpr, WeightStatement } from '../syntax/ast.ts'
import { isFree } from '../dim/expr.ts'
import { printDim, printShape } from '../dim/print.ts'
import { atLeast, equal, isGranted } from '../dim/prove.ts'
import type { Extent, Shape, WeightNode } from '../graph/graph.ts'
import type { Initializer } from '../graph/initializer.ts'
import { bind, fail, originAt, type Context } from './context.ts'
import { argumentOf } from './reports/argument-of.ts'
import { calledOp } from './called-op.ts'
import { enums } from './enums.ts'
import { evaluate } from './evaluate.ts'
import { limits } from './limits.ts'
import { repeatedLabels } from './reports/repeated-labels.ts'
import { coerce } from './types.ts'
import { describe, failed, int, tensor, unknown, valueExtent } from './value.ts'
import { optionsOf, type Options } from './weight-options.ts'
import { labelText } from '../text/label-text.ts'

/** `param` and `state`: makes the weight, or finds that of a layer's first use. */
export function declareWeight(statement: WeightStatement, ctx: Context): void {
  const { name } = statement
  const shape = weightShape(statement.shape, name.name, ctx)
  const init = initOf(statement, shape, ctx)
  const options = optionsOf(statement, init, ctx)
  const origin = originAt(ctx, statement.span)
  ctx.scope.assign(name.name, ctx.run.standIns ? unknown(origin) : failed(origin))
  if (!shape || !init || !options) return
  const shared = ctx.layer?.get(ctx.path.own.text)
  const node = shared ? reuse(shared, statement, shape, ctx) : newWeight(statement, shape, init, options, ctx)
  if (!node) return
  bind(name, tensor(node, origin), ctx, 'assigned')
  ctx.run.builder.name({ name: name.name, node }, ctx.site)
}

function newWeight(
  statement: WeightStatement,
  shape: Shape,
  init: Initializer,
  options: Options,
  ctx: Context,
): WeightNode | undefined {
  const { text: path, whole: at } = ctx.path.own
  const origin = originAt(ctx, statement.span)
  const earlier = ctx.run.builder.weightAt(path)
  if (earlier) {
    // of labels that repeat that is said
    if (ctx.run.modules.userFiles.some(({ ast }) => ast.declarations.some((one) => repeatedLabels(one).length > 0))) return undefined
    fail(ctx, 'name/repeated-path', { path }, statement.name.span, {
      labels: [{ origin: earlier.origins[0], text: 'the other weight of that path' }],
      cause: { kind: 'repeated-path', frame: ctx.frame },
    })
    return undefined
  }
  const node = ctx.run.builder.weight(statement.weight, {
    at,
    type: { shape, depends: 'weights' },
    origin,
    site: ctx.site,
    init,
    trainable: statement.weight === 'param' && options.trainable && !ctx.frozen,
    ...(options.within ? { within: options.within } : {}),
    ...(options.annealed === undefined || ctx.frozen ? {} : { annealed: options.annealed }),
  })
  ctx.layer?.set(path, node)
  return node
}

/** The weight an earlier use of the layer made; undefined when its shape is not what this use needs. */
function reuse(shared: WeightNode, { name }: WeightStatement, shape: Shape, ctx: Context): WeightNode | undefined {
  const differs = shape.findIndex((extent, i) => !isGranted(equal(extent.dim, shared.type.shape[i]?.dim ?? -1)))
  if (differs >= 0) {
    const [now, before] = [shape[differs]!, shared.type.shape[differs]]
    const facts = { path: shared.path, a: printShape(shared.type.shape), b: printShape(shape) }
    fail(ctx, 'shape/shared-weight', facts, name.span, {
      labels: [
        { origin: shared.origins[0], text: 'the first use' },
        ...[before, now].flatMap((extent) =>
          extent ? [{ origin: extent.origin, ...labelText(printDim(extent.dim), 'decided') }] : [],
        ),
      ],
      cause: { kind: 'shared-weight', use: userOrigin(originAt(ctx, name.span)).span },
    })
    return undefined
  }
  if (ctx.frozen) ctx.run.builder.freeze(shared)
  return shared
}

/** The shape of a weight: extents known when the model is compiled, at least 1, and no more elements than a tensor can have. */
function weightShape(list: ListExpr, name: string, ctx: Context): Shape | undefined {
  const value = evaluate(list, ctx)
  if (value.kind !== 'list') return undefined
  const { standIns } = ctx.run
  const extents: Extent[] = []
  for (const written of value.items) {
    const item = written.kind === 'unknown' && standIns ? int(standIns.unnamed(), written.origin) : written
    if (item.kind !== 'int') {
      const details =
        item.kind === 'float'
          ? { cause: { kind: 'float-for-int' as const, value: item } }
          : { labels: [{ origin: item.origin, ...labelText(describe(item), 'comes from') }] }
      fail(ctx, 'type/not-an-int', { what: 'an extent of a weight', value: describe(item) }, list.span, details)
      return undefined
    }
    if (typeof item.dim !== 'number' && !isFree(item.dim)) {
      fail(
        ctx,
        'shape/symbolic-weight',
        { weight: weightNamed(name, ctx), extent: printDim(item.dim) },
        list.span,
        {
          labels: [{ origin: item.origin, ...labelText(printDim(item.dim), 'comes from') }],
          cause: { kind: 'symbolic-weight', extent: item },
        },
      )
      return undefined
    }
    if (atLeast(item.dim, 1).kind === 'refuted') {
      fail(ctx, 'shape/empty', { what: weightNamed(name, ctx), extent: printDim(item.dim) }, list.span, {
        cause: { kind: 'empty-weight', extent: item },
      })
      return undefined
    }
    extents.push(valueExtent(item))
  }
  const elements = elementsOf(extents)
  if (elements === undefined || elements <= limits.elements) return extents
  fail(ctx, 'limit/elements', { shape: printShape(extents), bound: limits.elements.toLocaleString('en-US') }, list.span, {
    labels: extents.map(({ dim, origin }) => ({ origin, ...labelText(printDim(dim), 'decided') })),
  })
  return undefined
}

/** How many elements a shape has; undefined where a caller decides that. */
const elementsOf = (shape: Shape): number | undefined =>
  shape.reduce<number | undefined>(
    (product, { dim }) => (product === undefined || typeof dim !== 'number' ? undefined : product * dim),
    1,
  )

/** `conv's kernel`: a weight of the op that the user called. */
function weightNamed(name: string, ctx: Context): string {
  if (!ctx.frame) return `the weight ${name}`
  const { name: op, call, parent } = ctx.frame
  return argumentOf({ op: calledOp(op, { span: call, frame: parent }), argument: name })
}

function initOf(statement: WeightStatement, shape: Shape | undefined, ctx: Context): Initializer | undefined {
  const { span } = statement.init
  const type = { kind: 'named', name: { name: 'init', span }, lists: 0, suffix: '', span } as const
  const place = { op: statement.name.name, argument: 'initialiser', span, call: span }
  const value = coerce(evaluate(statement.init, ctx, enums.get('init')), type, place, ctx, { ctx, boundBy: new Map() })
  // what a caller decides starts a weight of the same shape
  if (value?.kind === 'unknown') return { kind: 'constant', value: 0 }
  if (value?.kind !== 'init') return undefined
  const { init } = value
  const elements = shape && elementsOf(shape)
  if (init.kind === 'values' && elements !== undefined && init.values.length !== elements) {
    const facts = {
      what: `the initial values of ${statement.name.name}`,
      found: String(init.values.length),
      wanted: String(elements),
    }
    fail(ctx, 'shape/length', facts, span, {
      labels: shape?.map(({ dim, origin }) => ({ origin, ...labelText(printDim(dim), 'decided') })) ?? [],
    })
    return undefined
  }
  return init
}
