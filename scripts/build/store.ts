// What is made with fmw's own sources when it is built, after the bundles.
import { storeLibrary } from './store-library.ts'
import { storeRuntime } from './store-runtime.ts'
import { storeTypes } from './store-types.ts'

storeLibrary()
await storeRuntime()
storeTypes()
