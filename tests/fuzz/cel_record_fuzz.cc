// SPDX-License-Identifier: Apache-2.0
// An expression about a record. Parts: the expression, the record as JSON.
#include "facts/facts.h"
#include "fuzz/input.h"
#include "intake/intake.h"

using namespace simwarden;

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const FactSchema kSchema;
  static const Registry kRegistry;
  static Facts facts(kSchema, kRegistry);
  static cel::Scratch scratch;
  const auto parts = fuzz::parts_of(fuzz::as_text(data, size), 2);
  const Item item = parse_json(parts[1], {});
  if (item.bad) return 0;
  Issues issues;
  const auto program = cel::compile(
      parts[0], kSchema.environment(item.record.kind()), {}, issues);
  CHECK((program != nullptr) != issues.has_errors(), "a program or a reason");
  if (program == nullptr) return 0;

  facts.look_at(item.record, "US");
  scratch.clear();
  const cel::Value value = program->evaluate(facts, scratch);
  const std::string text = to_text(value);
  if (value.is(cel::Tag::missing)) {
    for (const uint32_t slot : missing_slots(value.as_missing())) {
      CHECK(slot < kSchema.slots(), "only facts can be missing");
    }
  }
  CHECK(text == to_text(program->evaluate(facts, scratch)), "pure");
  return 0;
}
