import type { Entry } from '../catalog/entry.ts'
import { entryOf, type Code } from '../catalog/index.ts'
import { pageOf } from '../catalog/page.ts'
import type { Diagnostic, Fix, Label } from '../diagnostics/diagnostics.ts'
import { isStanding, positionOf, type Frame, type Span } from '../text/source.ts'

/** What a log says besides the diagnostics. */
interface SarifContext {
  /** The version of fmw. */
  readonly version: string
  /** The folder that names of files are relative to, as a `file:` URL that ends in a slash. */
  readonly root: string
  /** The `file:` URL of a file. */
  readonly urlOf: (path: string) => string
}

/**
 * Diagnostics as a log of SARIF 2.1.0 (docs.oasis-open.org/sarif/sarif/v2.1.0). Labels and definitions of blocks are related
 * locations, the chain of calls is a stack, fixes are replacements. Rules are the codes that occur, each with its whole page:
 * there is no `helpUri`, which has to be absolute, since the pages have no address of their own. Files below the root are
 * relative to `%SRCROOT%`, so that the same diagnostics give the same log on every machine.
 */
export function reportSarif(diagnostics: readonly Diagnostic[], context: SarifContext) {
  const codes = [...new Set(diagnostics.map(({ code }) => code))].sort()
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'fmw', version: context.version, semanticVersion: context.version, rules: codes.map(ruleOf) } },
        originalUriBaseIds: { [rootId]: { description: { text: 'The folder in which the files were checked.' } } },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((diagnostic) => resultOf(diagnostic, codes, context)),
      },
    ],
  }
}

const rootId = '%SRCROOT%'

function ruleOf(code: Code) {
  const entry: Entry = entryOf(code)
  return {
    id: code,
    shortDescription: { text: firstSentence(entry.help) },
    fullDescription: { text: entry.help.trim() },
    help: { text: `${entry.help.trim()}\n\nfmw explain ${code}`, markdown: pageOf(entry) },
    defaultConfiguration: { level: entry.severity },
  }
}

/** What comes before an example is a sentence too. */
const firstSentence = (help: string): string =>
  (/^.+?[.:](?=\s|$)/s.exec(help.trim())?.[0] ?? help).replace(/\s+/g, ' ').replace(/:$/, '.')

function resultOf(diagnostic: Diagnostic, codes: readonly Code[], context: SarifContext) {
  const { code, severity, message, notes, span, chain, fixes } = diagnostic
  const related = relatedTo(diagnostic)
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: severity,
    message: { text: [message, ...notes].join('\n') },
    locations: [{ physicalLocation: physicalLocation(span, context) }],
    ...(related.length > 0 && {
      relatedLocations: related.map(({ span: place, text }, id) => ({ id, ...located(place, text, context) })),
    }),
    ...(callsIn(chain).length > 0 && { stacks: [stackOf(span, chain, context)] }),
    ...(fixes.length > 0 && { fixes: fixes.map((fix) => fixOf(fix, context)) }),
  }
}

/** The labels, and each block of the chain where it is defined, once. */
function relatedTo({ labels, chain }: Diagnostic): readonly Label[] {
  const definitions = new Map(
    chain.map(({ name, definition }) => [definition, { span: definition, text: `${name} is defined here` }]),
  )
  return [...labels, ...definitions.values()]
}

const callsIn = (chain: readonly Frame[]): readonly Span[] => chain.filter((frame) => !isStanding(frame)).map(({ call }) => call)

/** The place of the mistake in the innermost block, then each call in the block it stands in, as a debugger shows them. */
function stackOf(span: Span, chain: readonly Frame[], context: SarifContext) {
  const places = [span, ...callsIn(chain)]
  return {
    message: { text: 'The calls in which this happens, the innermost first.' },
    frames: places.map((place, i) => {
      const block = chain[i]
      const inside = block ? { logicalLocations: [{ name: block.name, kind: 'function' }] } : {}
      return { location: { ...inside, ...located(place, i === 0 ? 'here' : `calls ${chain[i - 1]!.name}`, context) } }
    }),
  }
}

function fixOf({ title, edits }: Fix, context: SarifContext) {
  const sources = [...new Set(edits.map(({ span }) => span.source))]
  return {
    description: { text: title },
    artifactChanges: sources.map((source) => ({
      artifactLocation: artifactLocation(source.path, context),
      replacements: edits
        .filter(({ span }) => span.source === source)
        .map(({ span, text }) => ({ deletedRegion: regionOf(span), insertedContent: { text } })),
    })),
  }
}

const located = (span: Span, text: string, context: SarifContext) => ({
  physicalLocation: physicalLocation(span, context),
  message: { text },
})

const physicalLocation = (span: Span, context: SarifContext) => ({
  artifactLocation: artifactLocation(span.source.path, context),
  region: regionOf(span),
})

function artifactLocation(path: string, { root, urlOf }: SarifContext) {
  const url = urlOf(path)
  return url.startsWith(root) ? { uri: url.slice(root.length), uriBaseId: rootId } : { uri: url }
}

/** From 1; the end column is the one behind the last character, as in SARIF. */
function regionOf({ source, start, end }: Span) {
  const from = positionOf(source, start)
  const to = positionOf(source, end)
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column }
}
