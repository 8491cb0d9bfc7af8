import type { Command } from 'commander'
import { openTerminal } from '../terminal/terminal.ts'

type Shell = 'bash' | 'zsh' | 'fish'

/** Prints the script of a shell for everything that the program knows. */
export const completion = (shell: Shell, program: Command): void =>
  openTerminal({ quiet: false, color: false }).text(scripts[shell](rowsOf(program)))

/** What may stand at a place of the command line. */
interface Row {
  /** The commands before it, without the program: `weights ls`. */
  readonly under: string
  /** The option whose value it is; empty for a word of its own. */
  readonly of: string
  /** `files` stands for any file, `.fmw` for those and folders; `value` for what cannot be known. */
  readonly word: string
  readonly text: string
}

const files = 'files'
const texts = '.fmw'
const value = 'value'

function rowsOf(command: Command, under = ''): readonly Row[] {
  const help = command.createHelp()
  const row = (of: string, word: string, text = ''): Row => ({ under, of, word, text })
  const commands = help.visibleCommands(command)
  return [
    ...commands.map((one) => row('', one.name(), help.subcommandDescription(one))),
    ...help.visibleOptions(command).flatMap((option) => {
      const names = [option.short, option.long].filter((name) => name !== undefined)
      const valueWords = option.argChoices ?? [/file|path|folder|dir|weights/.test(option.flags) ? files : value]
      const takesValue = option.required || option.optional
      const values = takesValue ? valueWords : []
      return names.flatMap((name) => [row('', name, option.description), ...values.map((word) => row(name, word))])
    }),
    ...command.registeredArguments.flatMap(({ argChoices, description }) =>
      argChoices ? argChoices.map((word) => row('', word)) : [row('', description.includes('.fmw') ? texts : files)],
    ),
    ...commands.filter((one) => one.name() !== 'help').flatMap((one) => rowsOf(one, `${under} ${one.name()}`.trim())),
    ...(under === '' ? commands.map((one) => ({ ...row('', one.name()), under: 'help' })) : []),
  ]
}

/** The rows as lines of three columns behind tabs, which the scripts search. */
const table = (rows: readonly Row[]): string => rows.map(({ under, of, word }) => `${under}\t${of}\t${word}`).join('\n')

const bash = (rows: readonly Row[]): string => `# completion of fmw for bash, made by fmw completion bash
_fmw_rows='${table(rows)}'

_fmw() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} under='' i word
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${under:+$under }\${COMP_WORDS[i]}"
    [[ $'\\n'$_fmw_rows == *$'\\n'"$word"$'\\t'* ]] && under=$word
  done
  local found
  found=$(awk -F '\\t' -v under="$under" -v of="$prev" '$1 == under && $2 == of { print $3 }' <<<"$_fmw_rows")
  [[ -n $found && $prev == -* ]] ||
    found=$(awk -F '\\t' -v under="$under" '$1 == under && $2 == "" { print $3 }' <<<"$_fmw_rows")
  COMPREPLY=()
  for word in $found; do
    case $word in
      ${files}) mapfile -t -O "\${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$cur") ;;
      ${texts})
        mapfile -t -O "\${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -X '!*.fmw' -- "$cur")
        mapfile -t -O "\${#COMPREPLY[@]}" COMPREPLY < <(compgen -d -- "$cur")
        ;;
      ${value}) ;;
      -*) [[ $cur == -* && $word == "$cur"* ]] && COMPREPLY+=("$word") ;;
      "$cur"*) COMPREPLY+=("$word") ;;
    esac
  done
}

complete -o filenames -F _fmw fmw
`

const zsh = (rows: readonly Row[]): string => `#compdef fmw
# completion of fmw for zsh, made by fmw completion zsh
_fmw() {
  local table=${quoted(table(rows))} under='' prev=\${words[CURRENT - 1]} word line i
  local -a rows found plain
  rows=("\${(@f)table}")
  for ((i = 2; i < CURRENT; i++)); do
    word="\${under:+$under }\${words[i]}"
    [[ $'\\n'$table == *$'\\n'$word$'\\t'* ]] && under=$word
  done
  [[ $prev == -* ]] && found=("\${(@M)rows:#$under$'\\t'$prev$'\\t'*}")
  (( \${#found} )) || found=("\${(@M)rows:#$under$'\\t\\t'*}")
  for line in $found; do
    word=\${line##*$'\\t'}
    case $word in
      ${files}) _files ;;
      ${texts}) _files -g '*.fmw' ;;
      ${value}) ;;
      -*) [[ $PREFIX == -* ]] && plain+=$word ;;
      *) plain+=$word ;;
    esac
  done
  (( \${#plain} )) && compadd -- $plain
}

if [[ $funcstack[1] == _fmw ]]; then _fmw "$@"; else compdef _fmw fmw; fi
`

const fish = (rows: readonly Row[]): string => {
  const lines = rows.map(({ under, of, word, text }) => {
    const where = `-n '__fmw_under "${under}"'`
    if (of !== '') {
      const option = of.startsWith('--') ? `-l ${of.slice(2)}` : `-s ${of.slice(1)}`
      if (word === value) return `complete -c fmw ${where} ${option} -x`
      return word === files ? `complete -c fmw ${where} ${option} -r -F` : `complete -c fmw ${where} ${option} -x -a ${quoted(word)}`
    }
    const said = text === '' ? '' : ` -d ${quoted(text)}`
    if (word.startsWith('--')) return `complete -c fmw ${where} -l ${word.slice(2)}${said}`
    if (word.startsWith('-')) return `complete -c fmw ${where} -s ${word.slice(1)}${said}`
    if (word === files) return `complete -c fmw ${where} -F`
    return word === texts
      ? `complete -c fmw ${where} -a '(__fmw_texts)'`
      : `complete -c fmw ${where} -a ${quoted(word)}${said}`
  })
  const paths = [...new Set(rows.map(({ under }) => under))].filter((under) => under !== '')
  return `# completion of fmw for fish, made by fmw completion fish
function __fmw_under
    set -l under
    for word in (commandline -opc)[2..]
        contains -- (string trim "$under $word") ${paths.map(quoted).join(' ')}; and set under (string trim "$under $word")
    end
    test "$under" = "$argv[1]"
end

function __fmw_texts
    string match -r '^[^\\t]*(?:\\.fmw|/)(?=\\t|$)' -- (__fish_complete_path (commandline -ct))
end

complete -c fmw -f
${lines.join('\n')}
`
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

const scripts: Readonly<Record<Shell, (rows: readonly Row[]) => string>> = { bash, zsh, fish }
