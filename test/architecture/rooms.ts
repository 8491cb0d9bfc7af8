/**
 * The rooms of the house: each imports only from itself and from those before it. A room is a folder with all that is in it (but the
 * rooms of their own), or a file that stands alone.
 */
export const rooms = [
  'grammar',
  'src/compiler/text',
  'src/compiler/catalog',
  'src/compiler/dim',
  'src/compiler/graph',
  'src/compiler/primitives',
  'src/compiler/ir',
  'src/compiler/facts',
  'src/compiler/passes',
  'src/compiler/diagnostics',
  'src/compiler/report',
  'src/compiler/syntax',
  'src/compiler/reading',
  'src/compiler/fixes',
  'src/compiler/elaborate',
  'src/compiler/library',
  'src/compiler/remedies',
  'src/compiler/lint',
  'src/compiler/compile.ts',
  'src/format',
  'src/service',
  'src/codegen',
  'src/codegen/tfjs/runtime',
  'src/codegen/tfjs',
  'src/codegen/tfjs/module',
  'src/codegen/targets.ts',
  'src/codegen/emission-options.ts',
  'src/codegen/emit-files.ts',
  'src/runtime/failure',
  'src/runtime/files',
  'src/runtime/backend',
  'src/runtime/weights',
  'src/runtime/data',
  'src/runtime/training',
  'src/runtime/drawing',
  'src/cli/version.ts',
  'src/index.ts',
  'src/unplugin',
  'src/cli/terminal',
  'src/cli/exit',
  'src/cli/options',
  'src/cli/files',
  'src/cli/summary',
  'src/cli/run',
  'src/cli/show',
  'src/cli/train',
  'src/cli/eval',
  'src/lsp',
  'src/cli/commands',
  'src/cli/main.ts',
] as const

export type Room = (typeof rooms)[number]

/** The innermost room that a file stands in. */
export const roomOf = (file: string): Room | undefined =>
  rooms
    .filter((room) => file === room || file.startsWith(`${room}/`))
    .reduce<Room | undefined>((inner, room) => (room.length > (inner?.length ?? 0) ? room : inner), undefined)
