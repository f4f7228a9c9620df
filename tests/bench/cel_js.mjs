// SPDX-License-Identifier: Apache-2.0
// The fifty conditions of pack50 over the same records in
// @marcbachmann/cel-js, the yardstick beside cel_bench. README.md of pack50
// says how to run it and how to read it.
import {execFileSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {dirname, join, resolve} from 'node:path'
import {fileURLToPath, pathToFileURL} from 'node:url'
import {parseArgs} from 'node:util'

const PACK = join(dirname(fileURLToPath(import.meta.url)), 'pack50')
const WARM_UP_ROUNDS = 5

function optionsOf(argv) {
  const {values} = parseArgs({args: argv, options: {
    modules: {type: 'string'}, records: {type: 'string'},
    simwarden: {type: 'string'}, rounds: {type: 'string', default: '25'}}})
  if (!values.modules || !values.records || !values.simwarden) {
    console.error('usage: cel_js.mjs --modules FOLDER --records FILE ' +
                  '--simwarden PROGRAM [--rounds N]\n' +
                  'FOLDER: where `npm install @marcbachmann/cel-js` was run')
    process.exit(3)
  }
  return {...values, rounds: Number(values.rounds)}
}

async function load(folder, name) {
  const require = createRequire(join(resolve(folder), 'package.json'))
  return import(pathToFileURL(require.resolve(name)))
}

// pack50 is written so that this is enough: an id, then a folded condition.
function rulesOf(yaml) {
  const rules = []
  let open = false
  for (const line of yaml.split('\n')) {
    const id = line.match(/^ {2}- id: (\S+)$/)
    if (id) rules.push({id: id[1], condition: ''})
    const kind = line.match(/^ {4}(flag|require): >-$/)
    if (kind) rules.at(-1).kind = kind[1]
    if (open && line.startsWith('      ')) {
      rules.at(-1).condition += line.slice(5)
      continue
    }
    open = kind !== null
  }
  return rules
}

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

// Microseconds a record: the median of the rounds, and the fastest, which is
// nearer the truth on a machine that does other work too.
function time(rounds, count, work) {
  const times = []
  for (let round = -WARM_UP_ROUNDS; round < rounds; ++round) {
    const begin = process.hrtime.bigint()
    work()
    const took = Number(process.hrtime.bigint() - begin) / 1e3 / count
    if (round >= 0) times.push(took)
  }
  times.sort((a, b) => a - b)
  return {median: times[times.length >> 1], fastest: times[0]}
}

function outcomeOf(rule, answer) {
  if (answer === undefined) return rule.kind === 'flag' ? 'undetermined' : 'hit'
  return (rule.kind === 'flag') === answer ? 'hit' : 'clear'
}

// Rules whose outcome in simwarden is another, each with its count.
function differences(simwarden, recordsFile, rules, programs, records) {
  const lines = execFileSync(
    simwarden, ['screen', '--policy', PACK, recordsFile],
    {maxBuffer: 1 << 28, encoding: 'utf8'}).trim().split('\n')
  const different = new Map()
  let compared = 0
  lines.forEach((line, i) => {
    const verdict = JSON.parse(line)
    const ours = new Map((verdict.undetermined ?? []).map(id => [id, 'undetermined']))
    for (const finding of verdict.findings ?? []) ours.set(finding.rule, 'hit')
    evaluateAll(programs, records[i], []).forEach((answer, r) => {
      const theirs = outcomeOf(rules[r], answer)
      ++compared
      if (theirs === (ours.get(rules[r].id) ?? 'clear')) return
      const what = `${rules[r].id}: simwarden ` +
                   `${ours.get(rules[r].id) ?? 'clear'}, cel-js ${theirs}`
      different.set(what, (different.get(what) ?? 0) + 1)
    })
  })
  return {compared, different}
}

const options = optionsOf(process.argv.slice(2))
const {Environment} = await load(options.modules, '@marcbachmann/cel-js')
const rules = rulesOf(readFileSync(join(PACK, 'pack.yaml'), 'utf8'))
const conversions = conversionsOf(options.simwarden, rules)
const lines = readFileSync(options.records, 'utf8').trim().split('\n')
const records = lines.map(line => read(line, conversions))

const compileBegin = process.hrtime.bigint()
const environment = new Environment().registerVariable('request', 'map')
const programs = rules.map(rule => environment.parse(rule.condition))
for (const [i, rule] of rules.entries()) {
  const check = programs[i].check()
  if (!check.valid) throw new Error(`${rule.id}: ${check.error.message}`)
}
const compileMicros =
  Number(process.hrtime.bigint() - compileBegin) / 1e3 / rules.length

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
  ['JSON.parse', time(rounds, every, () => {
    for (const line of lines) JSON.parse(line)
  })],
  ['JSON.parse and declared types', time(rounds, every, () => {
    for (const line of lines) read(line, conversions)
  })],
  ['50 conditions', time(rounds, every, () => {
    for (const facts of records) evaluateAll(programs, facts, answers)
  })],
  ['those of the 50 that do not throw', time(rounds, every, () => {
    records.forEach((facts, i) => evaluateAll(answering[i], facts, answers))
  })],
  ['everything', time(rounds, every, () => {
    for (const line of lines) {
      evaluateAll(programs, read(line, conversions), answers)
    }
  })],
]
console.log(`@marcbachmann/cel-js on node ${process.version}: ` +
  `${rules.length} conditions, ${every} records of ` +
  `${Math.round(lines.join('').length / every)} bytes, ` +
  `median and fastest of ${rounds} rounds`)
const column = number => number.toFixed(2).padStart(9)
for (const [what, {median, fastest}] of figures) {
  console.log(`${column(median)}${column(fastest)} us/record  ${what}`)
}
console.log(`         ${column(compileMicros)} us/rule    parse and check (cold)`)
console.log(
  `         ${column(errors / every)} conditions/record throw`)
const {compared, different} = differences(
  options.simwarden, options.records, rules, programs, records)
console.log(`${compared} outcomes compared with simwarden's, ` +
  `${[...different.values()].reduce((a, b) => a + b, 0)} differ`)
for (const [what, count] of different) console.log(`  ${what} (${count})`)
process.exitCode = different.size === 0 ? 0 : 1
