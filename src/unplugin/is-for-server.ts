/** Whether what is asked for runs in Node, as where a server renders pages; Vite alone says so. */
export function isForServer(context: object): boolean {
  const environment: unknown = Reflect.get(context, 'environment')
  if (!isObject(environment)) return false
  const config: unknown = Reflect.get(environment, 'config')
  return isObject(config) && Reflect.get(config, 'consumer') === 'server'
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
