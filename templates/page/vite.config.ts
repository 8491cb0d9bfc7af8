import fmw from 'fmw/unplugin'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [fmw.vite()],
  // Vite bundles workers by themselves
  worker: { format: 'es', plugins: () => [fmw.vite()] },
  build: { target: 'es2022' },
})
