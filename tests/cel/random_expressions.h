// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cel/desk.h"

// Random expressions over the facts of a Desk, and random records.
namespace cel {

class Dice {
 public:
  explicit Dice(uint64_t seed) : state_(seed) {}
  uint64_t below(uint64_t bound) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return (state_ >> 33) % bound;
  }
  template <size_t kCount>
  std::string one_of(const char* const (&texts)[kCount]) {
    return texts[below(kCount)];
  }

 private:
  uint64_t state_;
};

// Expressions of a wanted type; $ in a fragment is a further one, of the type
// that its letter says: $b bool, $i int, $d double, $s string, $l list(string).
// Few fragments, so that expressions of one set have much in common.
class Writer {
 public:
  explicit Writer(Dice& dice) : dice_(dice) {}

  std::string write(char type, int depth) {
    const std::string pattern = depth > 0 ? branch(type) : leaf(type);
    std::string out;
    for (size_t i = 0; i < pattern.size(); ++i) {
      if (pattern[i] != '$') {
        out += pattern[i];
      } else {
        out += write(pattern[++i], depth - 1);
      }
    }
    return out;
  }

 private:
  std::string leaf(char type) {
    switch (type) {
      case 'b':
        return dice_.one_of({"ok", "true", "has(request.channel.id)",
                             "count == 3", "reason == 'lost'", "1 / 0 > 0",
                             "text == reason"});
      case 'i':
        return dice_.one_of({"count", "1", "7", "size(tags)", "count + 1",
                             "ages['demo']", "1 / (count - 3)"});
      case 'd': return dice_.one_of({"amount", "tariff", "2.5", "0.0"});
      case 's':
        return dice_.one_of({"text", "reason", "'lost'", "request.channel.id",
                             "'a'", "request.links[0].kind"});
      default:
        return dice_.one_of(
            {"tags", "['a', 'lost']", "[text]", "[reason, text]"});
    }
  }

  std::string branch(char type) {
    switch (type) {
      case 'b':
        return dice_.one_of({"($b && $b)",
                             "($b || $b)",
                             "!($b)",
                             "($b ? $b : $b)",
                             "($i == $i)",
                             "($i < $i)",
                             "($d > $d)",
                             "($s == $s)",
                             "($s in $l)",
                             "$s.contains($s)",
                             "$s.matches('^[a-z]+$')",
                             "$s.matches($s)",
                             "in_list('shops', $s)",
                             "$l.exists(x, x == $s)",
                             "$l.all(x, x != $s && $b)",
                             "$l.exists_one(y, y == $s)",
                             "request.links.exists(l, l.port == $i)",
                             "request.links.all(l, l.url.startsWith($s) || $b)",
                             "cel.bind(v, $i, v == $i || v > 3)",
                             "sets.intersects($l, $l)",
                             "(any == $i)",
                             "(at < timestamp('2026-10-01T00:00:00Z'))",
                             "(at + wait > at)",
                             "($l == $l)"});
      case 'i':
        return dice_.one_of({"($i + $i)", "($i * $i)", "($i / $i)", "size($s)",
                             "size($l)", "($b ? $i : $i)",
                             "cel.bind(w, $s, size(w) + size($s))",
                             "math.greatest($i, $i)",
                             "$l.map(x, size(x) + $i)[0]", "$s.indexOf($s)"});
      case 'd':
        return dice_.one_of({"($d + $d)", "($d / $d)", "double($i)",
                             "math.abs($d)", "($b ? $d : $d)"});
      case 's':
        return dice_.one_of({"($s + $s)", "$s.lowerAscii()", "$l.join('-')",
                             "$l.map(x, x + $s).join()", "$l[0]",
                             "request.channel.?id.orValue($s)", "string($i)",
                             "($b ? $s : $s)", "'%s!'.format([$s])",
                             "$s.replace('a', $s)"});
      default:
        return dice_.one_of({"[$s, $s]", "$l.filter(x, x != $s)",
                             "$l.map(x, x + $s)", "($l + $l)", "$s.split('a')",
                             "$l.distinct()", "$l.sort()"});
    }
  }

  Dice& dice_;
};

// Every fact of a record is there, or not, or, with `any_type`, of another type
// than declared.
inline void shuffle_facts(Desk& desk, Dice& dice, Scratch& memory,
                          bool any_type = true) {
  memory.clear();
  const auto set = [&](const char* name, std::vector<Value> values) {
    const uint64_t pick = dice.below(values.size() + 2);
    if (pick < values.size()) desk.set(name, values[pick]);
    if (pick == values.size()) desk.forget(name);
    if (pick > values.size()) {
      desk.set(name, any_type && dice.below(4) == 0 ? Value() : values[0]);
    }
  };
  const auto texts = [&](std::vector<Value> items) {
    return memory.make_list(items);
  };
  const Value a = Value::of_string("a");
  const Value lost = Value::of_string("lost");
  const Value unknown = memory.make_missing(desk.slot("tags"), 1);
  set("count", {Value::of_int(3), Value::of_int(-1), Value::of_int(INT64_MAX)});
  set("amount", {Value::of_number(25), Value::of_number(0)});
  set("tariff", {Value::of_number(2.5), Value::of_number(0)});
  set("ok", {Value::of_bool(true), Value::of_bool(false)});
  set("text", {a, lost, Value::of_string("caf\xC3\xA9"), Value::of_string("")});
  set("reason", {lost, Value::of_string("stolen")});
  set("any", {Value::of_int(3), lost, Value()});
  set("at", {Value::of_timestamp(1'790'000'000, 5)});
  set("wait", {Value::of_duration(1), Value::of_duration(INT64_MAX)});
  set("tags", {texts({a, lost}), texts({}), texts({a, unknown, lost})});
  set("request.channel.id", {a, lost});
}

}  // namespace cel
