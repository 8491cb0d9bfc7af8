/**
 * The keys that occur more than once in the outermost object of a valid JSON text: `JSON.parse` keeps the last and says nothing.
 */
export function repeatedKeys(json: string): readonly string[] {
  const seen = new Set<string>()
  const repeated = new Set<string>()
  let depth = 0
  for (const [token, colon] of json.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g)) {
    if (token === '{' || token === '[') depth++
    else if (token === '}' || token === ']') depth--
    else if (depth === 1 && colon !== undefined) {
      const key = String(JSON.parse(token.slice(0, -colon.length)))
      ;(seen.has(key) ? repeated : seen).add(key)
    }
  }
  return [...repeated]
}
