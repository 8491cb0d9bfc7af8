import { readDigit } from './read-digit.ts'

self.addEventListener('message', async ({ data }) => {
  try {
    self.postMessage({ classes: await readDigit(data) })
  } catch (error) {
    self.postMessage({ error: String(error) })
  }
})
