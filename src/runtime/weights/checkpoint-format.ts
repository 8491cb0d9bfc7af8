/**
 * What the header of a safetensors file says of its format where it is a checkpoint of a training, which holds more than weights.
 */
export const checkpointFormat = 'fmw-checkpoint-1'
