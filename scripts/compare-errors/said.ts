/** What a tool says of a network. */
export interface Said {
  /** When it says it, or what it does instead, as the page puts it. */
  readonly when: string
  /** Undefined where the network is accepted. */
  readonly text: string | undefined
  readonly verdict: Verdict
}

interface Verdict {
  readonly node: boolean
  /** Whether it says where the numbers were decided, or at least which values brought them. */
  readonly decided: 'yes' | 'operands' | 'no'
  readonly fix: boolean
  readonly beforeRunning: boolean
}

export const silent = (when: string): Said => ({
  when,
  text: undefined,
  verdict: { node: false, decided: 'no', fix: false, beforeRunning: false },
})

/** Whether a text says what to write. */
export const offersFix = (text: string): boolean => /did you mean|\b(?:fix|try|use)\b/i.test(text)

export type Tool = 'fmw' | 'PyTorch' | 'torch.fx' | 'ONNX' | 'tf.layers'

/** What a tool says of all the networks, by the names of the mistakes. */
export interface Answers {
  readonly tool: Tool
  readonly version: string
  readonly said: ReadonlyMap<string, Said>
}
