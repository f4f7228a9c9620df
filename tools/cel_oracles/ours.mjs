// SPDX-License-Identifier: Apache-2.0
// cel_eval as a running process: lines in, answers out, in order.
import {spawn} from 'node:child_process'
import {createInterface} from 'node:readline'

export class Ours {
  constructor(program, ...options) {
    this.process = spawn(program, options,
                         {stdio: ['pipe', 'pipe', 'inherit']})
    this.lines = createInterface({input: this.process.stdout})
    this.waiting = []
    this.lines.on('line', line => this.waiting.shift()?.resolve(line))
    this.process.on('close', () => {
      for (const {reject} of this.waiting) {
        reject(new Error(`${program} ended before it had answered`))
      }
    })
    this.process.on('error', error => {
      for (const {reject} of this.waiting) reject(error)
    })
  }

  // cases: [{text, bindings}]
  answers(cases) {
    const answers = cases.map(() => new Promise((resolve, reject) =>
      this.waiting.push({resolve, reject})))
    this.process.stdin.write(cases.map(({text, bindings}) =>
      JSON.stringify({expr: text, bindings}) + '\n').join(''))
    return Promise.all(answers)
  }

  close() { this.process.stdin.end() }
}
