import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { availableBackends } from '../backends.ts'
import { fmw } from './fmw.ts'
import { withFiles } from './folder.ts'

const s = suite('fmw doctor')

interface Doctor {
  readonly fmw: string
  readonly node: string
  readonly platform: string
  readonly backends: readonly {
    readonly name: string
    readonly usable: boolean
    readonly version?: string
    readonly reason?: string
  }[]
}

s('says which backends load, in the order in which they are tried, and which one run uses', async () => {
  const { code, stdout, stderr } = await fmw(['doctor'])
  assert.equal([code, stderr], [0, ''])
  assert.match(stdout, `Node ${process.versions.node}`)
  assert.match(stdout, /node {2}[^]*wasm {2}works: TensorFlow\.js[^]*cpu {3}works: TensorFlow\.js/)
  assert.match(stdout, `fmw run uses ${(await availableBackends()).at(-1)}.`)
})

s('--json says the same to scripts', async () => {
  const { code, stdout } = await fmw(['doctor', '--json'])
  assert.is(code, 0)
  const { node, platform, backends } = JSON.parse(stdout) as Doctor
  assert.equal([node, platform], [process.versions.node, `${process.platform}-${process.arch}`])
  assert.equal(backends.map(({ name }) => name), ['node', 'wasm', 'cpu'])
  const usable = backends.filter(({ usable: works }) => works).map(({ name }) => name)
  assert.equal(usable, [...(await availableBackends())].reverse())
  for (const { usable: works, version, reason } of backends) assert.type(works ? version : reason, 'string')
})

s('where the native backend is not installed, says so and how to install it, and goes on without', () =>
  withFiles({}, async (folder) => {
    const env = { FMW_CACHE: folder }
    const { code, stdout } = await fmw(['doctor', '--json'], { env })
    assert.is(code, 0)
    const [native] = (JSON.parse(stdout) as Doctor).backends
    if (native?.usable) return // installed beside fmw itself, not in the cache
    assert.match(native?.reason ?? '', 'fmw doctor --install-native')
    const text = await fmw(['doctor'], { env })
    assert.match(text.stdout, /node {2}does not: .*fmw doctor --install-native/)
    assert.match(text.stdout, 'fmw run uses wasm.')
  }))

s.run()
