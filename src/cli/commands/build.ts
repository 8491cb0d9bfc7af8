import path from 'node:path'
import { Buffer } from 'node:buffer'
import type { Backend, Form } from '../../codegen/about.ts'
import { formOf } from '../../codegen/emission-options.ts'
import { emitFiles, type EmittedFile } from '../../codegen/emit-files.ts'
import type { ImportExtension, TargetName } from '../../codegen/targets.ts'
import { writeAllAtomically } from '../../runtime/files/write-file.ts'
import type { CommonOptions } from '../options/common-options.ts'
import { Exit, exitCodes, UsageError } from '../exit/exit.ts'
import { readRuntimeFile } from '../../runtime/files/runtime-file.ts'
import { isForeign } from '../../runtime/files/is-foreign.ts'
import { textOnDisk } from '../../runtime/files/text-on-disk.ts'
import { makeFolder } from '../files/make-folder.ts'
import { nodeHost } from '../files/node-host.ts'
import { compileFile, openSession, showDiagnostics, type Session } from '../files/open-model.ts'
import { expandFiles, readSource } from '../files/read-source.ts'
import { watchFiles } from '../files/watch-files.ts'
import { version } from '../version.ts'

interface BuildOptions extends CommonOptions {
  readonly out: string
  readonly target: TargetName
  readonly check: boolean
  readonly format: boolean
  readonly import?: string
  readonly importExtension?: ImportExtension
  readonly kernels?: Backend
  readonly watch: boolean
  readonly json: boolean
}

/** What is to be built. */
interface Order {
  readonly names: readonly string[]
  readonly options: BuildOptions
  readonly form: Form
  readonly session: Session
}

/** A file to write, by its path from here. */
interface Built extends EmittedFile {
  /** The file of its models, as it was named. */
  readonly from: string
}

/**
 * Emits every model of the files; nothing is written unless all of them are without errors. With --watch it does so again whenever
 * one of the files changes that they are made of.
 */
export async function build(names: readonly string[], options: BuildOptions): Promise<void> {
  if (options.check && options.watch) throw new UsageError('--check and --watch are two things: choose one')
  const order = { names, options, form: formAsked(options), session: await openSession(options) }
  if (!options.watch) return buildOnce(order, new Set())
  await watchFiles(names, order.session.terminal, (sources) => buildOnce(order, sources))
}

const flags = { format: '--no-format', import: '--import', importExtension: '--import-extension', kernels: '--kernels' } as const

function formAsked(options: BuildOptions): Form {
  const form = formOf(options.target, options)
  if ('faults' in form) throw new UsageError(form.faults.map(({ option, reason }) => `${flags[option]} ${reason}`).join('\n'))
  return form
}

/** @param sources is told every file that is read */
async function buildOnce({ names, options, form, session }: Order, sources: Set<string>): Promise<void> {
  const built: Built[] = []
  let failed = false
  for (const file of await expandFiles(names)) {
    if (file !== '-') sources.add(file)
    const read = (name: string): string | undefined => {
      sources.add(name)
      return nodeHost.read(name)
    }
    const { diagnostics, graphs } = compileFile(readSource(file), session, { ...nodeHost, read })
    showDiagnostics(diagnostics, session.terminal)
    failed ||= diagnostics.some(({ severity }) => severity === 'error')
    const source = file === '-' ? undefined : path.basename(file)
    const { files, unsupported } = await emitFiles(graphs, { source, target: options.target, version, form, readRuntimeFile })
    for (const { node, reason } of unsupported) session.terminal.complain(`${file}: ${node.path} cannot be emitted: ${reason}`)
    failed ||= unsupported.length > 0
    const placed = files.map((one) => ({ ...one, from: file === '-' ? 'standard input' : file, path: path.join(options.out, one.path) }))
    built.push(...placed.filter((one) => one.models.length > 0 || !built.some((other) => other.path === one.path)))
  }
  // what all import stands behind what somebody asked for
  built.sort((a, b) => Number(a.models.length === 0) - Number(b.models.length === 0))
  if (failed) throw new Exit(exitCodes.modelErrors)
  if (built.length === 0) throw new UsageError(`there is no model in ${names.join(', ')} to build`)
  refuseCollisions(built)
  if (options.check) compareWithDisk(built, session)
  else await write(built, options, session)
}

/** @throws UsageError where several files would be one, also where capitals do not count */
function refuseCollisions(built: readonly Built[]): void {
  const byPlace = new Map<string, Built[]>()
  for (const one of built) {
    const place = one.path.normalize().toLowerCase()
    byPlace.set(place, [...(byPlace.get(place) ?? []), one])
  }
  const said = [...byPlace.values()].filter((together) => together.length > 1).map(collision)
  if (said.length > 0) throw new UsageError(said.join('\n'))
}

function collision(together: readonly Built[]): string {
  const models = together.filter((one) => one.models.length > 0).map((one) => `${one.models.join(' and ')} of ${one.from}`)
  const paths = [...new Set(together.map((one) => one.path))]
  const places = paths.length > 1 ? `${paths.join(' and ')}, which are one file where capitals do not count` : paths.join()
  if (models.length === together.length) return `${models.join(' and ')} would be written to ${places}`
  return `${models.join(' and ')} would be written to ${places}${paths.length > 1 ? ', and' : ','} which all modules import: name its file otherwise`
}

function compareWithDisk(built: readonly EmittedFile[], { terminal }: Session): void {
  const stale = built.filter((one) => textOnDisk(one.path) !== one.text)
  for (const one of stale) terminal.complain(`${one.path} is not what ${one.models.join(' and ') || `fmw ${version}`} ${one.models.length > 1 ? 'give' : 'gives'} now: build again`)
  if (stale.length > 0) throw new Exit(exitCodes.modelErrors)
  terminal.note(`${built.length} file${built.length === 1 ? ' is' : 's are'} up to date`)
}

async function write(all: readonly EmittedFile[], { out, json, watch }: BuildOptions, { terminal }: Session): Promise<void> {
  const built = watch ? all.filter((one) => textOnDisk(one.path) !== one.text) : all
  const others = built.map((one) => one.path).filter(isForeign)
  if (others.length > 0) {
    const [were, stay, them] = others.length > 1 ? ['were', 'stay as they are', 'them'] : ['was', 'stays as it is', 'it']
    throw new UsageError(`${others.join(' and ')} ${were} not written by fmw, and ${stay}: choose another --out, or remove ${them}`)
  }
  makeFolder(out)
  await writeAllAtomically(built.map((one) => ({ path: one.path, bytes: Buffer.from(one.text) })))
  const written = built.map(({ path: file, models }) => ({
    path: file,
    ...(models.length === 1 && { model: models[0] }),
    ...(models.length > 1 && { models }),
  }))
  if (json && watch) terminal.jsonLine({ written })
  else if (json) terminal.json({ written })
  else for (const one of built) terminal.result(one.path)
}
