// SPDX-License-Identifier: Apache-2.0
// Values as cel::to_text() writes them, so that answers compare as text. Each
// oracle turns its values into [kind, content] first.

const NAMES = {7: 'a', 8: 'b', 12: 'f', 10: 'n', 13: 'r', 9: 't', 11: 'v',
  92: '\\', 39: "'"}

function escaped(text) {
  let out = ''
  for (const character of text) {
    const code = character.codePointAt(0)
    if (NAMES[code]) out += '\\' + NAMES[code]
    else if (code < 0x20 || code === 0x7F) out += hex(code)
    else out += character
  }
  return out
}

function hex(byte) { return '\\x' + byte.toString(16).padStart(2, '0') }

// The bytes of well-formed characters as characters, the others in hex.
function escapedBytes(bytes) {
  const decoder = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true})
  let out = ''
  for (let at = 0; at < bytes.length;) {
    let size = 0
    for (let length = 1; length <= 4 && !size; ++length) {
      try {
        const text = decoder.decode(bytes.subarray(at, at + length))
        if ([...text].length === 1 && at + length <= bytes.length) {
          out += escaped(text)
          size = length
        }
      } catch { /* not yet a character */ }
    }
    if (!size) out += hex(bytes[at])
    at += size || 1
  }
  return out
}

// Fixed or scientific, whichever is shorter, as std::to_chars chooses.
export function numberText(number) {
  if (Number.isNaN(number)) return "double('NaN')"
  if (!Number.isFinite(number)) {
    return `double('${number < 0 ? '-' : ''}Infinity')`
  }
  const [digits, power] = number.toExponential().split('e')
  const exponent = Number(power)
  const scientific = digits + 'e' + (exponent < 0 ? '-' : '+') +
    String(Math.abs(exponent)).padStart(2, '0')
  const sign = Object.is(number, -0) || number < 0 ? '-' : ''
  let fixed
  if (Number.isInteger(number)) {
    fixed = sign + String(BigInt(Math.abs(number)))
  } else if (exponent >= 0) {
    fixed = String(number)
  } else {
    const plain = digits.replace('-', '').replace('.', '')
    fixed = sign + '0.' + '0'.repeat(-exponent - 1) + plain
  }
  const signed = Object.is(number, -0) ? '-' + scientific : scientific
  const text = fixed.length <= signed.length ? fixed : signed
  return /[.e]/.test(text) ? text : text + '.0'
}

function fraction(nanos) {
  if (nanos === 0) return ''
  return '.' + String(nanos).padStart(9, '0').replace(/0+$/, '')
}

// Days to a date by the proleptic Gregorian calendar; Date does the years.
function timestampText({seconds, nanos}) {
  const date = new Date(Number(seconds) * 1000).toISOString()
  return date.replace(/\.\d+Z$/, '') + fraction(nanos) + 'Z'
}

function durationText({seconds, nanos}) {
  const total = seconds * 1000000000n + BigInt(nanos)
  const size = total < 0n ? -total : total
  return (total < 0n ? '-' : '') + String(size / 1000000000n) +
    fraction(Number(size % 1000000000n)) + 's'
}

const TYPES = {'google.protobuf.Timestamp': 'timestamp',
  'google.protobuf.Duration': 'duration', null_type: 'null_type'}

export function valueText(kind, content, nested) {
  switch (kind) {
    case 'null': return 'null'
    case 'bool': return String(content)
    case 'int': return String(content)
    case 'uint': return content + 'u'
    case 'double': return numberText(content)
    case 'string': return `'${escaped(content)}'`
    case 'bytes': return `b'${escapedBytes(content)}'`
    case 'timestamp': return `timestamp('${timestampText(content)}')`
    case 'duration': return `duration('${durationText(content)}')`
    case 'list': return `[${content.map(nested).join(', ')}]`
    case 'map':
      return `{${content.map(([key, value]) =>
        `${nested(key)}: ${nested(value)}`).join(', ')}}`
    case 'type': return TYPES[content] ?? content.replace(/[(<].*/, '')
    case 'optional':
      return content.length === 0 ? 'optional.none()'
        : `optional.of(${nested(content[0])})`
  }
  throw new Error(`no text for ${kind}`)
}
