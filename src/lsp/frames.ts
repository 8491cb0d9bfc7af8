import { Transform, type TransformCallback } from 'node:stream'

const behindHeader = '\r\n\r\n'

/** Lets messages through that have a header with their length; what else comes is told of and left out, for no reader finds its way behind it. */
export class Frames extends Transform {
  private rest = Buffer.alloc(0)
  private readonly refused: (header: string) => void

  constructor(refused: (header: string) => void) {
    super()
    this.refused = refused
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.rest = Buffer.concat([this.rest, chunk])
    for (let end = this.rest.indexOf(behindHeader); end >= 0; end = this.rest.indexOf(behindHeader)) {
      const header = this.rest.subarray(0, end).toString('latin1')
      const length = Number(/^Content-Length: *(\d+) *$/im.exec(header)?.[1] ?? NaN)
      const body = end + behindHeader.length
      if (Number.isNaN(length)) {
        this.refused(header)
        this.rest = this.rest.subarray(body)
      } else if (this.rest.length < body + length) break
      else {
        this.push(`Content-Length: ${length}${behindHeader}`)
        this.push(this.rest.subarray(body, body + length))
        this.rest = this.rest.subarray(body + length)
      }
    }
    done()
  }
}
