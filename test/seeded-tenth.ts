import { randomStream } from '../src/codegen/tfjs/runtime/random.ts'

/** Whether everything is run, as `npm run test:all` does (`node scripts/test.mjs --all`). */
export const everything = process.env['FMW_TEST_ALL'] === '1'

/** Another one every day, so that in time all cases are run; that of a run that failed is given to repeat it. */
const seed = Number(process.env['FMW_TEST_SEED'] ?? Math.floor(Date.now() / 86_400_000))
if (!Number.isSafeInteger(seed)) throw new Error('FMW_TEST_SEED is a whole number')

if (!everything) process.stderr.write(`of slow cases a tenth is run, chosen by FMW_TEST_SEED=${seed}; --all runs all\n`)

/** Whether a slow case is among the tenth that is run. Each is chosen by its name alone, whatever other cases there are. */
export const isChosen = (name: string): boolean => everything || randomStream(seed, name).uniform() < 0.1

/** How many random cases of so many are run where each is slow. */
export const fewerRuns = (all: number): number => (everything ? all : Math.ceil(all / 10))
