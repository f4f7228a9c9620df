// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <boost/test/unit_test.hpp>

#include "facts/loaded.h"
#include "intake/intake.h"
#include "judge/judge.h"
#include "policy/sample.h"
#include "record/verdict_json.h"

namespace simwarden {

// A court: a ruleset of one pack and what it takes to judge with it.
struct Court {
  FactSchema schema;
  std::unique_ptr<Plan> plan;
  std::unique_ptr<Judge> judge;
  Item item;  // the last one: outcomes() looks at it

  Court(std::string_view asks, const std::string& rules,
        const std::string& before = "", PlanOptions options = {},
        const std::string& waivers = "") {
    sample::MapFiles shelf;
    if (!waivers.empty()) shelf.put("p/waivers.yaml", waivers);
    shelf.put("p/demo/pack.yaml", sample::pack(asks, rules, before));
    shelf.put("p/profiles/generic.yaml",
              "profile: generic\ntitle: G\nstatus: example\ncountry: ''\n");
    plan =
        std::make_unique<Plan>(load_packs(shelf, "p", schema), schema, options);
    judge = std::make_unique<Judge>(*plan, JudgeOptions{});
  }

  Verdict operator()(std::string_view json) {
    item = parse_json(json, {});
    BOOST_REQUIRE_MESSAGE(!item.bad.has_value(),
                          (item.bad ? item.bad->message : ""));
    return judge->judge(item.record);
  }

  std::string outcome(const std::string& id) const {
    for (const auto& asked : judge->outcomes()) {
      if (asked.rule->rule->id == id)
        return std::string(name_of(asked.outcome));
    }
    return "not asked";
  }
};

inline std::string as_json(const Verdict& verdict) {
  std::string out;
  append_json(out, verdict, {});
  return out;
}

}  // namespace simwarden
