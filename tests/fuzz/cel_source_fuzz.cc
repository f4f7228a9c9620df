// SPDX-License-Identifier: Apache-2.0
// Any text as an expression over a small schema whose facts are partly
// missing. Folded or not, the answer is the same, unless the budget of one
// evaluation is spent: each part that is folded has its own.
#include "cel/run/program.h"
#include "cel/value/faults.h"
#include "fuzz/input.h"

using namespace cel;

namespace {

class Shelf final : public Activation {
 public:
  Shelf() {
    const auto add = [this](const char* name, const Type* type,
                            const Value& value) {
      environment.add(
          Variable{name, type, static_cast<uint32_t>(values_.size()), {}});
      values_.push_back(value);
    };
    const Value words[] = {Value::of_string("lost"), Value::of_string("a@b")};
    add("s", string_type(), Value::of_string("Demo 飞机 text"));
    add("i", int_type(), Value::of_int(-7));
    add("u", uint_type(), Value::of_uint(7));
    add("d", double_type(), Value::of_number(1.5));
    add("b", bool_type(), Value::of_bool(true));
    add("y", bytes_type(), Value::of_bytes("\xff\0z"));
    add("t", timestamp_type(), Value::of_timestamp(1'772'000'000, 5));
    add("w", duration_type(), Value::of_duration(90'000'000'000));
    add("l", list_type(string_type()), keep_.make_list(words));
    add("m", map_type(string_type(), string_type()),
        keep_.make_map(words, words));
    add("any", dyn_type(), keep_.make_list(words));
    add("gone", string_type(), keep_.make_missing(11, 0));
  }
  Value fact(uint32_t slot, Scratch&) override { return values_[slot]; }

  Environment environment;

 private:
  std::vector<Value> values_;
  Scratch keep_;
};

std::string answer(std::string_view source, const CompileOptions& options) {
  static Shelf shelf;
  static Scratch scratch;
  simwarden::Issues issues;
  const auto program = compile(source, shelf.environment, {}, issues, options);
  CHECK((program != nullptr) != issues.has_errors(), "a program or a reason");
  if (program == nullptr) return "issues: " + render(issues);
  scratch.clear();
  const std::string first = to_text(program->evaluate(shelf, scratch));
  CHECK(first == to_text(program->evaluate(shelf, scratch)), "pure");
  return first;
}

}  // namespace

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view source = simwarden::fuzz::as_text(data, size);
  const std::string folded = answer(source, {});
  const std::string plain = answer(source, {.fold = false});
  const bool spent = plain.find(kTooManySteps.what) != std::string::npos ||
                     plain.find(kTooBig.what) != std::string::npos;
  CHECK(spent || folded == plain, "folding changes nothing");
  (void)answer(source, {.checked = false});
  (void)answer(source, {.checked = false, .macros = false, .container = "m.n"});
  (void)answer(source, {.result = bool_type()});
  return 0;
}
