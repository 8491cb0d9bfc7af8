const identifier = /^[\p{L}_$][\p{L}\p{N}_$]*$/u

/** Of an object: `.kernel`. */
export const propertyKey = (key: string): string => (identifier.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`)

/** In an object. */
export const objectKey = (key: string): string => (identifier.test(key) || /^(0|[1-9]\d*)$/.test(key) ? key : JSON.stringify(key))
