import { spawn } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { PNG } from 'pngjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { writeNpy } from '../../src/runtime/files/npy.ts'
import { randomStream } from '../../src/codegen/tfjs/runtime/random.ts'
import { writeSafetensors } from '../../src/codegen/tfjs/runtime/safetensors.ts'
import { readSafetensors } from '../../src/runtime/weights/safetensors.ts'
import { readSafetensorsMetadata } from '../../src/runtime/weights/safetensors-header.ts'
import type { TensorData } from '../../src/codegen/tfjs/runtime/tensor-data.ts'
import type { EpochReport, StepReport } from '../../src/runtime/training/reports.ts'
import { build, root, type Ran } from './fmw.ts'
import { contentOf, withFiles, type Files } from './folder.ts'
import { mainOf } from './main-of.ts'

const s = suite('command line: train')

/** Dropout draws random numbers in every step: what is resumed must draw the same. */
const net = `model Net(width: int = 6) {
  input x: [4]
  h = x |> dense(width, activation: relu) |> dropout(0.2)
  output logits = h |> dense(2)
}
`

const nets = `model First {
  input x: [4]
  output y = x |> dense(3)
}

model Second {
  input x: [4]
  output y = x |> dense(3, activation: tanh)
}
`

const joint = `import { First, Second } from "./nets.fmw"

model Joint {
  input x: [4]
  left = First(x)
  right = Second(x)
  output logits = dense(left + right, 2)
}
`

/** Forty points around (1, 1, 1, 1) and (-1, -1, -1, -1), and which of the two it is; three values that depend on them. */
function samples(): Files {
  const { normal } = randomStream(1, 'samples')
  const labels = Float32Array.from({ length: 40 }, (_, i) => i % 2)
  const x = Float32Array.from({ length: 160 }, (_, i) => (labels[Math.floor(i / 4)] === 0 ? 1 : -1) + normal() / 2)
  const values = Float32Array.from({ length: 120 }, (_, i) => x[4 * Math.floor(i / 3) + (i % 3)]! / 2)
  return {
    'x.npy': writeNpy({ shape: [40, 4], values: x }),
    'labels.npy': writeNpy({ shape: [40], values: labels }),
    'values.npy': writeNpy({ shape: [40, 3], values }),
  }
}

const files: Files = { 'net.fmw': net, 'nets.fmw': nets, 'joint.fmw': joint, ...samples() }

const data = ['--data', 'x.npy', '--labels', 'labels.npy', '--backend', 'cpu']

const train = (folder: string, ...args: readonly string[]): Promise<Ran> => mainOf(['train', 'net.fmw', ...args], folder)

async function tensorsOf(...file: readonly string[]): Promise<Readonly<Record<string, readonly number[]>>> {
  const read: ReadonlyMap<string, TensorData> = readSafetensors(await readFile(path.join(...file)), path.join(...file))
  return Object.fromEntries([...read].map(([name, { values }]) => [name, [...values]]))
}

const linesOf = ({ stdout }: Ran): readonly string[] => stdout.trimEnd().split('\n')

interface Start {
  readonly kind: 'start'
  readonly options: Readonly<Record<string, unknown>>
  readonly [fact: string]: unknown
}

interface End {
  readonly kind: 'end'
  readonly why: string
  readonly epoch: number
  readonly best: EpochReport
  readonly written: Readonly<Record<string, string>>
}

const jsonLines = (ran: Ran): readonly (Start | StepReport | EpochReport | End)[] =>
  linesOf(ran).map((line) => JSON.parse(line) as Start | StepReport | EpochReport | End)

s('a line for each epoch on stdout, then what was reached and where it is; what is learned is good', () =>
  withFiles(files, async (folder) => {
    const ran = await train(folder, ...data, '--epochs', '8', '--learning-rate', '0.05', '-o', 'w.safetensors')
    assert.is(ran.code, 0, ran.stderr)
    const lines = linesOf(ran)
    assert.is(
      lines.filter((line) =>
        /^epoch [1-8]\/8 {2}loss \d\.\d{4} {2}accuracy \d+\.\d\d % {2}validation loss \d\.\d{4} {2}accuracy \d+\.\d\d % {2}\d\.\d s( {2}best)?$/.test(
          line,
        ),
      ).length,
      8,
    )
    assert.match(
      lines.slice(8).join('\n'),
      /^finished 8 epochs\nbest is epoch \d: validation loss 0\.[01]\d+ {2}accuracy 100\.00 %\nweights {5}w\.safetensors\ncurve {7}Net\.training\/curve\.png\ncheckpoint {2}Net\.training\/checkpoint\.safetensors \(--resume --epochs 16 goes on\)$/,
    )
    assert.match(ran.stderr, 'weights: freshly initialised, seed 0: all\n')
    assert.match(
      ran.stderr,
      'Net: 44 of 44 parameters learn, from 32 samples, 8 for validation; categorical_crossentropy, backend cpu\n',
    )
    assert.not.match(ran.stderr, '\r')
    assert.equal(await tensorsOf(folder, 'w.safetensors'), await tensorsOf(folder, 'Net.training/best.safetensors'))
    const curve = PNG.sync.read(await readFile(path.join(folder, 'Net.training/curve.png')))
    assert.equal([curve.width, curve.height], [1000, 400])
  }))

s('the loss that is taken is told with its reason, and not where it was given', () =>
  withFiles(
    {
      ...files,
      'rows.npy': writeNpy({
        shape: [40, 2],
        values: Float32Array.from({ length: 80 }, (_, i) => Number(i % 4 === 0 || i % 4 === 3)),
      }),
    },
    async (folder) => {
      const rows = ['--data', 'x.npy', '--labels', 'rows.npy', '--epochs', '1', '--backend', 'cpu'] as const
      const told = /^loss: categorical_crossentropy of logits, as the targets are rows of zeros with a one and it ends in no probabilities \(--loss takes another\)$/m
      assert.match((await train(folder, ...rows, '--checkpoint', 'a')).stderr, told)
      assert.not.match((await train(folder, ...rows, '--checkpoint', 'b', '--loss', 'mse')).stderr, /^loss:/m)
    },
  ),
)

s('the weights can be run', () =>
  withFiles(files, async (folder) => {
    await train(folder, ...data, '--epochs', '8', '--learning-rate', '0.05', '-o', 'w.safetensors', '--quiet')
    const { code, stdout } = await mainOf(
      ['run', 'net.fmw', '--weights', 'w.safetensors', '--input', 'x=ones', '--top', '1', '--backend', 'cpu'],
      folder,
    )
    assert.is(code, 0)
    assert.match(stdout, /^logits \[1, 2\]: logits, whose softmax gives the probabilities \(w\.safetensors says so\)\n {2}0 {2}\d\d\.\d\d % /)
    const checkpoint = await mainOf(
      ['run', 'net.fmw', '--weights', 'Net.training/checkpoint.safetensors', '--input', 'x=ones'],
      folder,
    )
    assert.is(checkpoint.code, 1)
    assert.match(
      checkpoint.stderr,
      /^error\[weights\/checkpoint\]: .*: the best it has reached is Net\.training\/best\.safetensors\n/m,
    )
  }))

s('--json: a start with all effective options, every report, and an end with what was written', () =>
  withFiles(files, async (folder) => {
    const ran = await train(
      folder,
      ...data,
      '--epochs',
      '2',
      '--batch',
      '16',
      '--schedule',
      'cosine',
      '--json',
      '--curve',
      'c.png',
    )
    assert.is(ran.code, 0, ran.stderr)
    const all = jsonLines(ran)
    assert.equal(all.map(({ kind }) => kind), ['start', 'step', 'step', 'epoch', 'step', 'step', 'epoch', 'end'])
    const { options, ...start } = all[0] as Start
    assert.equal(start, {
      kind: 'start',
      model: 'Net',
      backend: 'cpu',
      samples: 32,
      validationSamples: 8,
      classes: null,
      parameters: { trainable: 44, nonTrainable: 0, total: 44 },
    })
    assert.equal(options, {
      data: 'x.npy',
      labels: 'labels.npy',
      validation: 0.2,
      resize: false,
      epochs: 2,
      batch: 16,
      optimizer: 'adam',
      learningRate: 0.001,
      loss: 'categorical_crossentropy',
      target: 'logits',
      targets: [{ output: 'logits', loss: 'categorical_crossentropy', weight: 1 }],
      schedule: 'cosine',
      warmup: 0,
      annealEpochs: 10,
      seed: 0,
      freeze: [],
      unfreeze: [],
      rate: [],
      set: {},
      weights: [],
      checkpoint: 'Net.training',
      curve: 'c.png',
    })
    const { best, written, ...end } = all.at(-1) as End
    assert.equal(end, { kind: 'end', why: 'finished', epoch: 2, step: 4 })
    assert.equal(best, all.findLast((report): report is EpochReport => report.kind === 'epoch' && report.best))
    assert.equal(written, {
      checkpoint: 'Net.training/checkpoint.safetensors',
      weights: 'Net.training/best.safetensors',
      curve: 'c.png',
    })
    for (const file of Object.values(written)) assert.ok((await readFile(path.join(folder, file))).length > 0, file)
  }))

s('--quiet says what was reached and nothing else', () =>
  withFiles(files, async (folder) => {
    const { stdout, stderr } = await train(folder, ...data, '--epochs', '1', '--quiet')
    assert.is(stderr, '')
    assert.match(stdout, /^finished 1 epoch\n/)
    assert.not.match(stdout, 'epoch 1/1')
  }))

s('the same options give the same weights; another seed gives others', () =>
  withFiles(files, async (folder) => {
    const trained = async (name: string, ...args: readonly string[]) => {
      assert.is((await train(folder, ...data, '--epochs', '2', '--checkpoint', name, ...args)).code, 0)
      return tensorsOf(folder, name, 'checkpoint.safetensors')
    }
    assert.equal(await trained('a'), await trained('b'))
    assert.not.equal(await trained('c', '--seed', '1'), await trained('d'))
  }))

s('a resumed run needs no options, and comes to the weights and the memory of an uninterrupted one, bit by bit', () =>
  withFiles(files, async (folder) => {
    const options = [
      ...data,
      '--optimizer',
      'momentum',
      '--momentum',
      '0.8',
      '--nesterov',
      '--batch',
      '8',
      '--freeze',
      'h/dense/bias',
      '--clip',
      '1',
      '--seed',
      '3',
    ]
    await train(folder, ...options, '--epochs', '4', '--checkpoint', 'whole')
    await train(folder, ...options.with(1, './x.npy'), '--epochs', '2', '--checkpoint', 'parts')
    const resumed = await train(folder, '--resume', '--epochs', '4', '--checkpoint', 'parts', '--backend', 'cpu', '--json')
    assert.is(resumed.code, 0, resumed.stderr)
    assert.equal(jsonLines(resumed).flatMap((report) => (report.kind === 'epoch' ? [report.epoch] : [])), [3, 4])
    for (const file of ['checkpoint.safetensors', 'best.safetensors'])
      assert.equal(await tensorsOf(folder, 'parts', file), await tensorsOf(folder, 'whole', file))
  }))

s('what -o and --curve name is written by the resumed run too, and the parameters of the model are as they were', () =>
  withFiles(files, async (folder) => {
    const begun = ['--set', 'width=9', '-o', 'w.safetensors', '--curve', 'c.png', '--learning-rate', '0.05', '--checkpoint', 'run']
    assert.is((await train(folder, ...data, ...begun, '--epochs', '1')).code, 0)
    const before = await tensorsOf(folder, 'w.safetensors')
    await rm(path.join(folder, 'c.png'))
    const { code, stderr } = await train(folder, '--resume', '--checkpoint', 'run', '--epochs', '8')
    assert.is(code, 0, stderr)
    const after = await tensorsOf(folder, 'w.safetensors')
    assert.equal(after, await tensorsOf(folder, 'run', 'best.safetensors'))
    assert.not.equal(after, before)
    assert.is(after['logits/dense/kernel']!.length, 18)
    assert.is(PNG.sync.read(await readFile(path.join(folder, 'c.png'))).height, 400)
    const other = await train(folder, '--resume', '--checkpoint', 'run', '--set', 'width=6')
    assert.is(other.code, 1)
    assert.match(other.stderr, 'weights/shape')
  }))

s('a folder that holds a training of another model is not gone on with', () =>
  withFiles({ ...files, 'other.fmw': net.replace('Net', 'Other') }, async (folder) => {
    await train(folder, ...data, '--epochs', '1', '--checkpoint', 'run')
    const { code, stderr } = await mainOf(['train', 'other.fmw', '--resume', '--checkpoint', 'run'], folder)
    assert.is(code, 2)
    assert.match(stderr, 'run holds a training of Net, and this is Other')
  }))

for (const [args, said] of [
  [['-o', 'x.npy'], 'x.npy would be written over: it is what the training reads'],
  [['-o', './net.fmw'], './net.fmw would be written over'],
  [['--curve', 'labels.npy'], 'labels.npy would be written over'],
  [['-o', 'Net.training/checkpoint.safetensors'], 'it is kept by the training itself in Net.training'],
] as const) {
  s(`what a training reads or keeps is not written over: ${args.join(' ')}`, () =>
    withFiles({ ...files, 'w.safetensors': '' }, async (folder) => {
      const before = await readFile(path.join(folder, 'x.npy'))
      const { code, stderr } = await train(folder, ...data, '--epochs', '1', ...args)
      assert.is(code, 2)
      assert.match(stderr, said)
      assert.equal(await readFile(path.join(folder, 'x.npy')), before)
    }))
}

s('weights that are not finite are named before the first step', () =>
  withFiles({ ...files, 'w.safetensors': writeSafetensors(new Map([['logits/dense/bias', { shape: [2], values: Float32Array.of(0, NaN) }]]), {}) }, async (folder) => {
    const { code, stderr } = await train(folder, ...data, '--epochs', '1', '--weights', 'w.safetensors')
    assert.is(code, 1)
    assert.match(stderr, 'error[weights/value]: w.safetensors: 1 of 2 numbers of logits/dense/bias are not finite')
    assert.is((await train(folder, ...data, '--epochs', '1', '--weights', 'w.safetensors', '--skip', 'logits/**')).code, 0)
  }))

s('weights that are frozen to the end are not counted among those that learn', () =>
  withFiles(files, async (folder) => {
    const { stderr } = await train(folder, ...data, '--epochs', '1', '--unfreeze', 'h/**@5')
    assert.match(stderr, 'Net: 14 of 44 parameters learn')
  }))

interface Interrupted extends Ran {
  readonly signal: NodeJS.Signals | null
}

/** Trains in a process of its own, which gets a signal after its second epoch. */
async function interrupted(folder: string, signal: NodeJS.Signals, args: readonly string[]): Promise<Interrupted> {
  await build()
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(root, 'bin/fmw.js'), 'train', 'net.fmw', ...args], {
      cwd: folder,
      env: { ...process.env, CI: 'true' },
    })
    let stdout = ''
    let stderr = ''
    let sent = false
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      if (sent || !/"epoch":2\b/.test(stdout)) return
      sent = true
      child.kill(signal)
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.on('error', reject)
    child.on('close', (code, by) => resolve({ code, stdout, stderr, signal: by }))
  })
}

for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143]] as const) {
  s(`${signal} saves and stops within an epoch, with exit code ${code}, and what is resumed is as if it had not happened`, () =>
    withFiles(files, async (folder) => {
      const options = [...data, '--batch', '1', '--checkpoint', 'stopped', '--json']
      const ran = await interrupted(folder, signal, [...options, '--epochs', '100000'])
      assert.equal([ran.code, ran.signal], [code, null], ran.stderr)
      assert.match(ran.stderr, 'fmw: saving and stopping after this step')
      const end = jsonLines(ran).at(-1) as End
      assert.is(end.why, 'stopped')
      const epochs = String(end.epoch + 1)
      const resumed = await train(folder, '--resume', '--checkpoint', 'stopped', '--epochs', epochs, '--backend', 'cpu')
      assert.is(resumed.code, 0, resumed.stderr)
      await train(folder, ...data, '--batch', '1', '--checkpoint', 'whole', '--epochs', epochs)
      assert.equal(
        await tensorsOf(folder, 'stopped/checkpoint.safetensors'),
        await tensorsOf(folder, 'whole/checkpoint.safetensors'),
      )
    }))
}

s('a run that was stopped is resumed to the epochs it was begun with', () =>
  withFiles(files, async (folder) => {
    const ran = await interrupted(folder, 'SIGINT', [
      ...data,
      '--batch',
      '1',
      '--checkpoint',
      'stopped',
      '--json',
      '--epochs',
      '40',
      '--schedule',
      'cosine',
    ])
    assert.is(ran.code, 130, ran.stderr)
    const resumed = await train(folder, '--resume', '--checkpoint', 'stopped', '--backend', 'cpu')
    assert.match(resumed.stdout, /^finished 40 epochs$/m)
    await train(folder, ...data, '--batch', '1', '--checkpoint', 'whole', '--epochs', '40', '--schedule', 'cosine')
    assert.equal(
      await tensorsOf(folder, 'stopped/checkpoint.safetensors'),
      await tensorsOf(folder, 'whole/checkpoint.safetensors'),
    )
  }))

s('a run is not resumed with another model of the same weights: what was edited is named', () =>
  withFiles(files, async (folder) => {
    await train(folder, ...data, '--epochs', '1')
    const edited = net.replace('dropout(0.2)', 'dropout(0.3)').replace('activation: relu', 'activation: tanh')
    await writeFile(path.join(folder, 'net.fmw'), edited)
    const { code, stderr } = await train(folder, '--resume', '--epochs', '2', '--backend', 'cpu')
    assert.is(code, 2)
    assert.match(
      stderr,
      'the op h/dropout was dropout(h/dense/activation, rate: 0.2) [6] and is dropout(h/dense/activation, rate: 0.3) [6]',
    )
    assert.match(stderr, 'the op h/dense/activation was relu(h/dense/add) [6] and is tanh(h/dense/add) [6]')
    await writeFile(path.join(folder, 'net.fmw'), `// only a comment\n${net}`)
    assert.is((await train(folder, '--resume', '--epochs', '2', '--backend', 'cpu')).code, 0)
  }))

s('two runs do not write into one folder', () =>
  withFiles({ ...files, 'Net.training/running': `${os.hostname()} ${process.ppid}` }, async (folder) => {
    const { code, stdout, stderr } = await train(folder, ...data, '--epochs', '1')
    assert.equal([code, stdout], [2, ''])
    assert.match(
      stderr,
      `fmw: another training writes into Net.training (process ${process.ppid} on ${os.hostname()}): keep this one elsewhere`,
    )
    // no process has this number on Linux
    await writeFile(path.join(folder, 'Net.training/running'), `${os.hostname()} 4194305`)
    assert.is((await train(folder, ...data, '--epochs', '1')).code, 0)
    assert.not.ok(Object.hasOwn(await contentOf(folder), 'Net.training/running'))
  }))

s('a training is not written over without being asked for', () =>
  withFiles(files, async (folder) => {
    await train(folder, ...data, '--epochs', '1')
    const before = await contentOf(folder)
    const { code, stdout, stderr } = await train(folder, ...data, '--epochs', '1')
    assert.equal(
      [code, stdout, stderr],
      [
        2,
        '',
        'fmw: Net.training holds a training already: continue it with --resume, begin anew with --fresh, which forgets it, ' +
          'or keep another one beside it with --checkpoint FOLDER\n',
      ],
    )
    assert.equal(await contentOf(folder), before)
  }))

s('--fresh forgets a training, and is the one that an empty folder would have begun', () =>
  withFiles(files, async (folder) => {
    await train(folder, ...data, '--epochs', '3', '--learning-rate', '0.05', '-o', 'w.safetensors')
    const kept = async (): Promise<readonly string[]> => Object.keys(await contentOf(path.join(folder, 'Net.training')))
    assert.equal(await kept(), ['best.safetensors', 'checkpoint.safetensors', 'curve.png'])
    const fresh = await train(folder, ...data, '--epochs', '2', '--fresh', '-o', 'w.safetensors')
    assert.is(fresh.code, 0, fresh.stderr)
    assert.match(fresh.stderr, 'Net.training: the training that it held is forgotten\n')
    assert.match(fresh.stdout, 'finished 2 epochs')
    await train(folder, ...data, '--epochs', '2', '--checkpoint', 'empty', '--fresh')
    for (const file of ['checkpoint', 'best']) {
      const [found, wanted] = ['Net.training', 'empty'].map((place) => tensorsOf(folder, place, `${file}.safetensors`))
      assert.equal(await found, await wanted)
    }
    assert.equal(await tensorsOf(folder, 'w.safetensors'), await tensorsOf(folder, 'empty/best.safetensors'))
    const resumed = await train(folder, '--resume', '--epochs', '3', '--backend', 'cpu')
    assert.match(resumed.stdout, 'finished 3 epochs')
  }))

s('--fresh forgets nothing before the new training has done a step, and leaves nothing of the old one after it', () =>
  withFiles(files, async (folder) => {
    await train(folder, ...data, '--epochs', '1')
    const before = await contentOf(folder)
    const wrong = await train(folder, ...data, '--fresh', '--momentum', '0.9')
    assert.is(wrong.code, 2)
    const unreadable = await train(folder, '--data', 'none.csv', '--fresh')
    assert.is(unreadable.code, 2)
    assert.equal(await contentOf(folder), before)
    // the first step moves the weights so far that the second finds numbers beyond all bounds
    const ran = await train(folder, ...data, '--fresh', '--optimizer', 'sgd', '--learning-rate', '1e30', '--batch', '8')
    assert.is(ran.code, 1)
    assert.match(ran.stderr, /step [2-9]/)
    assert.equal(Object.keys(await contentOf(folder)), Object.keys(before).filter((name) => !name.startsWith('Net.training')))
    assert.not.match(ran.stderr, 'is kept in')
  }))

s('weights that have learned from another scale are used, and it is said', () =>
  withFiles(files, async (folder) => {
    await train(folder, ...data, '--epochs', '1', '--normalize', '0.5/2', '-o', 'w.safetensors')
    const from = (...args: readonly string[]) =>
      train(folder, ...data, '--epochs', '1', '--weights', 'w.safetensors', '--fresh', ...args)
    assert.match((await from()).stderr, 'w.safetensors was trained with --normalize 0.5/2, and this training has 0/1\n')
    assert.not.match((await from('--normalize', '0.5/2')).stderr, 'was trained with')
  }))

s('a resumed run with other options is refused, and all that differ are listed; the checkpoint stays as it is', () =>
  withFiles(files, async (folder) => {
    await train(folder, ...data, '--epochs', '1', '--freeze', 'h/**')
    const before = await contentOf(folder)
    const ran = await train(
      folder,
      '--resume',
      '--epochs',
      '3',
      '--batch',
      '4',
      '--seed',
      '9',
      '--clip',
      '2',
      '--freeze',
      'logits/**',
      '--backend',
      'cpu',
    )
    assert.is(ran.code, 2)
    for (const text of [
      '--batch was 32 and is 4',
      '--seed was 0 and is 9',
      '--clip was not given and is 2',
      '--freeze was h/** and is logits/**',
    ])
      assert.match(ran.stderr, text)
    assert.match(ran.stderr, 'the run is kept in Net.training as it was last saved')
    assert.equal(await contentOf(folder), before)
  }))

s('0 is a momentum: it is taken, kept with the run, and not what is left out', () =>
  withFiles(files, async (folder) => {
    const begun = await train(folder, ...data, '--epochs', '1', '--optimizer', 'momentum', '--momentum', '0', '--json')
    assert.is(begun.code, 0, begun.stderr)
    assert.is((jsonLines(begun)[0] as Start).options['momentum'], 0)
    const other = await train(folder, '--resume', '--epochs', '2', '--momentum', '0.9', '--backend', 'cpu')
    assert.is(other.code, 2)
    assert.match(other.stderr, '--momentum was 0 and is 0.9')
    assert.is((await train(folder, '--resume', '--epochs', '2', '--backend', 'cpu')).code, 0)
  }))

s('a checkpoint of another model is refused with every difference', () =>
  withFiles(files, async (folder) => {
    await train(folder, ...data, '--epochs', '1')
    const { code, stderr } = await train(folder, '--resume', '--set', 'width=5', '--backend', 'cpu')
    assert.is(code, 1)
    for (const [weight, now, before] of [
      ['h/dense/kernel', '[4, 5]', '[4, 6]'],
      ['h/dense/bias', '[5]', '[6]'],
      ['logits/dense/kernel', '[5, 2]', '[6, 2]'],
    ] as const) {
      assert.match(stderr, `the weight ${weight} is ${now} in the model and ${before} in the file`)
    }
  }))

s('a checkpoint with what an optimiser remembers in another shape is refused, and not called a bug', () =>
  withFiles(files, async (folder) => {
    await train(folder, ...data, '--epochs', '1')
    const file = path.join(folder, 'Net.training/checkpoint.safetensors')
    const bytes = await readFile(file)
    const tensors = new Map(readSafetensors(bytes, file))
    tensors.set('slots/first_moment/logits/dense/bias', { shape: [1], values: new Float32Array(1) })
    await writeFile(file, writeSafetensors(tensors, readSafetensorsMetadata(bytes)))
    const before = await contentOf(folder)
    const { code, stderr } = await train(folder, '--resume', '--epochs', '2', '--backend', 'cpu')
    assert.is(code, 1)
    const place = 'error[checkpoint/slot]: Net.training/checkpoint.safetensors'
    assert.match(stderr, `${place}: the optimiser's first_moment/logits/dense/bias is [2] in this run and [1] in the checkpoint`)
    assert.equal(await contentOf(folder), before)
  }))

s('a checkpoint that cannot be written ends the run, and the last good one stays as it is', () =>
  withFiles(files, async (folder) => {
    await train(folder, ...data, '--epochs', '1')
    const checkpoint = path.join(folder, 'Net.training/checkpoint.safetensors')
    const before = await readFile(checkpoint)
    await rm(path.join(folder, 'Net.training/best.safetensors'))
    await mkdir(path.join(folder, 'Net.training/best.safetensors'))
    const { code, stderr } = await train(folder, '--resume', '--epochs', '3', '--backend', 'cpu')
    assert.is(code, 2)
    assert.match(stderr, 'error[output/unwritable]: Net.training/best.safetensors: the file cannot be written: it is a folder')
    assert.match(stderr, 'the run is kept in Net.training as it was last saved')
    assert.equal(await readFile(checkpoint), before)
  }))

s('what cannot be written at the end is said before the first step', () =>
  withFiles({ ...files, full: '' }, async (folder) => {
    const { code, stdout, stderr } = await train(folder, ...data, '-o', 'none/w.safetensors', '--curve', 'full/c.png')
    assert.equal([code, stdout], [2, ''])
    assert.match(stderr, 'none/w.safetensors: the file cannot be written: the folder none does not exist')
    assert.match(stderr, 'full/c.png: the file cannot be written: full is a file, not a folder')
    const elsewhere = await train(folder, ...data, '--checkpoint', 'none/such')
    assert.is(elsewhere.code, 2)
    assert.match(elsewhere.stderr, 'error[output/unwritable]: none/such')
    assert.is((await train(folder, ...data, '--checkpoint', 'full')).code, 2)
  }))

s('patience ends a run that gets no better', () =>
  withFiles(files, async (folder) => {
    const ran = await train(
      folder,
      ...data,
      '--epochs',
      '50',
      '--optimizer',
      'sgd',
      '--learning-rate',
      '30',
      '--clip',
      '100',
      '--patience',
      '2',
      '--json',
    )
    assert.is(ran.code, 0, ran.stderr)
    const end = jsonLines(ran).at(-1) as End
    assert.equal([end.why, end.epoch - end.best.epoch], ['patience', 2])
  }))

s('a run that is resumed when it is finished has nothing to do, and says how it goes on', () =>
  withFiles(files, async (folder) => {
    await train(folder, ...data, '--epochs', '2')
    const ran = await train(folder, '--resume', '--backend', 'cpu', '--epochs', '1')
    assert.is(ran.code, 0)
    assert.match(ran.stdout, /^finished 2 epochs\nbest is epoch 2: [^]*\(--resume --epochs 4 goes on\)\n$/)
  }))

s('without validation all samples are learned from; other data can be measured with', () =>
  withFiles(files, async (folder) => {
    const none = await train(folder, ...data, '--epochs', '1', '--validation', '0', '--checkpoint', 'none')
    assert.match(none.stderr, 'from 40 samples, 0 for validation')
    assert.not.match(none.stdout, 'validation')
    const arrays = await train(
      folder,
      ...data,
      '--validation',
      'x.npy',
      '--validation-labels',
      'labels.npy',
      '--epochs',
      '1',
      '--checkpoint',
      'arrays',
    )
    assert.match(arrays.stderr, 'from 40 samples, 40 for validation')
    const csv = 'a,b,c,d,label\n1,1,1,1,0\n-1,-1,-1,-1,1\n'
    await withFiles({ ...files, 'train.csv': csv.repeat(1), 'other.csv': csv }, async (other) => {
      const ran = await train(other, '--data', 'train.csv', '--validation', 'other.csv', '--epochs', '1', '--backend', 'cpu')
      assert.is(ran.code, 0, ran.stderr)
      assert.match(ran.stderr, 'from 2 samples, 2 for validation')
    })
  }))

const pictures = `model Pictures {
  input image: [6, 6, 1]
  output logits = image |> conv(3, 3x3, activation: relu) |> flatten |> dense(2)
}
`

/** Ten pictures for each class: dark ones and light ones. */
function pictureFolder(folder: string, light: string, size = 6): Files {
  const picture = (grey: number): Uint8Array => {
    const png = new PNG({ width: size, height: size })
    png.data.fill(grey)
    return PNG.sync.write(png)
  }
  const files = Array.from(
    { length: 10 },
    (_, i) =>
      [
        [`${folder}/dark/${i}.png`, picture(10 * i)],
        [`${folder}/${light}/${i}.png`, picture(255 - 10 * i)],
      ] as const,
  )
  return Object.fromEntries(files.flat())
}

s('a folder of pictures: its folders are the classes, its pictures are normalised, varied and resized as asked for', () =>
  withFiles(
    {
      'p.fmw': pictures,
      ...pictureFolder('small', 'light'),
      ...pictureFolder('large', 'light', 9),
      ...pictureFolder('other', 'bright'),
    },
    async (folder) => {
      const run = (...args: readonly string[]) => mainOf(['train', 'p.fmw', '--backend', 'cpu', '--epochs', '2', ...args], folder)
      const ran = await run(
        '--data',
        'small',
        '--augment',
        'flip,shift=1',
        '--normalize',
        '0.5/0.25',
        '--validation',
        'large',
        '--resize',
        '--json',
        '--checkpoint',
        'a',
      )
      assert.is(ran.code, 0, ran.stderr)
      const start = jsonLines(ran)[0] as Start
      assert.equal([start['classes'], start['samples'], start['validationSamples']], [['dark', 'light'], 20, 20])
      const plain = await run('--data', 'small', '--json', '--checkpoint', 'b', '--validation', 'small')
      assert.is(plain.code, 0, plain.stderr)
      assert.not.equal(jsonLines(plain)[1], jsonLines(ran)[1])

      const sizes = await run('--data', 'large')
      assert.is(sizes.code, 1)
      assert.match(sizes.stderr, 'error[data/size]: large')
      const classes = await run('--data', 'small', '--validation', 'other')
      assert.equal([classes.code, classes.stdout], [1, ''])
      assert.match(classes.stderr, 'error[data/other-classes]: other: there are samples of bright (did you mean light?), and the classes are dark, light\n')
    },
  ),
)

s(
  'two networks that were trained apart are joined: each file goes under its scope, what is frozen stays bit by bit, the rest learns',
  () =>
    withFiles(files, async (folder) => {
      const values = ['--data', 'x.npy', '--labels', 'values.npy', '--backend', 'cpu', '--epochs', '1']
      for (const [model, output] of [
        ['First', 'a.safetensors'],
        ['Second', 'b.safetensors'],
      ] as const) {
        const ran = await mainOf(['train', 'nets.fmw', '--model', model, ...values, '-o', output], folder)
        assert.is(ran.code, 0, ran.stderr)
        assert.match(ran.stderr, 'mse')
      }
      const weights = ['--weights', 'left=a.safetensors', '--weights', 'right=b.safetensors']
      const ran = await mainOf(
        ['train', 'joint.fmw', ...data, ...weights, '--freeze', 'left/**', '--epochs', '2', '-o', 'c.safetensors'],
        folder,
      )
      assert.is(ran.code, 0, ran.stderr)
      assert.match(ran.stderr, 'weights: freshly initialised, seed 0: logits/dense/kernel, logits/dense/bias\n')
      assert.match(ran.stderr, 'Joint: 23 of 38 parameters learn')
      const [first, second, joined] = [
        await tensorsOf(folder, 'a.safetensors'),
        await tensorsOf(folder, 'b.safetensors'),
        await tensorsOf(folder, 'c.safetensors'),
      ]
      for (const [name, given] of Object.entries(first)) assert.equal(joined[`left/${name}`], given, name)
      for (const [name, given] of Object.entries(second)) assert.not.equal(joined[`right/${name}`], given, name)

      const run = ['run', 'joint.fmw', '--input', 'x=ones', '--backend', 'cpu']
      assert.is((await mainOf([...run, '--weights', 'c.safetensors'], folder)).code, 0)
      const partly = await mainOf([...run, ...weights], folder)
      assert.is(partly.code, 1)
      assert.match(partly.stderr, 'no file gives the weight logits/dense/kernel [3, 2] of the model')
      assert.match(partly.stderr, 'no file gives the weight logits/dense/bias [2] of the model')
    }),
)

s('what is frozen although no file gives it is said', () =>
  withFiles(files, async (folder) => {
    const { stderr } = await train(folder, ...data, '--freeze', 'h/dense/*', '--epochs', '1')
    assert.match(stderr, 'weights: frozen, though no file gives them: h/dense/kernel, h/dense/bias\n')
  }))

s('a temperature that has not arrived in the best epoch is said', () =>
  withFiles(
    { ...files, 'net.fmw': 'model Net {\n  input x: [4]\n  map = reshape(x, [2, 2, 1])\n  output logits = map |> conv.dynamic(2, 1x1, experts: 2) |> pool.global |> dense(2)\n}\n' },
    async (folder) => {
      const said = /temperature: in the best epoch, \d, the last value was not reached yet, which it is at the end of epoch 4 \(--anneal-epochs\)/
      assert.match((await train(folder, ...data, '--epochs', '3', '--anneal-epochs', '4')).stderr, said)
      assert.not.match((await train(folder, ...data, '--epochs', '3', '--anneal-epochs', '1', '--fresh')).stderr, said)
    },
  ),
)

s('a learning rate beyond reason ends with the step and the place, not with weights that are no numbers', () =>
  withFiles(files, async (folder) => {
    const { code, stderr } = await train(folder, ...data, '--optimizer', 'sgd', '--learning-rate', '1e38', '--epochs', '3')
    assert.is(code, 1)
    assert.match(stderr, /error\[training\/not-finite\]: .*step \d/)
    assert.not.match(stderr, /^\s+at /m)
  }))

/** Exit code and what is said, for options beside the data. */
const mistakes: Readonly<Record<string, readonly [args: readonly string[], code: number, said: RegExp]>> = {
  'no data': [[], 2, /^fmw: there is nothing to learn from: --data names/],
  'data that is not there': [['--data', 'none.csv'], 2, /error\[input\/unreadable\]: none\.csv/],
  'data of a kind that is not read': [['--data', 'net.fmw'], 1, /error\[data\/source\]: net\.fmw/],
  'labels that are missing': [['--data', 'x.npy'], 1, /error\[data\/source\]: x\.npy/],
  'values where the loss wants labels': [['--data', 'x.npy', '--labels', 'values.npy'], 1, /error\[data\/shape\]: /],
  'a validation part of everything': [[...data, '--validation', '1'], 2, /at least 0 and below 1/],
  'a validation part that leaves nothing': [[...data, '--validation', '0.999'], 2, /leaves none of the 40 samples/],
  'other data without labels': [
    [...data, '--validation', './x.npy'],
    2,
    /^fmw: --validation x\.npy: a \.npy file does not say its labels: --validation-labels/m,
  ],
  'no epochs': [[...data, '--epochs', '0'], 2, /It is at least 1\./],
  'a batch of none': [[...data, '--batch', '0'], 2, /It is at least 1\./],
  'an unknown optimiser': [[...data, '--optimizer', 'adan'], 2, /Allowed choices are sgd, momentum, adam, adamw, rmsprop\./],
  'an unknown loss': [
    [...data, '--loss', 'hinge'],
    2,
    /Allowed choices are categorical_crossentropy, binary_crossentropy, nll, binary_nll, contrastive, mse, mae\./,
  ],
  'labels for other data that holds its own': [
    [...data, '--validation', 'net.fmw', '--validation-labels', 'labels.npy'],
    2,
    /^fmw: --validation-labels belongs to a folder of pictures or a \.npy file, and --validation net\.fmw/m,
  ],
  'labels for a part': [
    [...data, '--validation-labels', 'labels.npy'],
    2,
    /^fmw: --validation-labels belongs to --validation PATH, and there is none$/m,
  ],
  'a part of the mean that is none': [[...data, '--beta1', '1'], 2, /^fmw: beta1 is at least 0 and below 1, not 1$/m],
  'a setting of another optimiser': [[...data, '--momentum', '0.9'], 2, /^fmw: adam .*momentum/],
  'a learning rate of 0': [[...data, '--learning-rate', '0'], 2, /It is a number above 0\./],
  'a learning rate that is no number': [[...data, '--learning-rate', 'fast'], 2, /It is a number above 0\./],
  'an unknown schedule': [[...data, '--schedule', 'cosin'], 2, /There is no schedule cosin \(did you mean cosine\?\)/],
  'a schedule without its numbers': [[...data, '--schedule', 'step'], 2, /step=EPOCHS,FACTOR/],
  'a glob that nothing matches': [
    [...data, '--freeze', 'logitz/**'],
    2,
    /^fmw: --freeze logitz\/\*\*: no weight of Net has such a path \(did you mean logits\/\*\*\?\)$/m,
  ],
  'an unknown output': [
    [...data, '--target', 'logit'],
    2,
    /^fmw: Net has no output logit \(did you mean logits\?\); it has logits$/m,
  ],
  'an augmentation of what is no picture': [[...data, '--augment', 'flip'], 2, /error\[data\/augment\]/],
  'an unknown augmentation': [[...data, '--augment', 'flp'], 2, /error\[data\/augment\].*did you mean flip\?/],
  'a normalisation that is none': [[...data, '--normalize', '0.5'], 2, /error\[data\/normalize\]/],
  'weights for a scope that is not there': [[...data, '--weights', 'body=x.npy'], 1, /error\[weights\//],
  'weights that are not there': [
    [...data, '--weights', 'h=none.safetensors'],
    2,
    /error\[input\/unreadable\]: none\.safetensors/,
  ],
  'a run to resume that is not there': [['--resume'], 2, /^fmw: there is no training to go on with in .*Net\.training/],
  'weights for a run that is resumed': [
    ['--resume', '--weights', 'a.safetensors'],
    2,
    /^fmw: --resume goes on with the weights of the checkpoint/,
  ],
  'a run that is resumed and forgotten': [['--resume', '--fresh'], 2, /^fmw: --resume goes on with a training, and --fresh forgets it/],
  'nothing left to train': [[...data, '--freeze', '**'], 1, /error\[training\/nothing-to-train\]/],
}

for (const [what, [args, expected, said]] of Object.entries(mistakes)) {
  s(`${what}: exit code ${expected} and one explanation, before anything is computed`, () =>
    withFiles(files, async (folder) => {
      const { code, stdout, stderr } = await train(folder, ...args)
      assert.is(code, expected, stderr)
      assert.is(stdout, '')
      assert.match(stderr, said)
      assert.not.match(stderr, /^\s+at /m)
    }))
}

s('of several outputs one is chosen', () =>
  withFiles({ ...files, 'net.fmw': net.replace('}\n', '  output more = h |> dense(2)\n}\n') }, async (folder) => {
    const { code, stderr } = await train(folder, ...data)
    assert.is(code, 2)
    assert.match(stderr, 'fmw: Net has several outputs: choose with --target logits or --target more, or give several of them')
    assert.is((await train(folder, ...data, '--target', 'more', '--epochs', '1')).code, 0)
  }))

s.run()
