// The packages that only some commands need: each is a file of its own in dist/, loaded when a command asks for it, so that those
// who install fmw install none of them.

const files = {
  'ajv/dist/2020.js': 'packages/ajv',
  'csv-parse/sync': 'packages/csv-parse',
  fflate: 'packages/fflate',
  h5wasm: 'packages/h5wasm',
  'jpeg-js': 'packages/jpeg-js',
  pngjs: 'packages/pngjs',
  'prettier/standalone': 'packages/prettier',
  'prettier/plugins/estree': 'packages/prettier-estree',
  'prettier/plugins/typescript': 'packages/prettier-typescript',
  sucrase: 'packages/sucrase',
  tinyglobby: 'packages/tinyglobby',
  'vscode-languageserver/node': 'packages/vscode-languageserver',
  'vscode-languageserver-textdocument': 'packages/vscode-languageserver-textdocument',
}

export const packages = {
  entryPoints: Object.entries(files).map(([specifier, out]) => ({ in: specifier, out })),
  besideTheBundle: {
    name: 'packages beside the bundle',
    setup: ({ onResolve }) =>
      onResolve({ filter: /^[^./]/ }, ({ path }) => {
        const file = files[path]
        return file === undefined ? undefined : { path: `./${file}.cjs`, external: true }
      }),
  },
}
