// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cerrno>
#include <filesystem>

#include <fmt/format.h>

#include "app/options.h"
#include "app/output.h"
#include "diag/trouble.h"
#include "guide/guide.h"
#include "house/house.h"
#include "judge/judge.h"
#include "judge/masked.h"
#include "judge/secrets.h"
#include "policy/pack_tests.h"
#include "privacy/masks.h"
#include "terminal/terminal.h"
#include "trial/case_run.h"

// policy docs: the cases that show a rule best are judged, the rest is the
// guide's.
namespace simwarden {
namespace {

namespace fs = std::filesystem;

bool names(const std::vector<std::string>& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

size_t rules_named(const PackCase& wanted) {
  return wanted.hit.size() + wanted.clear.size() +
         wanted.not_applicable.size() + wanted.undetermined.size() +
         (wanted.only ? wanted.only->size() : 0);
}

// Of the cases that name the rule so, the one that is most about it: that
// names the fewest rules; the first of several.
class BestCase {
 public:
  void offer(const PackCase& wanted) {
    if (best_ != nullptr && rules_named(*best_) <= rules_named(wanted)) return;
    best_ = &wanted;
  }
  const PackCase* get() const { return best_; }

 private:
  const PackCase* best_ = nullptr;
};

struct BestCases {
  BestCase hit;
  BestCase clear;
  BestCase other;
};

BestCases best_cases(const PackCases& pack, const std::string& rule) {
  BestCases best;
  for (const PackCase& wanted : pack.cases) {
    const bool hits =
        names(wanted.hit, rule) || (wanted.only && names(*wanted.only, rule));
    if (hits) best.hit.offer(wanted);
    if (names(wanted.clear, rule)) best.clear.offer(wanted);
    const bool other =
        names(wanted.not_applicable, rule) || names(wanted.undetermined, rule);
    if (other) best.other.offer(wanted);
  }
  return best;
}

class ExampleMaker {
 public:
  ExampleMaker(const House& house, const std::string& language)
      : house_(house), runner_(house.plan(), language) {}

  std::optional<Example> make(const PackCases& pack, const PackCase* wanted,
                              const Rule& rule) {
    if (wanted == nullptr) return std::nullopt;
    CaseResult result = runner_.run(pack, *wanted);
    if (!result.verdict) return std::nullopt;
    Example made;
    made.name = wanted->name;
    made.verdict = std::move(*result.verdict);
    made.profile = result.profile;
    made.earlier = wanted->earlier.size();
    for (const auto& figure : wanted->windows) {
      made.figures.push_back(figure.first);
    }
    for (const auto& asked : runner_.judge()->outcomes()) {
      if (asked.rule->rule->id == rule.id) made.outcome = asked.outcome;
    }
    add_text(made);
    add_facts(runner_.record(), rule, made);
    return made;
  }

 private:
  void add_text(Example& made) {
    const Record& record = runner_.record();
    const auto text = find_field(record.kind(), "text");
    if (!text) return;
    const Slot& slot = record.slot(*text);
    if (slot.state != SlotState::given) return;
    made.text = mask_text(record.text(slot),
                          secrets_in(runner_.judge()->bench().facts(), "text"));
  }

  void add_facts(const Record& record, const Rule& rule, Example& made) const {
    std::vector<uint32_t> slots;
    for (const Condition* condition :
         {rule.applies ? &*rule.applies : nullptr, &rule.condition}) {
      if (condition == nullptr || condition->program == nullptr) continue;
      const auto read = condition->program->slots();
      slots.insert(slots.end(), read.begin(), read.end());
    }
    std::sort(slots.begin(), slots.end());
    slots.erase(std::unique(slots.begin(), slots.end()), slots.end());
    for (const uint32_t slot : slots) add_fact(record, slot, made);
  }

  // Single fields only: what is worked out is told by the findings.
  void add_fact(const Record& record, uint32_t slot, Example& made) const {
    if (slot >= house_.ruleset().schema_slots) return;
    const Field* row = house_.schema().field_of(slot);
    if (row == nullptr) return;
    const auto id = find_field(record.kind(), row->name);
    if (!id || row->group != kNoGroup || row->list) return;
    const Slot& held = record.slot(*id);
    const bool there =
        held.state == SlotState::given || held.state == SlotState::invalid;
    made.facts.emplace_back(house_.schema().name(slot),
                            there ? masked(record, *row, held) : "");
  }

  const House& house_;
  CaseRunner runner_;
};

std::map<std::string, RuleExamples> make_examples(
    const House& house, const std::vector<PackCases>& cases,
    const std::string& language) {
  std::map<std::string, RuleExamples> examples;
  ExampleMaker maker(house, language);
  for (size_t i = 0; i < cases.size(); ++i) {
    for (const Rule& rule : house.ruleset().packs[i].rules) {
      const BestCases best = best_cases(cases[i], rule.id);
      RuleExamples& made = examples[rule.id];
      made.hit = maker.make(cases[i], best.hit.get(), rule);
      const PackCase* other = best.clear.get();
      if (other == nullptr) other = best.other.get();
      made.other = maker.make(cases[i], other, rule);
    }
  }
  return examples;
}

Status write_page(const fs::path& folder, const Page& page) {
  const fs::path path = folder / page.path;
  std::error_code why;
  fs::create_directories(path.parent_path(), why);
  if (why) {
    errno = why.value();
    return system_trouble(path.string(), "cannot be written");
  }
  return write_file(path.string(), page.text);
}

Result<std::map<std::string, Advice>> load_all_advice(const House& house,
                                                      Issues& issues) {
  std::map<std::string, Advice> all;
  for (const Pack& pack : house.ruleset().packs) {
    auto advice = load_advice(*disk_files(), pack, issues);
    if (!advice) return advice.error();
    if (!advice->empty()) all[pack.name] = std::move(*advice);
  }
  return all;
}

}  // namespace

int run_policy_docs(const DocsOptions& options) {
  const auto house = House::open(options.policy);
  if (!house) return complain(house.error());
  Issues issues;
  const auto cases = load_cases(*disk_files(), (*house)->ruleset(), issues);
  if (!cases) return complain(cases.error());
  auto advice = load_all_advice(**house, issues);
  if (!advice) return complain(advice.error());
  if (issues.has_errors()) {
    say_text(render(issues, wants_colour(stderr)));
    return complain({Trouble::policy, "no page was written"});
  }
  const std::string& language = options.policy.language;
  const auto pages = write_guide({(*house)->ruleset(), (*house)->schema(),
                                  make_examples(**house, *cases, language),
                                  std::move(*advice), language});
  for (const Page& page : pages) {
    const Status written = write_page(options.output, page);
    if (!written) return complain(written.error());
  }
  fmt::print("{} pages in {}\n", pages.size(), options.output);
  return kExitDone;
}

}  // namespace simwarden
