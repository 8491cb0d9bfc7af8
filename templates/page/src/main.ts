import { useBackend } from './backend.ts'
import { LeNet5 } from './lenet5.fmw'
import weights from './lenet5.safetensors?url'
import { openPad } from './pad.ts'

const element = (id: string): HTMLElement => {
  const found = document.getElementById(id)
  if (!found) throw new Error(`the page has no element #${id}`)
  return found
}

const status = element('status')
try {
  const backend = await useBackend(new URLSearchParams(location.search).get('backend') ?? 'wasm')
  const net = await LeNet5.load(weights)
  const canvas = element('picture')
  if (!(canvas instanceof HTMLCanvasElement)) throw new Error('#picture is no canvas')
  const pad = openPad(canvas, async () => {
    const found = await net.classify(canvas, { top: 10 })
    element('classes').replaceChildren(...found.map(({ label, probability }) => row(label, probability)))
  })
  element('clear').addEventListener('click', () => {
    pad.clear()
    element('classes').replaceChildren()
  })
  status.textContent = `ready, on ${backend}`
} catch (error) {
  status.textContent = String(error)
  throw error
}

function row(label: string, probability: number): HTMLLIElement {
  const item = document.createElement('li')
  const meter = Object.assign(document.createElement('meter'), { value: probability })
  const percent = Object.assign(document.createElement('span'), { textContent: `${(100 * probability).toFixed(1)} %` })
  item.append(label, meter, percent)
  return item
}
