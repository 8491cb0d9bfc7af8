import fc from 'fast-check'
import { anyGraph } from './test/random-graph.ts'
import { planOf } from './src/codegen/tfjs/plan.ts'
const count: any = {}
let run=0, prep=0, sym=0, cst=0, n=0, fr=0
for (const { graph } of fc.sample(anyGraph, 400)) {
  const p: any = planOf(graph)
  if (!p.plan) continue
  n+=graph.nodes.length
  run+=p.plan.run.length; prep+=p.plan.prepare.length; sym+=graph.extents.length; cst+=p.plan.constants.length
  for (const st of [...p.plan.run,...p.plan.prepare]) { fr+=st.last.length;count[st.node.op]=(count[st.node.op]??0)+1}
}
console.log(n/400, run/400,prep/400,sym/400,cst/400,fr/400,count)
