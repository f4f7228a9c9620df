// SPDX-License-Identifier: Apache-2.0
// What the rule engines of npm beside simwarden are measured with: the rules of
// pack50, its records, the clock, and simwarden's outcomes.
import {execFileSync} from 'node:child_process'
import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {dirname, join, resolve} from 'node:path'
import {fileURLToPath, pathToFileURL} from 'node:url'
import {parseArgs} from 'node:util'

const PACK = dirname(fileURLToPath(import.meta.url))
const WARM_UP_ROUNDS = 5

// `what` is the package that has to be installed in --modules, if any.
export function optionsOf(what) {
  const {values} = parseArgs({options: {
    modules: {type: 'string'}, records: {type: 'string'},
    simwarden: {type: 'string'}, json: {type: 'boolean', default: false},
    rounds: {type: 'string', default: '25'}}})
  if ((what && !values.modules) || !values.records || !values.simwarden) {
    console.error('usage: --records FILE --simwarden PROGRAM ' +
                  '[--rounds N] [--json]')
    if (what) {
      console.error('--modules FOLDER: where ' +
                    `\`npm install ${what}\` was run`)
    }
    process.exit(3)
  }
  return {...values, rounds: Number(values.rounds)}
}

export async function load(folder, name) {
  const require = createRequire(join(resolve(folder), 'package.json'))
  return import(pathToFileURL(require.resolve(name)))
}

export const packText = () => readFileSync(join(PACK, 'pack.yaml'), 'utf8')

// pack50 is written so that this is enough: an id, then a folded condition.
export function rulesOf(yaml) {
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

// Microseconds a record, of the clock and of CPU: the median of the rounds, and
// the fastest, which is nearer the truth on a machine that does other work too.
export async function time(rounds, count, work) {
  const times = []
  let cpu = 0
  for (let round = -WARM_UP_ROUNDS; round < rounds; ++round) {
    const before = process.cpuUsage()
    const begin = process.hrtime.bigint()
    await work()
    const took = Number(process.hrtime.bigint() - begin) / 1e3 / count
    if (round < 0) continue
    const {user, system} = process.cpuUsage(before)
    times.push(took)
    cpu += (user + system) / count / rounds
  }
  times.sort((a, b) => a - b)
  return {median: times[times.length >> 1], fastest: times[0], cpu}
}

// Of each record: a map of rules that hit or are undetermined.
export function outcomesOf(simwarden, recordsFile) {
  const lines = execFileSync(
    simwarden, ['screen', '--quiet', '--policy', PACK, recordsFile],
    {maxBuffer: 1 << 28, encoding: 'utf8'}).trim().split('\n')
  return lines.map(line => {
    const verdict = JSON.parse(line)
    const found = new Map((verdict.undetermined ?? []).map(id => [id, 'undetermined']))
    for (const finding of verdict.findings ?? []) found.set(finding.rule, 'hit')
    return found
  })
}

// What was measured, compared with simwarden, as lines or as JSON.
export function say(result, json) {
  if (json) {
    console.log(JSON.stringify(result))
  } else {
    console.log(`${result.engine} on node ${process.version}: ` +
      `${result.conditions} conditions, ${result.records} records of ` +
      `${result.bytes} bytes; median, fastest, CPU`)
    const column = number => number.toFixed(2).padStart(9)
    for (const [what, {median, fastest, cpu}] of result.figures) {
      console.log(`${column(median)}${column(fastest)}${column(cpu)} us/record  ${what}`)
    }
    for (const note of result.notes) console.log(`  ${note}`)
    console.log(`${result.compared} outcomes compared with simwarden's, ` +
      `${result.different.reduce((sum, one) => sum + one[1], 0)} differ`)
    for (const [what, count] of result.different) console.log(`  ${what} (${count})`)
  }
  process.exitCode = result.different.length === 0 ? 0 : 1
}

// Times of the request at these paths become numbers: milliseconds, divided.
export function readTimes(request, paths, divided = 1) {
  for (const path of paths) {
    let at = request
    for (const key of path.slice(0, -1)) at = at?.[key]
    const last = path.at(-1)
    if (at?.[last]) at[last] = Date.parse(at[last]) / divided
  }
  return request
}
