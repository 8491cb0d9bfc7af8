/** Where a kernel is. */
export interface KernelFile {
  /** In `dist/kernels/` of the backend's package, without `.js`. */
  readonly file: string
  /** What is exported there, which `registerKernel` takes. */
  readonly config: string
}
