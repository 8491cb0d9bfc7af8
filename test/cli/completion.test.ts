import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { root } from './fmw.ts'
import { mainOf } from './main-of.ts'

const s = suite('command line: completion in shells')

const folder = mkdtempSync(path.join(os.tmpdir(), 'fmw-completion-'))
for (const file of ['net.fmw', 'other.fmw', 'digit.png']) writeFileSync(path.join(folder, file), '')
mkdirSync(path.join(folder, 'models'))
s.after(() => rmSync(folder, { recursive: true, force: true }))

/** What a line up to the cursor can go on with, in a shell that has read the script. */
type Complete = (line: string) => readonly string[]

async function scriptOf(shell: string): Promise<string> {
  const { stdout, code } = await mainOf(['completion', shell], root)
  assert.is(code, 0)
  const file = path.join(folder, `_fmw.${shell}`)
  writeFileSync(file, stdout)
  return file
}

const linesOf = (text: string): readonly string[] => [...new Set(text.split('\n').filter((line) => line !== ''))].sort()

const shells: Readonly<Record<string, (script: string) => Complete>> = {
  bash: (script) => (line) => {
    const program = `source "$1"; read -ra COMP_WORDS <<<"$2"; [[ $2 == *' ' ]] && COMP_WORDS+=(''); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _fmw; printf '%s\\n' "\${COMPREPLY[@]}"`
    return linesOf(execFileSync('bash', ['-c', program, '_', script, line], { cwd: folder, encoding: 'utf8' }))
  },
  // a real line editor in a terminal of its own, which lists what it would insert
  zsh: (script) => (line) => {
    const program = `zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z 'PROMPT=; stty -echo; autoload -Uz compinit; compinit -u -D; source '$1
zpty -w z 'compadd() { builtin compadd -O got "$@"; print -l -- BEGIN $got END >> '$3'; builtin compadd "$@" }; print ready'
zpty -r z out '*ready*ready*' || :
zpty -n -w z $2$'\\t'
sleep 2
zpty -d z`
    const got = path.join(folder, 'zsh.out')
    writeFileSync(got, '')
    spawnSync('zsh', ['-f', '-c', program, '_', script, line, got], { cwd: folder, encoding: 'utf8', timeout: 30_000 })
    return linesOf(execFileSync('cat', [got], { encoding: 'utf8' })).filter((word) => !/^(?:BEGIN|END)$/.test(word))
  },
  fish: (script) => (line) => {
    const output = execFileSync('fish', ['--no-config', '-c', 'source $argv[1]; complete -C $argv[2]', script, line], { cwd: folder, encoding: 'utf8' })
    return linesOf(output.replaceAll(/\t.*/g, ''))
  },
}

const isHere = (shell: string): boolean => spawnSync(shell, ['--version']).status === 0

for (const [shell, completeWith] of Object.entries(shells)) {
  const test = isHere(shell) ? s : s.skip
  test(`${shell} completes commands, options, their values and files${isHere(shell) ? '' : ` (${shell} is not here)`}`, async () => {
    const complete = completeWith(await scriptOf(shell))
    const holds = (line: string, ...words: readonly string[]): void => {
      const found = complete(line)
      for (const word of words) assert.ok(found.some((one) => one.replace(/\/$/, '') === word), `${line}: ${word} of ${found.join(' ')}`)
    }
    holds('fmw ', 'check', 'summary', 'completion', 'weights')
    holds('fmw su', 'summary')
    holds('fmw weights ', 'ls', 'diff', 'import')
    holds('fmw check --f', '--format', '--fix')
    holds('fmw check --format ', 'pretty', 'json', 'sarif', 'github', 'line')
    holds('fmw completion ', 'bash', 'zsh', 'fish')
    holds('fmw summary ', 'net.fmw', 'other.fmw', 'models')
    assert.not.ok(complete('fmw summary ').includes('digit.png'))
    holds('fmw help ', 'check', 'weights')
    assert.equal(complete('fmw check --extent nothing --form').filter((word) => word === 'check'), [])
  })
}

s('another shell is refused', async () => {
  const { code, stderr } = await mainOf(['completion', 'tcsh'], root)
  assert.is(code, 2)
  assert.match(stderr, 'bash, zsh, fish')
})

s.run()
