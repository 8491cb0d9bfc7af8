const identifier = /^[\p{L}_$][\p{L}\p{N}_$]*$/u

/** Of an object: `.kernel`. */
export const propertyKey = (key: string): string => (identifier.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`)

/** In an object. In quotes or without, `__proto__` would be its prototype. */
export const objectKey = (key: string): string =>
  key === '__proto__' ? `['__proto__']` : identifier.test(key) || /^(0|[1-9]\d*)$/.test(key) ? key : JSON.stringify(key)
