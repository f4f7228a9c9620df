// SPDX-License-Identifier: Apache-2.0
#include "app/pack_run.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/picture.h"
#include "app/terminal.h"
#include "intake/intake.h"
#include "judge/judge.h"

namespace simwarden {
namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    text += text.empty() ? name : ", " + name;
  }
  return text.empty() ? "none" : text;
}

// What differs from the expectation, one line each.
class Comparison {
 public:
  Comparison(const PackCase& wanted, const std::string& pack,
             const Judge& judge, const Verdict& verdict)
      : wanted_(wanted), pack_(pack), judge_(judge), verdict_(verdict) {}

  std::vector<std::string> differences() {
    if (wanted_.action && *wanted_.action != name_of(verdict_.action)) {
      note("action is {}, expected {}", name_of(verdict_.action),
           *wanted_.action);
    }
    compare(wanted_.hit, Outcome::hit);
    compare(wanted_.clear, Outcome::clear);
    compare(wanted_.not_applicable, Outcome::not_applicable);
    compare(wanted_.undetermined, Outcome::undetermined);
    for (const std::string& fact : wanted_.not_recorded) {
      if (!contains(verdict_.not_recorded, fact)) {
        note("{} is not among the facts not recorded", fact);
      }
    }
    compare_invalid();
    if (wanted_.only) compare_only(*wanted_.only);
    return std::move(found_);
  }

 private:
  template <typename... Args>
  void note(fmt::format_string<Args...> format, Args&&... args) {
    found_.push_back(fmt::format(format, std::forward<Args>(args)...));
  }

  const Judge::RuleOutcome* outcome_of(const std::string& id) const {
    for (const auto& asked : judge_.outcomes()) {
      if (asked.rule->rule->id == id) return &asked;
    }
    return nullptr;
  }

  void compare(const std::vector<std::string>& ids, Outcome expected) {
    for (const std::string& id : ids) {
      const auto* asked = outcome_of(id);
      if (!asked) {
        note("{} was not asked of this kind of record", id);
      } else if (asked->outcome != expected) {
        note("{} is {}, expected {}", id, name_of(asked->outcome),
             name_of(expected));
      }
    }
  }

  // A value outside the dictionary is a slip of the case's author, unless the
  // case says that it is meant.
  void compare_invalid() {
    std::vector<std::string> found;
    for (const InvalidField& field : verdict_.invalid) {
      found.push_back(field.fact);
      if (contains(wanted_.invalid, field.fact)) continue;
      note("{} = {} is not valid: expected {}", field.fact, field.value,
           field.expected);
    }
    for (const std::string& fact : wanted_.invalid) {
      if (!contains(found, fact)) note("{} is a valid value", fact);
    }
  }

  // Only rules of the case's own pack: others may be loaded beside it.
  void compare_only(std::vector<std::string> expected) {
    std::vector<std::string> hit;
    for (const auto& asked : judge_.outcomes()) {
      if (asked.outcome != Outcome::hit) continue;
      if (asked.rule->pack->name == pack_) {
        hit.push_back(asked.rule->rule->id);
      }
    }
    std::sort(hit.begin(), hit.end());
    std::sort(expected.begin(), expected.end());
    if (hit != expected) {
      note("exactly {} should hit, but {} did", joined(expected), joined(hit));
    }
  }

  const PackCase& wanted_;
  const std::string& pack_;
  const Judge& judge_;
  const Verdict& verdict_;
  std::vector<std::string> found_;
};

void indent(std::string& out, std::string_view text) {
  out += "      ";
  for (const char c : text) {
    out += c;
    if (c == '\n') out += "      ";
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
}

void run_case(const PackCase& wanted, const std::string& pack, Judge& judge,
              bool name_passed, PackRun& run) {
  const std::string where =
      fmt::format("{}:{}", wanted.file, wanted.place.line);
  const Item item = parse_json(wanted.record_json, {});
  if (item.bad) {
    ++run.failed;
    run.report +=
        fmt::format("FAILED  {}  {}\n    the record is none: {} {}\n", where,
                    wanted.name, item.bad->code, item.bad->message);
    return;
  }
  const Verdict verdict = judge.judge(item.record);
  std::vector<std::string> differences =
      Comparison(wanted, pack, judge, verdict).differences();
  for (const std::string& key : item.unknown_keys) {
    differences.push_back(fmt::format("the record has no field {}", key));
  }
  if (differences.empty()) {
    ++run.passed;
    if (name_passed) run.report += fmt::format("passed  {}\n", wanted.name);
    return;
  }
  ++run.failed;
  run.report += fmt::format("FAILED  {}  {}\n", where, wanted.name);
  for (const std::string& difference : differences) {
    run.report += fmt::format("    {}\n", difference);
  }
  indent(run.report, draw_verdict(verdict, judge.profile().name, Paint{}));
  run.report += '\n';
}

}  // namespace

PackRun run_cases(const House& house, const std::vector<PackCases>& packs,
                  bool name_passed) {
  PackRun run;
  for (const PackCases& pack : packs) {
    for (const PackCase& wanted : pack.cases) {
      if (!house.ruleset().profile(wanted.profile)) {
        ++run.failed;
        run.report +=
            fmt::format("FAILED  {}:{}  {}\n    no profile {}\n", wanted.file,
                        wanted.place.line, wanted.name, wanted.profile);
        continue;
      }
      Judge judge(house.plan(), {.profile = wanted.profile});
      run_case(wanted, pack.pack, judge, name_passed, run);
    }
  }
  return run;
}

}  // namespace simwarden
