import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readGraphJson } from '../../src/compiler/read-graph-json.ts'
import { fmw } from './fmw.ts'
import { contentOf, withFiles } from './folder.ts'
import { mainOf } from './main-of.ts'
import { tiny, twice, twoModels, wrong } from './models.ts'

const s = suite('fmw build')
