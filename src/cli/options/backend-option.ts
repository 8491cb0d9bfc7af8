import { Option } from 'commander'

/** For the commands that compute. */
export const backendOption = (): Option =>
  new Option('--backend <name>', 'what computes (default: auto, the fastest that works)').choices(['auto', 'node', 'wasm', 'cpu'])
