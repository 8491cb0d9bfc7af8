import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** A message of the protocol, as far as these tests look at it. */
export interface Message {
  readonly id?: number | string
  readonly method?: string
  readonly params?: unknown
  readonly result?: unknown
  readonly error?: { readonly code: number; readonly message: string }
}

const bin = fileURLToPath(new URL('../../bin/fmw.js', import.meta.url))

/** How long an answer may take on a machine that does much else, in milliseconds. */
const patience = 60_000

/** A client that is written from the protocol alone, and shares nothing with the server. */
export class Client {
  readonly stderr: string[] = []
  /** Every notification that came, in order. */
  readonly told: Message[] = []
  readonly exit: Promise<number | null>
  private readonly server
  private readonly waiting: { readonly isIt: (message: Message) => boolean; readonly resolve: (message: Message) => void }[] = []
  private rest = Buffer.alloc(0)
  private next = 1

  constructor(cwd: string) {
    this.server = spawn(process.execPath, [bin, 'lsp', '--stdio'], { cwd })
    this.server.stdout.on('data', (chunk: Buffer) => this.take(chunk))
    this.server.stderr.on('data', (chunk: Buffer) => this.stderr.push(String(chunk)))
    this.exit = new Promise((resolve) => this.server.on('exit', resolve))
  }

  raw(bytes: string): void {
    this.server.stdin.write(bytes)
  }

  send(message: object): void {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message })
    this.raw(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
  }

  notify(method: string, params: object): void {
    this.send({ method, params })
  }

  async request(method: string, params: object | null): Promise<Message> {
    const id = this.next++
    const answer = this.await((message) => message.id === id && message.method === undefined, method)
    this.send({ id, method, params })
    return answer
  }

  /** What is answered, without an error. */
  async result<T>(method: string, params: object | null): Promise<T> {
    const { result, error } = await this.request(method, params)
    if (error) throw new Error(`${method}: ${error.message}`)
    return result as T
  }

  /** The next notification that is one. */
  notification(isIt: (message: Message) => boolean, what: string): Promise<Message> {
    return this.await(isIt, what)
  }

  /** Ends its side of the connection without a word. */
  hangUp(): void {
    this.server.stdin.end()
  }

  kill(): void {
    this.server.kill()
  }

  private await(isIt: (message: Message) => boolean, what: string): Promise<Message> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`no ${what} came: ${this.stderr.join('')}${JSON.stringify(this.told.slice(-3))}`)), patience)
      this.waiting.push({
        isIt,
        resolve: (message) => {
          clearTimeout(late)
          resolve(message)
        },
      })
    })
  }

  private take(chunk: Buffer): void {
    this.rest = Buffer.concat([this.rest, chunk])
    for (;;) {
      const end = this.rest.indexOf('\r\n\r\n')
      const length = Number(/Content-Length: (\d+)/i.exec(this.rest.subarray(0, Math.max(end, 0)).toString('ascii'))?.[1])
      if (end < 0 || this.rest.length < end + 4 + length) return
      const message = JSON.parse(this.rest.subarray(end + 4, end + 4 + length).toString('utf8')) as Message
      this.rest = this.rest.subarray(end + 4 + length)
      if (message.method !== undefined && message.id !== undefined) this.send({ id: message.id, result: null })
      else if (message.method !== undefined) this.told.push(message)
      const at = this.waiting.findIndex(({ isIt }) => isIt(message))
      if (at >= 0) this.waiting.splice(at, 1)[0]!.resolve(message)
    }
  }
}
