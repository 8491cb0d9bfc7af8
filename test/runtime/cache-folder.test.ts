import { homedir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cacheFolder } from '../../src/runtime/backend/cache-folder.ts'

const s = suite('cache folder')

s('FMW_CACHE decides where it is given', () => {
  for (const platform of ['linux', 'win32', 'darwin'] as const) {
    assert.is(cacheFolder({ FMW_CACHE: 'here', XDG_CACHE_HOME: 'x', LOCALAPPDATA: 'y' }, platform), 'here')
  }
})

s('else it is fmw in the place the system has for caches', () => {
  assert.is(cacheFolder({ XDG_CACHE_HOME: 'x', LOCALAPPDATA: 'y' }, 'linux'), join('x', 'fmw'))
  assert.is(cacheFolder({ XDG_CACHE_HOME: 'x', LOCALAPPDATA: 'y' }, 'win32'), join('y', 'fmw'))
  assert.is(cacheFolder({}, 'linux'), join(homedir(), '.cache', 'fmw'))
  assert.is(cacheFolder({}, 'win32'), join(homedir(), 'AppData', 'Local', 'fmw'))
})

s('an empty variable counts as not set, as the XDG specification has it', () => {
  assert.is(cacheFolder({ FMW_CACHE: '', XDG_CACHE_HOME: '' }, 'linux'), join(homedir(), '.cache', 'fmw'))
})

s.run()
