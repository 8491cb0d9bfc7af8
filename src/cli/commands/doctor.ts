import { cacheFolder } from '../../runtime/backend/cache-folder.ts'
import { installNative } from '../../runtime/backend/install-native.ts'
import { probeBackends, type BackendProbe } from '../../runtime/backend/probe-backends.ts'
import { openTerminal } from '../terminal/terminal.ts'
import { version } from '../version.ts'

interface DoctorOptions {
  readonly installNative: boolean
  readonly json: boolean
  readonly quiet: boolean
  readonly color: boolean
}

/** Says which backends work here and what to do about the others; installs the native one when asked. */
export async function doctor(options: DoctorOptions): Promise<void> {
  const terminal = openTerminal(options)
  if (options.installNative) await installNative(terminal.note)
  const backends = await probeBackends()
  const versions = {
    fmw: version,
    node: process.versions.node,
    platform: `${process.platform}-${process.arch}`,
    cache: cacheFolder(),
  }
  if (options.json) terminal.json({ ...versions, backends })
  else
    terminal.result(
      [
        `fmw ${versions.fmw}, Node ${versions.node}, ${versions.platform}`,
        `cache: ${versions.cache}`,
        '',
        ...describe(backends),
      ].join('\n'),
    )
}

function describe(backends: readonly BackendProbe[]): readonly string[] {
  const chosen = backends.find(({ usable }) => usable)
  const lines = backends.flatMap((probe) =>
    probe.usable
      ? [`  ${probe.name.padEnd(5)} works: ${probe.version}`, ...probe.notes.map((note) => `        ${note}`)]
      : [`  ${probe.name.padEnd(5)} does not: ${probe.reason}`],
  )
  return [
    'backends, fastest first:',
    ...lines,
    '',
    chosen ? `fmw run uses ${chosen.name}.` : 'No backend works: fmw run cannot compute here.',
  ]
}
