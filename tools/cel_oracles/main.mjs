// SPDX-License-Identifier: Apache-2.0
// Generates, asks both sides, compares, makes what differs small, sorts it.
import {execFileSync} from 'node:child_process'
import {existsSync, mkdirSync} from 'node:fs'
import {join} from 'node:path'
import {parseArgs} from 'node:util'

import {Generator, inlined, parts, smaller, textOf} from './generate.mjs'
import {CONSTANTS} from './grammar.mjs'
import {KNOWN} from './known.mjs'
import {ORACLES} from './oracles.mjs'
import {Ours} from './ours.mjs'

const USAGE = `usage: cel_differential --cel-eval PROGRAM [options]

Random CEL expressions in simwarden and in other implementations.

  --cel-eval PROGRAM   build/dev/cel_eval (target cel_eval)
  --modules FOLDER     where \`npm install ${Object.keys(ORACLES).join(' ')}\`
                       was run; build/npm when it is not said, and npm is run
                       there if need be
  --oracle NAME        one of the two; both when it is not said
  --count N            expressions for each (10000)
  --seed N             other seeds are other expressions (1)
  --mistakes SHARE     of places that get an expression of another type (0.008)
  --expr=TEXT          only this expression, answers shown
  --classes            the explained classes as a table, nothing else

exit codes: 0 every disagreement is explained in known.mjs, 1 some are not,
3 wrong usage, 5 a program could not be run
`
const BATCH = 500
const SHRINK_BATCH = 30
const SHRINK_STEPS = 200  // each makes the text shorter; most need ten

// A reader that has seen enough, as head does.
process.stdout.on('error', () => process.exit(0))

const kindOf = answer => answer.split(' ', 1)[0]

// What comes of comparing two answers. An oracle that does not take the
// expression for CEL has not answered.
function compare(ours, theirs) {
  if (kindOf(theirs) === 'invalid') return 'not taken'
  if (kindOf(ours) !== 'value' && kindOf(theirs) === 'error') return 'both errors'
  return ours === theirs ? 'same value' : 'differ'
}

function optionsOf(argv) {
  try {
    const {values} = parseArgs({args: argv, options: {
      'cel-eval': {type: 'string'},
      modules: {type: 'string', default: join('build', 'npm')},
      oracle: {type: 'string'}, count: {type: 'string', default: '10000'},
      seed: {type: 'string', default: '1'}, expr: {type: 'string'},
      mistakes: {type: 'string', default: '0.008'}, classes: {type: 'boolean'},
      help: {type: 'boolean', short: 'h'}}})
    const names = values.oracle ? [values.oracle] : Object.keys(ORACLES)
    if (values.help || (!values['cel-eval'] && !values.classes) ||
        names.some(name => !ORACLES[name])) return null
    return {...values, names, count: Number(values.count),
            seed: Number(values.seed), mistakes: Number(values.mistakes)}
  } catch {
    return null
  }
}

function install(folder, names) {
  if (names.every(name => existsSync(join(folder, 'node_modules', name)))) return
  mkdirSync(folder, {recursive: true})
  process.stderr.write(`npm install --prefix ${folder} ${names.join(' ')}\n`)
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefix', folder,
                       ...names], {stdio: ['ignore', 'ignore', 'inherit']})
}

function usedBindings(text, bindings) {
  return Object.fromEntries(Object.entries(bindings).filter(([name]) =>
    new RegExp(`\\b${name}\\b`).test(text)))
}

// The smallest expression that differs, if possible without variables. A part
// of it may differ in whatever way: what is around it only follows from it.
async function shrink(found, ours, oracle) {
  const differ = (a, b) => compare(a, b) === 'differ'
  const smallest = async from => {
    for (let step = 0; step < SHRINK_STEPS; ++step) {
      const same = (a, b) => differ(a, b) && kindOf(a) === kindOf(from.ours) &&
        kindOf(b) === kindOf(from.theirs)
      const better =
        await firstThat(candidates(from, parts), differ, ours, oracle) ??
        await firstThat(candidates(from, smaller), same, ours, oracle)
      if (!better) break
      from = better
    }
    return from
  }
  const small = await smallest(found)
  const tree = inlined(small.tree, small.bindings)
  const constant = {tree, text: textOf(tree), bindings: {}}
  const differs = await firstThat([constant], differ, ours, oracle)
  return differs ? smallest(differs) : small
}

function* candidates(found, trees) {
  for (const tree of trees(found.tree)) {
    const text = textOf(tree)
    if (text.length >= found.text.length) continue
    yield {tree, text, bindings: usedBindings(text, found.bindings)}
  }
}

async function firstThat(some, accept, ours, oracle) {
  let batch = []
  const tryBatch = async () => {
    const answers = await ours.answers(batch)
    for (const [i, candidate] of batch.entries()) {
      const theirs = oracle.answer(candidate.text, candidate.bindings)
      if (accept(answers[i], theirs)) {
        return {...candidate, ours: answers[i], theirs}
      }
    }
    batch = []
    return null
  }
  for (const candidate of some) {
    if (batch.push(candidate) < SHRINK_BATCH) continue
    const better = await tryBatch()
    if (better) return better
  }
  return batch.length > 0 ? tryBatch() : null
}

function knownClass(oracle, {text, ours, theirs}) {
  return KNOWN.find(row => row.oracle === oracle.name &&
    row.text.test(text) && row.ours.test(ours) && row.theirs.test(theirs))
}

// Texts that are read as something else: each is a class of its own.
const TELLING = new Set(['whole_text', 'truth_text', 'time_text', 'span_text',
                         'clause', 'regex', 'zone'].flatMap(
  name => CONSTANTS[name]))

// Unexplained ones are put together by what is left without their constants.
function skeletonOf({text, ours, theirs}) {
  const shape = text
    .replace(/b?r?(['"])(?:\\.|(?!\1)[^\\])*\1/g,
             constant => TELLING.has(constant) ? constant : '_')
    .replace(/-?\b\d[\w.]*\b(?![^']*'(?:[^']*'[^']*')*[^']*$)/g, '#')
  return `${shape} | ${kindOf(ours)} | ${kindOf(theirs)}`
}

class Tally {
  constructor() { this.rows = new Map() }
  add(name, example) {
    const row = this.rows.get(name) ?? {count: 0, example}
    if (example && example.text.length < row.example.text.length) {
      row.example = example
    }
    row.count += 1
    this.rows.set(name, row)
  }
  sorted() { return [...this.rows].sort((a, b) => b[1].count - a[1].count) }
}

function show({text, bindings, ours, theirs}, name) {
  const where = Object.entries(bindings).map(([key, value]) =>
    `${key} = ${value}`).join(', ')
  return `      ${text}${where ? `    where ${where}` : ''}\n` +
         `        simwarden: ${ours}\n        ${name}: ${theirs}\n`
}

async function run(name, options) {
  const oracle = await ORACLES[name](options.modules)
  const modes = {ours: new Ours(options['cel-eval']),
                 unfolded: new Ours(options['cel-eval'], '--no-fold'),
                 checked: new Ours(options['cel-eval'], '--checked')}
  const generator = new Generator(name, options.seed, options.mistakes)
  const results = new Tally()
  const known = new Tally()
  const unexplained = new Tally()
  const own = new Tally()
  const notTaken = new Tally()
  const refused = new Tally()
  for (let done = 0; done < options.count; done += BATCH) {
    const cases = Array.from({length: Math.min(BATCH, options.count - done)},
      () => {
        const {tree, bindings} = generator.next()
        return {tree, text: textOf(tree), bindings}
      })
    const [ours, unfolded, checked] = await Promise.all(
      ['ours', 'unfolded', 'checked'].map(mode => modes[mode].answers(cases)))
    for (const [i, one] of cases.entries()) {
      const theirs = oracle.answer(one.text, one.bindings)
      const found = {...one, ours: ours[i], theirs}
      if (unfolded[i] !== ours[i]) {
        own.add('folding changes the answer', {...found, theirs: unfolded[i]})
      }
      if (checked[i] !== ours[i] && kindOf(checked[i]) !== 'invalid') {
        own.add('checking changes the answer', {...found, theirs: checked[i]})
      }
      if (kindOf(checked[i]) === 'invalid') refused.add(checked[i], found)
      const result = compare(found.ours, theirs)
      results.add(result)
      if (result === 'not taken') {
        notTaken.add(theirs.replace(/'[^']*'|\b\d+n?\b/g, '_').slice(0, 60), found)
      }
      if (result !== 'differ') continue
      const small = await shrink(found, modes.ours, oracle)
      const row = knownClass(oracle, small)
      if (row) known.add(row.id, small)
      else unexplained.add(skeletonOf(small), small)
    }
  }
  const stale = await staleRows(oracle, modes.ours)
  for (const mode of Object.values(modes)) mode.close()
  report(oracle, options, {results, known, unexplained, own, notTaken,
                           refused})
  for (const {id, example} of stale) {
    process.stdout.write(`  ${id} of known.mjs is out of date: ${example}\n`)
  }
  return unexplained.rows.size + own.rows.size + stale.length
}

// Rows whose example is answered alike by now, or is of another row.
async function staleRows(oracle, ours) {
  const rows = KNOWN.filter(row => row.oracle === oracle.name)
  const cases = rows.map(row => ({text: row.example, bindings: {}}))
  const answers = await ours.answers(cases)
  return rows.filter((row, i) => {
    const found = {...cases[i], ours: answers[i],
                   theirs: oracle.answer(row.example, {})}
    return compare(found.ours, found.theirs) !== 'differ' ||
      knownClass(oracle, found) !== row
  })
}

function report(oracle, {count, seed}, tallies) {
  const say = text => process.stdout.write(text)
  const of = name => tallies.results.rows.get(name)?.count ?? 0
  say(`${oracle.name} ${oracle.version}: ${count} expressions, seed ${seed}\n`)
  for (const name of ['same value', 'both errors', 'not taken', 'differ']) {
    say(`${String(of(name)).padStart(9)}  ${name}\n`)
  }
  const answered = of('same value') + of('both errors') + of('differ')
  say(`           ${(100 * (answered - of('differ')) / answered).toFixed(2)} % ` +
      'of what both answered is the same\n')
  say('  not taken, the most frequent reasons\n')
  for (const [what, {count: times, example}] of tallies.notTaken.sorted().slice(0, 5)) {
    say(`${String(times).padStart(9)}  ${what}\n      ${example.text}\n`)
  }
  say('  refused by our checker, by code\n')
  for (const [what, {count: times, example}] of tallies.refused.sorted()) {
    say(`${String(times).padStart(9)}  ${what}    ${example.text}\n`)
  }
  say('  explained\n')
  for (const [id, {count: times, example}] of tallies.known.sorted()) {
    const row = KNOWN.find(one => one.id === id)
    say(`${String(times).padStart(9)}  ${id} (right: ${row.right})\n`)
    say(show(example, oracle.name))
  }
  say(`  unexplained: ${tallies.unexplained.rows.size} classes\n`)
  for (const [shape, {count: times, example}] of tallies.unexplained.sorted()) {
    say(`${String(times).padStart(9)}  ${shape}\n${show(example, oracle.name)}`)
  }
  for (const [what, {count: times, example}] of tallies.own.sorted()) {
    say(`${String(times).padStart(9)}  OURS: ${what}\n${show(example, 'other way')}`)
  }
}

function printClasses() {
  for (const name of Object.keys(ORACLES)) {
    process.stdout.write(`\n### ${name}\n\n| | for example | right | why |\n` +
                         '|---|---|---|---|\n')
    for (const {id, oracle, example, right, why} of KNOWN) {
      if (oracle !== name) continue
      const who = right === 'oracle' ? name : right
      process.stdout.write(
        `| ${id} | \`${example.replaceAll('|', '\\|')}\` | ${who} | ${why} |\n`)
    }
  }
  return 0
}

async function answerOne(options) {
  const one = {text: options.expr, bindings: {}}
  const modes = {unchecked: [], checked: ['--checked'], 'not folded': ['--no-fold']}
  for (const [name, flags] of Object.entries(modes)) {
    const ours = new Ours(options['cel-eval'], ...flags)
    process.stdout.write(`simwarden, ${name}: ${await ours.answers([one])}\n`)
    ours.close()
  }
  for (const name of options.names) {
    const oracle = await ORACLES[name](options.modules)
    process.stdout.write(`${name}: ${oracle.answer(one.text, {})}\n`)
  }
  return 0
}

export async function main(argv) {
  const options = optionsOf(argv)
  if (!options) {
    process.stderr.write(USAGE)
    return 3
  }
  if (options.classes) return printClasses()
  try {
    install(options.modules, Object.keys(ORACLES))
    if (options.expr) return await answerOne(options)
    let wrong = 0
    for (const name of options.names) wrong += await run(name, options)
    return wrong === 0 ? 0 : 1
  } catch (error) {
    process.stderr.write(`cel_differential: ${error.message}\n`)
    return 5
  }
}
