// SPDX-License-Identifier: Apache-2.0
// The fifty conditions of pack50 as plain JavaScript, one function, over the
// same records, beside cel_js.mjs: no engine, no reasons, what a programmer
// would write who knows the rules beforehand. pack50/languages.py writes it.
import {execFileSync} from 'node:child_process'
import {readFileSync} from 'node:fs'

import {optionsOf, outcomesOf, readTimes, say, time} from './pack50/engines.mjs'

const LANGUAGES = new URL('pack50/languages.py', import.meta.url).pathname
const TIMES = [
  'created_at', 'verified_at', 'approved_at', 'activated_at',
  'history.latest_sim_change', 'recent.email_changed_at',
  'identity.document.expiry_date'].map(path => path.split('.'))

// Milliseconds for times.
function read(line) {
  const request = readTimes(JSON.parse(line), TIMES)
  for (const notice of request.notifications ?? []) {
    notice.sent_at = Date.parse(notice.sent_at)
  }
  return request
}

const options = optionsOf()
const source = execFileSync('python3', ['-B', LANGUAGES, 'javascript'],
                            {encoding: 'utf8'})
const {rules, ask} = await import(
  'data:text/javascript,' + encodeURIComponent(source))
const lines = readFileSync(options.records, 'utf8').trim().split('\n')
const records = lines.map(read)

// What is not recorded is undefined, for which most comparisons do not hold:
// what is undetermined in simwarden is not compared.
function differences(outcomes) {
  const different = new Map()
  let compared = 0
  const answers = []
  outcomes.forEach((ours, i) => {
    ask(records[i], answers)
    rules.forEach(({id, kind}, r) => {
      const wanted = ours.get(id) ?? 'clear'
      if (wanted === 'undetermined') return
      const theirs = (kind === 'flag') === Boolean(answers[r]) ? 'hit' : 'clear'
      ++compared
      if (theirs === wanted) return
      const what = `${id}: simwarden ${wanted}, JavaScript ${theirs}`
      different.set(what, (different.get(what) ?? 0) + 1)
    })
  })
  return {compared, different: [...different]}
}

const answers = []
const {rounds} = options
const every = lines.length
const figures = [
  ['JSON.parse', await time(rounds, every, () => {
    for (const line of lines) JSON.parse(line)
  })],
  ['JSON.parse and times', await time(rounds, every, () => {
    for (const line of lines) read(line)
  })],
  ['conditions', await time(rounds, every, () => {
    for (const facts of records) ask(facts, answers)
  })],
  ['everything', await time(rounds, every, () => {
    for (const line of lines) ask(read(line), answers)
  })],
]
say({
  engine: 'plain JavaScript', conditions: rules.length, records: every,
  bytes: Math.round(lines.join('').length / every), figures,
  notes: ['a function without reasons, points or undetermined answers'],
  ...differences(outcomesOf(options.simwarden, options.records))
}, options.json)
