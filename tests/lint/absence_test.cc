// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cel/run/program.h"
#include "lint/desk.h"

// Random rules over a few facts, each of which can be absent: what a lint says
// of two conditions, or of a part of one, holds for every record.
namespace simwarden {
namespace {

using Record = std::map<uint32_t, cel::Value>;

class Recorded final : public cel::Activation {
 public:
  explicit Recorded(const Record& record) : record_(record) {}
  cel::Value fact(uint32_t slot, cel::Scratch& scratch) override {
    const auto found = record_.find(slot);
    return found == record_.end() ? scratch.make_missing(slot, 1)
                                  : found->second;
  }

 private:
  const Record& record_;
};

class Dice {
 public:
  explicit Dice(uint64_t seed) : state_(seed) {}
  size_t below(size_t bound) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return (state_ >> 33) % bound;
  }

 private:
  uint64_t state_;
};

std::string condition(Dice& dice, int depth) {
  static constexpr std::string_view kAtoms[] = {
      "request.reason != 'stolen'",
      "request.reason == 'lost'",
      "has(request.reason)",
      "!has(request.reason)",
      "request.agent.registered",
      "!request.agent.registered",
      "has(request.agent.registered)",
      "request.history.sim_swaps_30d > 1",
      "request.history.sim_swaps_30d < 3",
      "has(request.history.sim_swaps_30d)",
      "request.?reason.orValue('lost') == 'lost'",
      "6 / (request.history.sim_swaps_30d - 1) > 3",
      "['lost', 'stolen'].exists(r, r == request.reason)",
      "request.reason in ['lost', 'stolen']"};
  if (depth == 0) return std::string(kAtoms[dice.below(std::size(kAtoms))]);
  const std::string left = condition(dice, depth - 1);
  const std::string right = condition(dice, int(dice.below(size_t(depth))));
  switch (dice.below(7)) {
    case 0: return "!(" + left + ")";
    case 1:
      return "(" + left + " ? " + right + " : " + condition(dice, 0) + ")";
    case 2:
    case 3: return "(" + left + " && " + right + ")";
    default: return "(" + left + " || " + right + ")";
  }
}

// Random rules as one pack, its findings, and all records that the atoms can
// tell apart.
class Court {
 public:
  explicit Court(Dice& dice) {
    sample::MapFiles files;
    files.put("p/demo/pack.yaml", pack_of(dice));
    Issues issues;
    PolicySources sources;
    const auto made =
        load_ruleset(files, load_options({"p"}, schema()), issues, &sources);
    BOOST_REQUIRE_MESSAGE(made.ok() && *made, render(issues));
    ruleset_ = *made;
    for (const Rule& rule : ruleset_->packs[0].rules) rules_[rule.id] = &rule;
    const Reading reading(*ruleset_, sources, *parse_date(desk::kAsOf));
    findings_ = lint(reading, issues);
    make_records();
  }

  const std::vector<Issue>& findings() const { return findings_; }
  const Rule& rule(const std::string& id) const { return *rules_.at(id); }
  const std::vector<Record>& records() const { return records_; }

  static cel::Value answer(const cel::Program& program, const Record& record,
                           cel::Scratch& scratch) {
    Recorded facts(record);
    return program.evaluate(facts, scratch);
  }
  static bool hits(const Rule& rule, const Record& record) {
    cel::Scratch scratch;
    if (rule.applies) {
      const auto guard = answer(*rule.applies->program, record, scratch);
      if (guard.is_false() || (!guard.is_true() && !rule.duty)) return false;
    }
    const auto is = answer(*rule.condition.program, record, scratch);
    return is.is_true() != rule.duty;
  }
  static bool guarded(const Rule& rule, const Record& record) {
    cel::Scratch scratch;
    return answer(*rule.applies->program, record, scratch).is_true();
  }
  std::unique_ptr<const cel::Program> part(const Issue& issue) const {
    const std::string text =
        issue.line_text.substr(issue.place.column - 1, issue.place.width);
    Issues why;
    auto made = cel::compile(text, *environment(), {}, why);
    BOOST_REQUIRE_MESSAGE(made, text);
    return made;
  }

 private:
  static const FactSchema& schema() {
    static const FactSchema kSchema;
    return kSchema;
  }
  static const cel::Environment* environment() {
    static const auto options = load_options({"p"}, schema());
    return options.request_facts;
  }

  static std::string varying(Dice& dice) {
    for (;;) {
      std::string text = condition(dice, 1 + int(dice.below(3)));
      Issues why;
      if (cel::compile(text, *environment(), {}, why,
                       {.result = cel::bool_type()})) {
        return text;
      }
    }
  }
  static std::string pack_of(Dice& dice) {
    std::string rules;
    for (int i = 0; i < 40; ++i) {
      std::string more;
      if (dice.below(4) == 0) more = "applies: \"" + varying(dice) + "\"\n    ";
      const char* key = dice.below(2) == 0 ? "flag: \"" : "require: \"";
      rules += sample::rule("A-" + std::to_string(i),
                            more + key + varying(dice) + "\"");
    }
    return sample::pack("request", rules);
  }

  void make_records() {
    const auto slot = [](const char* name) {
      return environment()->find(name)->slot;
    };
    using Values = std::vector<std::optional<cel::Value>>;
    const Values reasons = {std::nullopt, cel::Value::of_string("lost"),
                            cel::Value::of_string("stolen"),
                            cel::Value::of_string("upgrade")};
    const Values known = {std::nullopt, cel::Value::of_bool(true),
                          cel::Value::of_bool(false)};
    const Values swaps = {std::nullopt, cel::Value::of_int(1),
                          cel::Value::of_int(2), cel::Value::of_int(3)};
    for (const auto& reason : reasons) {
      for (const auto& registered : known) {
        for (const auto& count : swaps) {
          Record made;
          if (reason) made[slot("request.reason")] = *reason;
          if (registered) made[slot("request.agent.registered")] = *registered;
          if (count) made[slot("request.history.sim_swaps_30d")] = *count;
          records_.push_back(std::move(made));
        }
      }
    }
  }

  std::shared_ptr<const Ruleset> ruleset_;
  std::map<std::string, const Rule*> rules_;
  std::vector<Issue> findings_;
  std::vector<Record> records_;
};

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find_first_of(" ,", at), text.size());
    words.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

bool says(const Issue& issue, std::string_view what) {
  return issue.message.find(what) != std::string::npos;
}

// wherever A-1 hits, A-2 hits too …
bool shadow_holds(const Court& court, const Issue& issue) {
  const auto words = words_of(issue.message);
  const Rule& narrow = court.rule(words[1]);
  const Rule& wide = court.rule(words[4]);
  return std::all_of(court.records().begin(), court.records().end(),
                     [&](const Record& record) {
                       return !Court::hits(narrow, record) ||
                              Court::hits(wide, record);
                     });
}

// where this guard holds, A-1 never hits
bool guard_holds(const Court& court, const Issue& issue) {
  const Rule& rule = court.rule(words_of(issue.message)[5]);
  const bool always = says(issue, "always");
  return std::all_of(court.records().begin(), court.records().end(),
                     [&](const Record& record) {
                       if (always && !Court::guarded(rule, record)) return true;
                       return Court::hits(rule, record) == always;
                     });
}

// this part of A-1 is never true
bool part_holds(const Court& court, const Issue& issue) {
  const auto part = court.part(issue);
  return std::all_of(court.records().begin(), court.records().end(),
                     [&](const Record& record) {
                       cel::Scratch scratch;
                       const auto is = Court::answer(*part, record, scratch);
                       if (says(issue, "never true")) return !is.is_true();
                       return says(issue, "always true") ? is.is_true()
                                                         : !is.is_false();
                     });
}

// Somebody who asks with has() knows of blanks, and is told of none.
bool asks_nowhere(const Court& court, const Issue& issue) {
  const Record nothing;
  cel::Scratch scratch;
  const bool has =
      issue.line_text.substr(issue.place.column - 1, issue.place.width)
          .find("has(") != std::string::npos;
  return !says(issue, "never false") || !has ||
         !Court::answer(*court.part(issue), nothing, scratch).is_false();
}

BOOST_AUTO_TEST_CASE(what_lints_say_of_conditions_holds_for_every_record) {
  Dice dice(11);
  std::map<std::string, size_t> told;
  for (int round = 0; round < 30; ++round) {
    const Court court(dice);
    for (const Issue& issue : court.findings()) {
      BOOST_TEST_CONTEXT(render(issue)) {
        ++told[issue.code];
        if (issue.code == "L121") BOOST_TEST(shadow_holds(court, issue));
        if (issue.code == "L122") BOOST_TEST(guard_holds(court, issue));
        if (issue.code == "L123") {
          BOOST_TEST(part_holds(court, issue));
          BOOST_TEST(asks_nowhere(court, issue));
        }
      }
    }
  }
  for (const char* code : {"L121", "L122", "L123"}) {
    BOOST_TEST(told[code] > 5u, code << " " << told[code]);
  }
}

}  // namespace
}  // namespace simwarden
