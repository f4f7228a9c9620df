// SPDX-License-Identifier: Apache-2.0
// The second implementations. An oracle answers as cel_eval does: `value …`,
// `error …`, or `invalid …` when it takes the expression for no CEL at all.
import {createRequire} from 'node:module'
import {readFileSync} from 'node:fs'
import {join, resolve} from 'node:path'
import {pathToFileURL} from 'node:url'

import {VARIABLES} from './grammar.mjs'
import {valueText} from './text.mjs'

const line = text => String(text).split('\n')[0]

async function load(folder, name) {
  const require = createRequire(join(resolve(folder), 'package.json'))
  return import(pathToFileURL(require.resolve(name)))
}

function versionOf(folder, name) {
  return JSON.parse(readFileSync(
    join(folder, 'node_modules', name, 'package.json'))).version
}

// Bindings are constants in CEL: the oracle works them out itself, once.
function remembered(evaluate) {
  const values = new Map()
  return text => {
    if (!values.has(text)) values.set(text, evaluate(text))
    return values.get(text)
  }
}

// What both give as JavaScript's own values.
function plainly(value) {
  switch (typeof value) {
    case 'boolean': return ['bool', value]
    case 'bigint': return ['int', value]
    case 'number': return ['double', value]
    case 'string': return ['string', value]
  }
  if (value === null) return ['null']
  if (value instanceof Uint8Array) return ['bytes', value]
}

async function bufbuild(folder) {
  const cel = await load(folder, '@bufbuild/cel')
  const {strings} = await load(folder, '@bufbuild/cel/ext')
  const environment = cel.celEnv({funcs: strings})
  const run = (text, values) =>
    cel.plan(environment, cel.parse(text))(values)
  const constant = remembered(text => run(text, {}))
  const describe = value => {
    const plain = plainly(value)
    if (plain) return plain
    if (cel.isCelUint(value)) return ['uint', value.value]
    if (cel.isCelList(value)) return ['list', [...value]]
    if (cel.isCelMap(value)) return ['map', [...value.entries()]]
    if (cel.isCelType(value)) return ['type', value.name]
    const {seconds, nanos} = value.message
    const name = value.desc.typeName.split('.').at(-1).toLowerCase()
    return [name, {seconds, nanos}]
  }
  const write = value => valueText(...describe(value), write)
  return {
    name: '@bufbuild/cel',
    version: versionOf(folder, '@bufbuild/cel'),
    answer(text, bindings) {
      let program
      try {
        program = cel.plan(environment, cel.parse(text))
      } catch (error) {
        return `invalid ${line(error.message)}`
      }
      try {
        const values = {}
        for (const name in bindings) values[name] = constant(bindings[name])
        const value = program(values)
        if (cel.isCelError(value)) return `error ${line(value.message)}`
        return `value ${write(value)}`
      } catch (error) {
        return `error ${line(error.message)}`
      }
    },
  }
}

const CEL_JS_TYPES = {ints: 'list<int>', strings: 'list<string>',
  ages: 'map<string, int>', timestamp: 'google.protobuf.Timestamp',
  duration: 'google.protobuf.Duration'}

// Its classes of these names are not exported.
const named = (value, name) => value.constructor.name.endsWith(name)

async function celJs(folder) {
  const cel = await load(folder, '@marcbachmann/cel-js')
  const environment = new cel.Environment(
    {enableOptionalTypes: true, homogeneousAggregateLiterals: false})
  for (const name in VARIABLES) {
    environment.registerVariable(
      name, CEL_JS_TYPES[VARIABLES[name]] ?? VARIABLES[name])
  }
  const constant = remembered(text => environment.evaluate(text, {}))
  const describe = value => {
    const plain = plainly(value)
    if (plain) return plain
    if (value instanceof Date) {
      const millis = value.getTime()
      const seconds = Math.floor(millis / 1000)
      return ['timestamp', {seconds: BigInt(seconds),
        nanos: (millis - seconds * 1000) * 1000000}]
    }
    if (named(value, 'Duration')) {
      return ['duration', {seconds: value.seconds, nanos: value.nanos}]
    }
    if (named(value, 'UnsignedInt')) return ['uint', value.value]
    if (Array.isArray(value)) return ['list', value]
    if (value instanceof Map) return ['map', [...value.entries()]]
    if (value instanceof cel.Optional) {
      return ['optional', value.hasValue() ? [value.value()] : []]
    }
    if (named(value, 'Type')) return ['type', value.name]
    return ['map', Object.entries(value)]
  }
  const write = value => valueText(...describe(value), write)
  return {
    name: '@marcbachmann/cel-js',
    version: versionOf(folder, '@marcbachmann/cel-js'),
    answer(text, bindings) {
      let program
      try {
        program = environment.parse(text)
        const check = program.check()
        if (!check.valid) return `invalid ${line(check.error.message)}`
      } catch (error) {
        return `invalid ${line(error.message)}`
      }
      try {
        const values = {}
        for (const name in bindings) values[name] = constant(bindings[name])
        return `value ${write(program(values))}`
      } catch (error) {
        return `error ${line(error.message)}`
      }
    },
  }
}

export const ORACLES = {'@bufbuild/cel': bufbuild, '@marcbachmann/cel-js': celJs}
