import { readDigit } from './read-digit.ts'

/** In a module worker, or on the page itself. */
const check = (backend: string, inWorker: boolean): Promise<unknown> => (inWorker ? readInWorker(backend) : readDigit(backend))

function readInWorker(backend: string): Promise<unknown> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => ('error' in data ? reject(new Error(data.error)) : resolve(data.classes)))
    worker.addEventListener('error', ({ message }) => reject(new Error(message)))
    worker.postMessage(backend)
  })
}

Object.assign(window, { check })
