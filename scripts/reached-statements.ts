// Prints how many statements of blocks are checked where the blocks stand and nobody calls them:
// `node --import tsx scripts/reached-statements.ts`
import { reachOf } from '../test/elaborate/reached-statements.ts'

const percent = (part: number, whole: number): string => `${Math.round((100 * part) / whole)} %`

for (const folder of ['std', 'examples', 'test/networks']) {
  const { statements, run } = reachOf(folder)
  console.log(`${folder}: ${run} of ${statements} statements of blocks are reached (${percent(run, statements)})`)
}
