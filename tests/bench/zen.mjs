// SPDX-License-Identifier: Apache-2.0
// Those conditions of pack50 that ZEN can say, in ZEN, the rule engine of @gorules/zen-engine, over the
// same records, beside cel_js.mjs. They are one expression node of a decision
// whose content is compiled before. README.md of pack50 says what ZEN cannot
// say and how facts that are not recorded are treated.
import {readFileSync} from 'node:fs'

import {load, optionsOf, outcomesOf, readTimes, packText, rulesOf, say, time}
  from './pack50/engines.mjs'

const IN_FLIGHT = 64
// Facts that are times in CEL; for ZEN seconds, which it compares fastest.
const TIMES = [
  'created_at', 'verified_at', 'approved_at', 'activated_at',
  'history.latest_sim_change', 'recent.email_changed_at',
  'identity.document.expiry_date'].map(path => path.split('.'))

// What ZEN cannot compare when it is not recorded gets a value for which the
// condition does not hold.
const ABSENT = [
  ['request.identity.biometric.liveness_score', 0],
  ['request.identity.biometric.match_score', 2],
  ['request.identity.biometric.threshold', 0],
  ['request.recent.email_changed_at', 0]]

// CEL to ZEN, by the few forms that pack50 has; undefined for what has none.
function translated(condition) {
  if (/getHours|n\.sent_at|matches\(/.test(condition)) return undefined
  const units = {h: 3600, s: 1}
  let text = condition
    .replace(/duration\('(\d+)([hs])'\)/g, (_, n, unit) => String(n * units[unit]))
    .replace(/([a-z_.]+)\.size\(\)/g, 'len($1)')
  for (const [name, word] of [['exists', 'some'], ['all', 'all']]) {
    const call = new RegExp(`([a-z_.]+)\\.${name}\\((\\w), `)
    for (let found; (found = text.match(call));) {
      text = text.replace(call, `${word}($1, `)
        .replace(new RegExp(`\\b${found[2]}\\.`, 'g'), '#.')
    }
  }
  for (const [fact, value] of ABSENT) {
    text = text.replaceAll(fact, `(${fact} ?? ${value})`)
  }
  return text.replaceAll('&&', 'and').replaceAll('||', 'or')
    .replace(/!(?=[a-z])/g, 'not ')
}

const options = optionsOf('@gorules/zen-engine')
const {ZenEngine, ZenDecisionContent} =
  (await load(options.modules, '@gorules/zen-engine')).default
const rules = rulesOf(packText())
  .map(rule => ({...rule, zen: translated(rule.condition.trim())}))
  .filter(rule => rule.zen !== undefined)
const lines = readFileSync(options.records, 'utf8').trim().split('\n')

function read(line) {
  return {request: readTimes(JSON.parse(line), TIMES, 1000)}
}

const content = new ZenDecisionContent({
  nodes: [
    {id: 'in', name: 'in', type: 'inputNode'},
    {id: 'rules', name: 'rules', type: 'expressionNode', content: {
      expressions: rules.map(({id, zen}) =>
        ({id, key: id.replace('-', '_'), value: zen}))}},
    {id: 'out', name: 'out', type: 'outputNode'}],
  edges: [
    {id: '1', sourceId: 'in', targetId: 'rules', type: 'edge'},
    {id: '2', sourceId: 'rules', targetId: 'out', type: 'edge'}]})
const decision = new ZenEngine().createDecision(content)

// Evaluates all, as many at a time as keep it busy.
async function evaluateAll(facts, keep) {
  for (let i = 0; i < facts.length; i += IN_FLIGHT) {
    const some = await Promise.all(
      facts.slice(i, i + IN_FLIGHT).map(one => decision.evaluate(one)))
    if (keep) keep.push(...some.map(one => one.result))
  }
}

// A fact that is not recorded is no error in ZEN: what is undetermined is not
// compared.
function differences(outcomes, answers) {
  const different = new Map()
  let compared = 0
  outcomes.forEach((ours, i) => {
    for (const {id, kind} of rules) {
      const wanted = ours.get(id) ?? 'clear'
      if (wanted === 'undetermined') continue
      const holds = answers[i][id.replace('-', '_')] === true
      const theirs = (kind === 'flag') === holds ? 'hit' : 'clear'
      ++compared
      if (theirs === wanted) continue
      const what = `${id}: simwarden ${wanted}, ZEN ${theirs}`
      different.set(what, (different.get(what) ?? 0) + 1)
    }
  })
  return {compared, different: [...different]}
}

const records = lines.map(read)
const answers = []
await evaluateAll(records, answers)
const {rounds} = options
const every = lines.length
const figures = [
  ['JSON.parse and times', await time(rounds, every, () => {
    for (const line of lines) read(line)
  })],
  ['conditions', await time(rounds, every, () => evaluateAll(records))],
  ['everything', await time(rounds, every,
                            () => evaluateAll(lines.map(read)))],
]
say({
  engine: '@gorules/zen-engine', conditions: rules.length, records: every,
  bytes: Math.round(lines.join('').length / every), figures,
  notes: [`${IN_FLIGHT} records in flight`],
  ...differences(outcomesOf(options.simwarden, options.records), answers)
}, options.json)
