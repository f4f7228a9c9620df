// SPDX-License-Identifier: Apache-2.0
#include "conformance/run_simple.h"

#include <map>

#include <fmt/format.h>

#include "cel/run/program.h"
#include "conformance/codec.h"
#include "conformance/world.h"

namespace conformance {
namespace {

using cel::Value;

constexpr cel::Fault kNotReadable{"a value of protobuf"};

struct Expected {
  bool error = false;
  bool check_only = false;
  Value value = Value::of_bool(true);  // when nothing is said
  std::string type;                    // empty: any
};

Expected expected_of(const Tree& tree, cel::Scratch& keep) {
  Expected expected;
  expected.error = tree.find("eval_error") || tree.find("any_eval_errors");
  expected.check_only = tree.is_true("check_only");
  expected.type = tree.text_of("type");
  const Tree* value = tree.find("value");
  if (const Tree* typed = tree.find("typed_result")) {
    value = typed->find("result");
    const Tree* deduced = typed->find("deduced_type");
    const cel::Type* type = deduced ? read_type(*deduced) : nullptr;
    expected.type = type ? type_text(type) : "a type of protobuf";
  }
  if (value) {
    expected.value =
        read_value(*value, keep).value_or(Value::of_error(&kNotReadable));
  }
  return expected;
}

std::string text_of(const Expected& expected) {
  std::string text = expected.error        ? "an error"
                     : expected.check_only ? "it compiles"
                                           : to_text(expected.value);
  if (!expected.type.empty()) text += " of type " + expected.type;
  return text;
}

// One way of compiling.
struct Got {
  bool compiled = false;
  bool as_expected = false;
  std::string text;
};

Got run_once(const Case& test, World& world, const Expected& expected,
             bool fold) {
  cel::CompileOptions options;
  options.checked = !test.tree.is_true("disable_check");
  options.macros = !test.tree.is_true("disable_macros");
  options.container = test.tree.text_of("container");
  options.fold = fold;
  simwarden::Issues issues;
  const auto program =
      cel::compile(test.expr, world.environment(), {}, issues, options);
  if (!program) return {false, false, render(issues)};
  const std::string type = type_text(program->type());
  const bool type_fits =
      expected.type.empty() || type == expected.type || !options.checked;
  if (expected.check_only) return {true, type_fits, "type " + type};
  cel::Scratch scratch;
  const Value value = program->evaluate(world, scratch);
  const bool fits =
      expected.error ? value.is(cel::Tag::error) : same(value, expected.value);
  const std::string text = to_text(value);
  const std::string together = ask_suite(*program, world);
  if (together != text) return {true, false, "in a suite " + together};
  return {true, fits && type_fits, fmt::format("{} of type {}", text, type)};
}

}  // namespace

Answer run_simple(const Case& test, const Leniency& lenient) {
  World world(test.tree);
  Answer answer;
  const Expected expected = expected_of(test.tree, world.keep());
  answer.error_wanted = expected.error;
  answer.expected = text_of(expected);
  if (!world.problem().empty()) {
    answer.got = world.problem();
    return answer;
  }
  const Got folded = run_once(test, world, expected, true);
  const Got plain = run_once(test, world, expected, false);
  answer.passed = folded.as_expected && plain.as_expected;
  if (lenient.early) answer.passed = expected.error && !folded.compiled;
  answer.got = folded.as_expected ? plain.text : folded.text;
  return answer;
}

}  // namespace conformance
