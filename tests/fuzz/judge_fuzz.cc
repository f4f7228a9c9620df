// SPDX-License-Identifier: Apache-2.0
// A record through the shipped packs: JSON, or a text that becomes a message.
// Twice the same verdict, with the prefilter and gates and without them.
#include "fuzz/input.h"
#include "intake/intake.h"
#include "judge/judge.h"
#include "notation/json_text.h"
#include "record/verdict_json.h"

using namespace simwarden;

namespace {

std::shared_ptr<const Ruleset> shipped(const FactSchema& schema) {
  LoadOptions load;
  load.paths = {SIMWARDEN_SOURCE_DIR "/policies"};
  load.request_facts = &schema.environment(Kind::request);
  load.message_facts = &schema.environment(Kind::message);
  load.schema_slots = schema.slots();
  Issues issues;
  auto ruleset = load_ruleset(*disk_files(), load, issues);
  CHECK(ruleset.ok() && *ruleset != nullptr, "the shipped packs are right");
  return *ruleset;
}

Item read(std::string_view input) {
  if (input.starts_with('{')) return parse_json(input, {});
  std::string json = R"({"kind":"message","id":"fuzz","text":)";
  append_json_string(json, input);
  return parse_json(json + "}", {});
}

std::string verdict(Judge& judge, const Record& record) {
  std::string out;
  append_json(out, judge.judge(record), {});
  return out;
}

}  // namespace

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const FactSchema kSchema;
  static const auto kRuleset = shipped(kSchema);
  static const Plan kFast(kRuleset, kSchema);
  static const Plan kSlow(kRuleset, kSchema,
                          {.prefilter = false, .gates = false});
  static Judge fast(kFast, {});
  static Judge slow(kSlow, {});
  const Item item = read(fuzz::as_text(data, size));
  if (item.bad) return 0;
  const std::string first = verdict(fast, item.record);
  CHECK(first == verdict(fast, item.record), "twice the same");
  CHECK(first == verdict(slow, item.record),
        "with and without prefilter and gates");
  return 0;
}
