import { readFileSync, readdirSync } from 'node:fs'
import { compile } from './src/compiler/compile.ts'
import { nodeHost } from './src/cli/node-host.ts'
import { verify } from './src/compiler/verify.ts'
import { graphToJson } from './src/compiler/graph-json.ts'
import { readGraphJson } from './src/compiler/read-graph-json.ts'
import { emit, typeErrors } from './test/codegen/emitted.ts'
import { writeFileSync } from 'node:fs'
const files = readdirSync('examples', { recursive: true, encoding: 'utf8' }).filter(f => f.endsWith('.fmw')).map(f => 'examples/' + f)
const texts: string[] = []
for (const file of files) {
  const { graphs, diagnostics } = compile(file, readFileSync(file, 'utf8'), nodeHost)
  for (const graph of graphs) {
    const v = verify(graph)
    const json = JSON.parse(JSON.stringify(graphToJson(graph)))
    const back = readGraphJson(json)
    const same = 'graph' in back && JSON.stringify(graphToJson(back.graph)) === JSON.stringify(json)
    const t = performance.now()
    let text = ''
    try { text = await emit(graph); texts.push(text) } catch (e) { text = 'UNSUPPORTED ' + (e as Error).message }
    console.log(file, graph.name, graph.nodes.length, v.slice(0, 3), same, text.length, (performance.now() - t).toFixed(0), text.startsWith('UNS') ? text : '')
    writeFileSync(`/tmp/emitted-${graph.name}.ts`, text)
  }
  if (diagnostics.length) console.log(file, diagnostics.map(d => d.code))
}
console.log(typeErrors(texts).slice(0, 20))
