/** Means over samples. */
export interface OutputScore {
  readonly loss: number
  /** By the metric's name; none for a loss that has no other measure. */
  readonly metrics: Readonly<Record<string, number>>
}

/** The loss that is made smaller, and the metrics of the first output that is trained. */
export interface Score extends OutputScore {
  /** Where several outputs are trained, what each of them reaches: its loss as it is before it is weighted. */
  readonly outputs?: Readonly<Record<string, OutputScore>>
}

export interface StepReport extends Score {
  readonly kind: 'step'
  /** From 1, over all epochs. */
  readonly step: number
  /** From 1. */
  readonly epoch: number
  readonly stepOfEpoch: number
  readonly stepsPerEpoch: number
  /** The learning rate of this step. */
  readonly rate: number
}

export interface EpochReport extends Score {
  readonly kind: 'epoch'
  readonly epoch: number
  readonly step: number
  readonly rate: number
  readonly seconds: number
  readonly validation?: Score
  /** Whether it is the best so far: the lowest validation loss, or training loss without validation samples. */
  readonly best: boolean
}

export interface EndReport {
  readonly kind: 'end'
  readonly why: 'finished' | 'patience' | 'stopped'
  readonly epoch: number
  readonly step: number
}

export type Report = StepReport | EpochReport | EndReport
