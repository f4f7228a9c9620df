// SPDX-License-Identifier: Apache-2.0
// A record through the packs of this folder, which hold a rule for each way
// in which a record is asked: JSON, or a text that becomes a message. Twice the
// same verdict, with the prefilter and gates and without them. The shipped
// packs, of which each answer takes a hundred times as long, judge some of the
// inputs.
#include <functional>

#include "facts/loaded.h"
#include "fuzz/input.h"
#include "intake/intake.h"
#include "judge/judge.h"
#include "notation/json_text.h"
#include "record/verdict_json.h"

using namespace simwarden;

namespace {

// One input of so many goes to the shipped packs too, told by its hash: what is
// new about one brings none like it along.
constexpr size_t kShippedEvery = 64;

std::shared_ptr<const Ruleset> loaded(const char* packs,
                                      const FactSchema& schema) {
  LoadOptions load = load_options({packs}, schema);
  load.extra_lists = {SIMWARDEN_SOURCE_DIR "/policies/lists"};
  Issues issues;
  auto ruleset = load_ruleset(*disk_files(), load, issues);
  CHECK(ruleset.ok() && *ruleset != nullptr, "the packs are right");
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

// Two plans of the same packs.
class Court {
 public:
  Court(const char* packs, const FactSchema& schema)
      : ruleset_(loaded(packs, schema)),
        fast_plan_(ruleset_, schema),
        slow_plan_(ruleset_, schema, {.prefilter = false, .gates = false}),
        fast_(fast_plan_, {}),
        slow_(slow_plan_, {}) {}

  void hold(const Record& record) {
    const std::string first = verdict(fast_, record);
    CHECK(first == verdict(fast_, record), "twice the same");
    CHECK(first == verdict(slow_, record),
          "with and without prefilter and gates");
  }

 private:
  std::shared_ptr<const Ruleset> ruleset_;
  Plan fast_plan_;
  Plan slow_plan_;
  Judge fast_;
  Judge slow_;
};

struct Courts {
  FactSchema schema;
  Court small{SIMWARDEN_SOURCE_DIR "/tests/fuzz/packs", schema};
  Court shipped{SIMWARDEN_SOURCE_DIR "/policies", schema};
};

Courts& courts() {
  static Courts all;
  return all;
}

}  // namespace

// What is built once is not of the first input's time.
extern "C" int LLVMFuzzerInitialize(int*, char***) {
  courts();
  return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view input = fuzz::as_text(data, size);
  const Item item = read(input);
  if (item.bad) return 0;
  courts().small.hold(item.record);
  const size_t hash = std::hash<std::string_view>{}(input);
  if (hash % kShippedEvery == 0) courts().shipped.hold(item.record);
  return 0;
}
