// SPDX-License-Identifier: Apache-2.0
// The fifty conditions of pack50 over the same records in
// @marcbachmann/cel-js, the yardstick beside cel_bench. README.md of pack50
// says how to run it and how to read it.
import {execFileSync} from 'node:child_process'
import {readFileSync} from 'node:fs'

import {load, optionsOf, outcomesOf, packText, rulesOf, say, time}
  from './pack50/engines.mjs'

// Paths of the record whose JSON text or number is not yet the declared type.
// [] in a path goes through the elements of a list.
function conversionsOf(simwarden, rules) {
  const facts = JSON.parse(execFileSync(
    simwarden, ['facts', '--format', 'json', '--kind', 'request']))
  const text = rules.map(rule => rule.condition).join('\n')
  const conversions = []
  for (const {name, type} of facts.facts ?? facts) {
    const path = name.replace(/^request\./, '').replaceAll('[]', '.[]')
    const key = path.split('.').at(-1)
    if (!text.includes(name.replace(/\[\].*/, '')) || !text.includes(key)) {
      continue
    }
    if (type.startsWith('timestamp')) {
      conversions.push({path: path.split('.'), to: text => new Date(text)})
    } else if (type === 'int') {
      conversions.push({path: path.split('.'), to: BigInt})
    }
  }
  return conversions
}

function convertAt(value, path, to, at) {
  if (value === undefined || value === null) return
  if (path[at] === '[]') {
    for (const element of value) convertAt(element, path, to, at + 1)
  } else if (at + 1 < path.length) {
    convertAt(value[path[at]], path, to, at + 1)
  } else if (value[path[at]] !== undefined && value[path[at]] !== null) {
    value[path[at]] = to(value[path[at]])
  }
}

function read(line, conversions) {
  const request = JSON.parse(line)
  for (const {path, to} of conversions) convertAt(request, path, to, 0)
  return {request}
}

// A fact that is absent throws, and so does whatever else is an error.
function evaluateAll(programs, facts, answers) {
  for (let i = 0; i < programs.length; ++i) {
    try {
      answers[i] = programs[i](facts)
    } catch {
      answers[i] = undefined
    }
  }
  return answers
}

function outcomeOf(rule, answer) {
  if (answer === undefined) return rule.kind === 'flag' ? 'undetermined' : 'hit'
  return (rule.kind === 'flag') === answer ? 'hit' : 'clear'
}

// Rules whose outcome in simwarden is another, each with its count.
function differences(outcomes) {
  const different = new Map()
  outcomes.forEach((ours, i) => {
    evaluateAll(programs, records[i], []).forEach((answer, r) => {
      const {id} = rules[r]
      const theirs = outcomeOf(rules[r], answer)
      const wanted = ours.get(id) ?? 'clear'
      if (theirs === wanted) return
      const what = `${id}: simwarden ${wanted}, cel-js ${theirs}`
      different.set(what, (different.get(what) ?? 0) + 1)
    })
  })
  return [...different]
}

const options = optionsOf('@marcbachmann/cel-js')
const {Environment} = await load(options.modules, '@marcbachmann/cel-js')
const rules = rulesOf(packText())
const conversions = conversionsOf(options.simwarden, rules)
const lines = readFileSync(options.records, 'utf8').trim().split('\n')
const records = lines.map(line => read(line, conversions))

const compileBegin = process.cpuUsage()
const environment = new Environment().registerVariable('request', 'map')
const programs = rules.map(rule => environment.parse(rule.condition))
for (const [i, rule] of rules.entries()) {
  const check = programs[i].check()
  if (!check.valid) throw new Error(`${rule.id}: ${check.error.message}`)
}
const compiled = process.cpuUsage(compileBegin)
const compileMicros = (compiled.user + compiled.system) / rules.length

const answers = new Array(programs.length)
const answering = records.map(facts => {
  evaluateAll(programs, facts, answers)
  return programs.filter((program, i) => answers[i] !== undefined)
})
const errors = answering.reduce(
  (sum, some) => sum + programs.length - some.length, 0)

const {rounds} = options
const every = lines.length
const figures = [
  ['JSON.parse', await time(rounds, every, () => {
    for (const line of lines) JSON.parse(line)
  })],
  ['JSON.parse and declared types', await time(rounds, every, () => {
    for (const line of lines) read(line, conversions)
  })],
  ['conditions', await time(rounds, every, () => {
    for (const facts of records) evaluateAll(programs, facts, answers)
  })],
  ['those that do not throw', await time(rounds, every, () => {
    records.forEach((facts, i) => evaluateAll(answering[i], facts, answers))
  })],
  ['everything', await time(rounds, every, () => {
    for (const line of lines) {
      evaluateAll(programs, read(line, conversions), answers)
    }
  })],
]

say({
  engine: '@marcbachmann/cel-js', conditions: rules.length, records: every,
  bytes: Math.round(lines.join('').length / every), figures,
  notes: [`${compileMicros.toFixed(2)} us a condition: parse and check (cold)`,
          `${(errors / every).toFixed(2)} conditions a record throw`],
  compared: every * rules.length,
  different: differences(outcomesOf(options.simwarden, options.records))
}, options.json)
