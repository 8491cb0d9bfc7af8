import type { Convention } from './convention.ts'
import type { ForeignFile, ForeignTensor } from './foreign-file.ts'

/** The tensors that a layer of another program has, by what they are for it. */
export interface FileLayer {
  /** What it stands in, and what it is called there. */
  readonly path: readonly string[]
  /** By role: `kernel`, `bias`, `scale`, `offset`, `mean`, `variance`, or the name that a tensor has in the file. */
  readonly tensors: ReadonlyMap<string, ForeignTensor>
}

/** What other programs call the same. */
const roles: ReadonlyMap<string, string> = new Map([
  ['depthwise_kernel', 'kernel'],
  ['pointwise_kernel', 'kernel'],
  ['gamma', 'scale'],
  ['beta', 'offset'],
  ['running_mean', 'mean'],
  ['moving_mean', 'mean'],
  ['running_var', 'variance'],
  ['moving_variance', 'variance'],
])

/** Counters and generators of random numbers, which compute nothing. */
export const isCounter = ({ name }: ForeignTensor): boolean => /(?:^|[./])(?:num_batches_tracked|seed_generator\/.*|seed_generator_state(?::\d+)?)$/.test(name)

/** The layers in a file, in the order of their first tensors. */
export function fileLayers({ tensors, format }: ForeignFile, convention: Convention): readonly FileLayer[] {
  const layers = new Map<string, { readonly path: readonly string[]; readonly tensors: Map<string, ForeignTensor> }>()
  for (const tensor of tensors) {
    if (isCounter(tensor)) continue
    const { path, role } = placeOf(tensor, format === 'hdf5')
    const key = path.join('\n')
    const layer = layers.get(key) ?? { path, tensors: new Map<string, ForeignTensor>() }
    layers.set(key, layer)
    layer.tensors.set(role, tensor)
  }
  return [...layers.values()].flatMap(({ path, tensors: named }) => withRoles(path, named, convention))
}

/** A name taken apart: a file has the path of a layer as one text. */
function placeOf({ name, layer }: ForeignTensor, isHdf5: boolean): { readonly path: readonly string[]; readonly role: string } {
  const parts = name.replace(/:\d+$/, '').split(/[./]/).filter((part) => part !== '')
  const role = parts.at(-1) ?? name
  const around = parts.slice(0, -1)
  if (!isHdf5) return { path: around, role }
  // layers/dense/vars/0: what stands between is the way Keras stores it
  const path = around.filter((part, i) => !/^(?:layers|vars|_layer_checkpoint_dependencies)$/.test(part) && part !== around[i - 1])
  return { path: layer === undefined ? path : [...path.slice(0, -1), layer], role }
}

/** The layer with the roles of its tensors, as two layers where it is a depthwise and a pointwise convolution. */
function withRoles(path: readonly string[], named: ReadonlyMap<string, ForeignTensor>, convention: Convention): readonly FileLayer[] {
  const tensors = [...named.keys()].every((role) => /^\d+$/.test(role)) && convention === 'keras' ? numbered(path, [...named.values()]) : named
  const [depthwise, pointwise, bias] = ['depthwise_kernel', 'pointwise_kernel', 'bias'].map((role) => tensors.get(role))
  if (depthwise && pointwise)
    return [
      { path: [...path, 'depthwise'], tensors: new Map([['kernel', depthwise]]) },
      { path: [...path, 'pointwise'], tensors: new Map([['kernel', pointwise], ...(bias ? [['bias', bias] as const] : [])]) },
    ]
  const kernel = [...tensors].some(([role, { shape }]) => roles.get(role) === 'kernel' || role === 'kernel' || (role === 'weight' && shape.length > 1))
  const roleOf = (role: string): string =>
    role === 'weight' ? (kernel ? 'kernel' : 'scale') : role === 'bias' && !kernel && tensors.size > 1 ? 'offset' : (roles.get(role) ?? role)
  return [{ path, tensors: new Map([...tensors].map(([role, tensor]) => [roleOf(role), tensor])) }]
}

/** Keras 3 numbers the weights of a layer: first what the layer learns, then its moving statistics. */
function numbered(path: readonly string[], tensors: readonly ForeignTensor[]): ReadonlyMap<string, ForeignTensor> {
  const kernels = tensors.filter(({ shape }) => shape.length > 1).length
  const isNorm = tensors.length === 4 || /batch_?norm/i.test(tensors[0]!.name) || /batch_?norm|_bn$|^bn/i.test(path.at(-1) ?? '')
  const names =
    kernels === 2
      ? ['depthwise_kernel', 'pointwise_kernel', 'bias']
      : kernels === 1
        ? ['kernel', 'bias']
        : isNorm
          ? [...normalised(tensors.length), 'mean', 'variance']
          : ['scale', 'offset']
  return new Map(tensors.map((tensor, i) => [names[i] ?? String(i), tensor]))
}

/** Of a batch normalisation with three weights nothing says which of both it learns. */
const normalised = (count: number): readonly string[] => (count === 4 ? ['scale', 'offset'] : count === 3 ? [eitherRole] : [])

/** Scale or offset, as the model has it. */
export const eitherRole = 'scale or offset'
