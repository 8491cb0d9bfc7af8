/** What the keywords of the language are for. A test finds each of them here. */
export const wordDocs: ReadonlyMap<string, string> = new Map([
  ['import', '`import { A, B as C } from "./file.fmw"`: names of another file, whose path is relative to this one.'],
  ['from', 'The file that an import reads.'],
  ['const', '`const name = value`: a compile-time value; with parameters a function of such values.'],
  ['model', 'An entry point: it has inputs and at least one output, is compiled on its own, and can be called like a block.'],
  ['block', 'A part of a graph with parameters. Each call elaborates its body anew, with weights of its own.'],
  ['input', '`input name: [H, W, 3] where H % 8 == 0`: what a model is given for each sample, without the batch. New names are extents.'],
  ['output', '`output name = value`, or `output name` for a value that has the name already: what a model gives.'],
  ['return', '`return value, …` ends a block with what it gives, also from inside of `for` and `if`.'],
  ['param', '`param name: [shape] = init`: a weight that the optimiser trains. Options: `trainable`, `within`.'],
  ['state', '`state name: [shape] = init`: a weight that training writes in the forward pass. Options: `annealed`.'],
  ['layer', '`layer name = block`: weights that every use of the name shares.'],
  ['require', '`require condition, "message"`: an error where the condition does not hold, at the caller of the block.'],
  ['where', 'What the extents of an input have to fulfil: `where H % 8 == 0, H >= 32`.'],
  ['like', '`like x`: the shape that the argument `x` came with.'],
  ['for', '`for name in list { … }`: the body is elaborated once for each element; in a list, `[for name in list: value]`.'],
  ['in', 'The list that a `for` goes through.'],
  ['if', '`if condition { … } else { … }`, or as a value `if condition then a else b`: decided when the model is compiled.'],
  ['then', 'The value where the condition of an `if` holds.'],
  ['else', 'What is taken where the condition of an `if` does not hold.'],
  ['and', 'True where both sides are; the right side is not read where the left one is false.'],
  ['or', 'True where one of the sides is; the right side is not read where the left one is true.'],
  ['not', 'True where what follows is false.'],
  ['as', '`call as name`: the weights of the call are found under that name; `as _` adds no name to their path.'],
  ['freeze', '`freeze call`: the weights that it makes are not trained, and normalisations use their moving statistics.'],
  ['true', 'A bool.'],
  ['false', 'A bool.'],
  ['none', 'An optional parameter for which nothing is given.'],
])

/** What the types of parameters take. A test finds each of them here. */
export const typeDocs: ReadonlyMap<string, string> = new Map([
  ['tensor', 'A tensor of any shape.'],
  ['block', 'A block value, or the bare name of a block, op, model or function.'],
  ['bool', '`true` or `false`.'],
  ['string', 'A text.'],
  ['int', 'A whole number, or an extent.'],
  ['float', 'A number; also an int.'],
  ['size', '`[height, width]`; an int stands for both.'],
  ['axes', 'A list of axes, or an int for one.'],
  ['padding', '`valid`, `same` or `half`, an int for all sides, `[h, w]`, or `[[top, bottom], [left, right]]`.'],
  ['init', 'An initialiser, a number, a list of numbers, or one of its words.'],
  ['method', '`nearest` or `bilinear`.'],
  ['corners', '`half`, `aligned` or `legacy`.'],
  ['mode', '`zero`, `reflect` or `symmetric`.'],
  ['per', '`scalar` or `channel`.'],
  ['channels', '`keep` or `project`.'],
])

/** What values have behind a dot. */
export const memberDocs: ReadonlyMap<string, string> = new Map([
  ['height', 'The first extent of a map.'],
  ['width', 'The second extent of a map.'],
  ['channels', 'The last extent of a tensor.'],
  ['shape', 'The extents of a tensor, as a list.'],
  ['rank', 'How many axes a tensor has.'],
  ['length', 'How many elements a list has.'],
])
