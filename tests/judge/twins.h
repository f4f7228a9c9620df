// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <random>
#include <string>

#include <boost/test/unit_test.hpp>

#include "facts/loaded.h"
#include "intake/intake.h"
#include "judge/judge.h"
#include "policy/ruleset.h"
#include "record/verdict_json.h"

// Two ways to judge that must agree, and values to try them with.
namespace simwarden {

// Packs twice: rules behind their gates, and every rule asked.
struct Twins {
  FactSchema schema;
  std::shared_ptr<const Ruleset> ruleset;
  std::unique_ptr<Plan> gated;
  std::unique_ptr<Plan> open;
  std::unique_ptr<Judge> fast;
  std::unique_ptr<Judge> slow;

  Twins(const PolicyFiles& files, const std::string& path) {
    ruleset = load_packs(files, path, schema);
    gated = std::make_unique<Plan>(ruleset, schema);
    open = std::make_unique<Plan>(ruleset, schema, PlanOptions{.gates = false});
    fast = std::make_unique<Judge>(*gated, JudgeOptions{});
    slow = std::make_unique<Judge>(*open, JudgeOptions{});
  }

  void compare(const Record& record, const std::string& about,
               const WindowAnswers* windows = nullptr) {
    const std::string first = as_json(fast->judge(record, {}, windows));
    const std::string second = as_json(slow->judge(record, {}, windows));
    BOOST_REQUIRE_MESSAGE(first == second, about + "\n" + first + second);
    const auto& a = fast->outcomes();
    const auto& b = slow->outcomes();
    BOOST_REQUIRE_EQUAL(a.size(), b.size());
    for (size_t i = 0; i < a.size(); ++i) {
      const bool same = a[i].rule->rule->id == b[i].rule->rule->id &&
                        a[i].outcome == b[i].outcome &&
                        a[i].from == b[i].from && a[i].asked == b[i].asked &&
                        a[i].shadow == b[i].shadow;
      BOOST_REQUIRE_MESSAGE(same, a[i].rule->rule->id + ": " + about);
    }
  }

  static std::string as_json(const Verdict& verdict) {
    std::string out;
    append_json(out, verdict, {});
    return out;
  }
};

// Values that the rules ask about, and some that they do not.
inline Slot any_slot(Record& record, const Field& row, std::mt19937& random) {
  const auto one_of = [&](uint32_t count) {
    return static_cast<uint32_t>(random() % count);
  };
  Slot slot;
  switch (one_of(12)) {
    case 0: return slot;
    case 1: slot.state = SlotState::null; return slot;
    case 2: return record.make_invalid("?");
    default: break;
  }
  slot.state = SlotState::given;
  switch (row.type) {
    case FieldType::boolean: slot.boolean = one_of(2) == 1; return slot;
    case FieldType::number: slot.number = double(one_of(100)) / 20; return slot;
    case FieldType::choice:
      slot.integer = one_of(static_cast<uint32_t>(row.choices.size()));
      return slot;
    case FieldType::timestamp:
      slot.integer = 1'772'000'000 + static_cast<int64_t>(one_of(90 * 86400));
      return slot;
    case FieldType::date:
      slot.integer = 20'500 + static_cast<int64_t>(one_of(90));
      return slot;
    case FieldType::integer: slot.integer = one_of(8); return slot;
    case FieldType::text: break;
  }
  static constexpr std::string_view kTexts[] = {
      "", "x-1", "10086", "demo_agent", "https://pay.demo.example/a"};
  const bool own = row.example.empty() || one_of(2) == 0;
  return read_scalar(record, row, own ? kTexts[one_of(5)] : row.example);
}

}  // namespace simwarden
