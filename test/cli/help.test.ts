import { readFileSync } from 'node:fs'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fmw, root } from './fmw.ts'
import { mainOf } from './main-of.ts'

const s = suite('command line: help and usage')

const words = (text: string): string => text.replace(/\s+/g, ' ')

const commands = {
  check: ['--format', '--max-warnings', '--fix', '--watch', 'pretty, json'],
  summary: ['--depth', '--extent', '--json'],
  init: ['-o, --output', '--seed'],
  run: [
    '--input',
    '--output',
    '--weights',
    '--backend',
    'auto, node, wasm, cpu',
    '--top',
    '--seed',
    '--json',
    '.npy',
    '.png',
    '.jpg',
    '.json',
    'random',
    'ones',
  ],
  train: [
    'Data:',
    '--data',
    '--labels',
    '--validation',
    '--augment',
    '--normalize',
    '--resize',
    'Learning:',
    '--epochs',
    '--batch',
    '--optimizer',
    'sgd, momentum, adam, adamw, rmsprop',
    '--learning-rate',
    '--momentum',
    '--weight-decay',
    '--loss',
    'categorical_crossentropy, binary_crossentropy, nll, binary_nll, contrastive, mse, mae',
    '--target',
    '--schedule',
    'step=EPOCHS,FACTOR',
    '--warmup',
    '--clip',
    '--patience',
    '--anneal-epochs',
    '--seed',
    'Weights:',
    '--weights',
    '--freeze',
    '-o, --output',
    'Run:',
    '--checkpoint',
    '--resume',
    '--curve',
    '--backend',
    '--json',
    'Ctrl-C saves after the current step and ends with exit code 130',
  ],
  build: ['--out', '--target', 'ts, js, types, ir', '--import <specifier>', '--import-extension', 'ts, js, none', '--check', '--watch', '--no-format', '--json'],
} as const

s('fmw --help names every command, shows examples and the exit codes', async () => {
  const { code, stdout, stderr } = await fmw(['--help'])
  assert.is(code, 0)
  assert.is(stderr, '')
  for (const command of [...Object.keys(commands), 'explain', 'doctor']) assert.match(stdout, new RegExp(`^  ${command}\\b`, 'm'))
  assert.match(stdout, '$ fmw run lenet5.fmw --input image=')
  assert.match(words(stdout), 'Exit codes: 0 fine, 1 the model has errors, 2 wrong usage or an unreadable file, 3 a bug in fmw.')
})

for (const [command, options] of Object.entries(commands)) {
  s(`fmw ${command} --help describes its own options and those of every command`, async () => {
    const { code, stdout, stderr } = await mainOf([command, '--help'], root)
    assert.is(code, 0)
    assert.is(stderr, '')
    for (const option of ['--set', '--model', '--config', '--quiet', '--no-color', ...options])
      assert.match(words(stdout), option)
    assert.not.match(stdout, /default: (false|\{\})/)
  })
}

s('fmw explain and fmw doctor describe their options', async () => {
  const explain = await mainOf(['explain', '--help'], root)
  for (const option of ['[name]', '--json', '--quiet', '--no-color']) assert.ok(explain.stdout.includes(option), option)
  const doctor = await mainOf(['doctor', '--help'], root)
  for (const option of ['--install-native', '--json', '--quiet', '--no-color']) assert.ok(doctor.stdout.includes(option), option)
})

s('fmw help run is fmw run --help', async () => {
  assert.equal(await mainOf(['help', 'run'], root), await mainOf(['run', '--help'], root))
})

s('fmw lint is fmw check', async () => {
  assert.equal(await mainOf(['lint', 'examples/lenet5.fmw'], root), await mainOf(['check', 'examples/lenet5.fmw'], root))
})

s('fmw --version is the version of the package', async () => {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { readonly version: string }
  assert.equal(await mainOf(['--version'], root), { code: 0, stdout: `${version}\n`, stderr: '' })
})

const wrongUsage: Readonly<Record<string, readonly [args: readonly string[], said: RegExp]>> = {
  'no command': [[], /Usage: fmw/],
  'an unknown command': [['chekc', 'a.fmw'], /unknown command 'chekc'[^]*Did you mean check\?/],
  'an unknown option': [['check', 'a.fmw', '--formt', 'json'], /unknown option '--formt'[^]*Did you mean --format\?/],
  'no file': [['check'], /missing required argument 'files'/],
  'a second file where one is taken': [['summary', 'a.fmw', 'b.fmw'], /too many arguments/],
  'an unknown format': [
    ['check', 'a.fmw', '--format', 'xml'],
    /'xml' is invalid\. Allowed choices are pretty, json, sarif, github, line\./,
  ],
  'an unknown backend': [['run', 'a.fmw', '--backend', 'gpu'], /Allowed choices are auto, node, wasm, cpu\./],
  'an unknown target': [['build', 'a.fmw', '--out', 'o', '--target', 'onnx'], /Allowed choices are ts, js, types, ir\./],
  'no folder to build into': [['build', 'a.fmw'], /required option '--out <folder>' not specified/],
  'no file to write weights to': [['init', 'a.fmw'], /required option '-o, --output <file>' not specified/],
  'a number of warnings that is none': [['check', 'a.fmw', '--max-warnings', 'many'], /It is a whole number, at least 0, in digits\./],
  'an option of one value that is given twice': [['run', 'a.fmw', '--seed', '1', '--seed', '2'], /--seed is given twice: 1 and 2/],
  'a negative seed': [['init', 'a.fmw', '-o', 'w', '--seed', '-1'], /It is a whole number, at least 0|argument missing/],
  'a fraction as a seed': [['init', 'a.fmw', '-o', 'w', '--seed', '1.5'], /It is a whole number, at least 0, in digits\./],
  'a seed beyond exact integers': [['init', 'a.fmw', '-o', 'w', '--seed', '9007199254740993'], /It is a whole number, at least 0, in digits\./],
  'the top 0': [['run', 'a.fmw', '--top', '0'], /It is at least 1\./],
  'a depth of 0': [['summary', 'a.fmw', '--depth', '0'], /It is at least 1\./],
  'a list without brackets': [['check', 'a.fmw', '--set', 'widths=6,12'], /A list has brackets: --set 'widths=\[6,12\]'\./],
  'a parameter without a value': [['check', 'a.fmw', '--set', 'classes'], /It has the form name=value\./],
  'a parameter given twice': [['check', 'a.fmw', '--set', 'classes=1', '--set', 'classes=2'], /classes is given twice\./],
  'an input without a file': [['run', 'a.fmw', '--input', 'image'], /It has the form name=value\./],
  'an unknown code to explain': [['explain', 'shape/chanel-mismatch'], /did you mean shape\/channel-mismatch\?/],
}

for (const [what, [args, said]] of Object.entries(wrongUsage)) {
  s(`wrong usage is exit code 2 and one explanation on stderr: ${what}`, async () => {
    const { code, stdout, stderr } = await mainOf(args, root)
    assert.is(code, 2)
    assert.is(stdout, '')
    assert.match(stderr, said)
    assert.not.match(stderr, /^\s+at /m)
  })
}

s('the exit codes of main are those of the process', async () => {
  const [fine, wrong, usage] = await Promise.all([
    fmw(['check', 'examples/unet.fmw']),
    fmw(['check', '-'], { stdin: 'model' }),
    fmw(['check', 'no-such-file.fmw']),
  ])
  assert.equal([fine.code, wrong.code, usage.code], [0, 1, 2])
})

s.run()
