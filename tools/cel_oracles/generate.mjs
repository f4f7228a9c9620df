// SPDX-License-Identifier: Apache-2.0
// Random expressions by grammar.mjs. An expression is a tree, so that it can
// be made smaller: {type, parts}, a part being text or a tree.
import {CONSTANTS, FORMS, VARIABLES} from './grammar.mjs'

const DEPTH_MAX = 5
const WRAPPED = 0.03  // of expressions stand in dyn()

// mulberry32: small, and the same everywhere.
export function randomOf(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6D2B79F5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export function textOf(tree) {
  return tree.parts.map(part => typeof part === 'string' ? part : textOf(part))
    .join('')
}

const PLACE = /(\{[a-z_]+!?\}|@[a-z]+)/

export class Generator {
  // `mistakes`: the share of places that get an expression of another type.
  constructor(oracle, seed, mistakes) {
    this.mistakes = mistakes
    this.random = randomOf(seed)
    this.forms = new Map()
    for (const [type, rows] of Object.entries(FORMS)) {
      const mine = rows.filter(row => row[2] === undefined || row[2] === oracle)
        .map(([weight, form]) => ({weight, parts: form.split(PLACE)}))
      const leaf = form => form.parts.every(part =>
        part === '{variable}' || !/^\{[a-z_]+\}$/.test(part))
      this.forms.set(type, {all: mine, leaves: mine.filter(leaf)})
    }
    this.types = [...this.forms.keys()].filter(type =>
      !['compare', 'order', 'part', 'unit', 'number', 'any'].includes(type) &&
      this.forms.get(type).all.length > 0)
  }

  pick(items) { return items[Math.floor(this.random() * items.length)] }

  weighted(rows) {
    let at = this.random() * rows.reduce((sum, row) => sum + row.weight, 0)
    for (const row of rows) {
      at -= row.weight
      if (at < 0) return row
    }
    return rows.at(-1)
  }

  // {expr: tree, bindings: {name: constant}}
  next() {
    const tree = this.tree(this.pick(['bool', 'bool', 'bool', ...this.types]),
                           1 + Math.floor(this.random() * DEPTH_MAX), [])
    const text = textOf(tree)
    const bindings = {}
    for (const [name, type] of Object.entries(VARIABLES)) {
      if (new RegExp(`\\b${name}\\b(?!['"])`).test(text)) {
        bindings[name] = this.constant(type)
      }
    }
    return {tree, bindings}
  }

  tree(type, depth, scope) {
    if (this.random() < this.mistakes) type = this.pick(this.types)
    const {all, leaves} = this.forms.get(type)
    const few = depth <= 0 && leaves.length > 0
    const form = this.weighted(few ? leaves : all)
    const seen = [...scope]
    const parts = form.parts.filter(part => part !== '').map(part =>
      this.part(part, type, depth, seen))
    if (this.random() < WRAPPED && /^[a-z]+$/.test(type) &&
        this.types.includes(type)) {
      return {type, parts: ['dyn(', {type, parts}, ')']}
    }
    return {type, parts}
  }

  part(part, type, depth, seen) {
    if (part.startsWith('@')) {
      const name = `x${seen.length}`
      seen.push({name, type: part.slice(1)})
      return name
    }
    if (part === '{variable}') return this.variable(type, seen)
    if (!/^\{.*\}$/.test(part) || part === '{}') return part
    if (part.endsWith('!}')) return this.pick(CONSTANTS[part.slice(1, -2)])
    return this.tree(part.slice(1, -1), depth - 1, seen)
  }

  variable(type, seen) {
    const names = [
      ...seen.filter(entry => entry.type === type).map(entry => entry.name),
      ...Object.keys(VARIABLES).filter(name => VARIABLES[name] === type)]
    if (type === 'any') return 'any'
    return names.length > 0 ? this.pick(names) : this.constant(type)
  }

  constant(type) {
    const list = make => `[${Array.from({length: Math.floor(this.random() * 4)},
                                        make).join(', ')}]`
    if (type === 'ints') return list(() => this.constant('int'))
    if (type === 'strings') return list(() => this.constant('string'))
    if (type === 'ages') {
      return this.pick(['{}', `{'a': ${this.constant('int')}}`,
        `{'b': ${this.constant('int')}, 'a': ${this.constant('int')}}`])
    }
    if (type === 'dyn' || type === 'any') {
      return this.constant(this.pick(['bool', 'int', 'uint', 'double', 'string',
        'bytes', 'timestamp', 'duration', 'ints', 'ages']))
    }
    if (type === 'type') return 'int'
    return this.pick(CONSTANTS[type])
  }
}

// A tree with a part in place of the whole or a plain constant in place of a
// part, at any depth.
const PLAINEST = {
  bool: ['true', 'false'], int: ['0', '1'], uint: ['0u', '1u'],
  double: ['0.0', '1.0'], string: ["''", "'a'"], bytes: ["b''", "b'a'"],
  timestamp: ['timestamp(0)'], duration: ["duration('0s')"],
  ints: ['[]', '[1]'], strings: ['[]', "['a']"], ages: ['{}', "{'a': 1}"],
  type: ['int'], number: ['1'], any: ['1', "'a'", 'null'],
}

export function* parts(tree) {
  for (const part of tree.parts) {
    if (typeof part === 'string') continue
    yield part
    yield* parts(part)
  }
}

// The tree with the constants that its variables are bound to.
export function inlined({parts, type}, bindings) {
  return {type, parts: parts.map(part => typeof part !== 'string'
    ? inlined(part, bindings) : bindings[part] ?? part)}
}

export function* smaller(tree) {
  const size = textOf(tree).length
  const same = [...parts(tree)].filter(part => part.type === tree.type)
  const plain = (PLAINEST[tree.type] ?? []).map(text =>
    ({type: tree.type, parts: [text]}))
  for (const other of [...plain, ...same]) {
    if (textOf(other).length < size) yield other
  }
  for (const [i, part] of tree.parts.entries()) {
    if (typeof part === 'string') continue
    for (const other of smaller(part)) {
      yield {...tree, parts: tree.parts.map((kept, k) => k === i ? other : kept)}
    }
  }
}
