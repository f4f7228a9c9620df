// SPDX-License-Identifier: Apache-2.0
#include "trial/case_run.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "judge/window_questions.h"
#include "windows/window_counts.h"

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

class Comparison {
 public:
  Comparison(const PackCase& wanted, const std::string& pack,
             const Answers& answers, const WhyOf& why_of)
      : wanted_(wanted), pack_(pack), answers_(answers), why_of_(why_of) {}

  std::vector<std::string> run() {
    if (wanted_.action && *wanted_.action != name_of(answers_.action)) {
      note("action is {}, expected {}", name_of(answers_.action),
           *wanted_.action);
    }
    compare(wanted_.hit, Outcome::hit);
    compare(wanted_.clear, Outcome::clear);
    compare(wanted_.not_applicable, Outcome::not_applicable);
    compare(wanted_.undetermined, Outcome::undetermined);
    for (const std::string& fact : wanted_.not_recorded) {
      if (!contains(answers_.not_recorded, fact)) {
        note("{} is not among the facts not recorded", fact);
      }
    }
    for (const std::string& id : wanted_.failed) compare_failed(id);
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
    for (const auto& asked : answers_.outcomes) {
      if (asked.rule->rule->id == id) return &asked;
    }
    return nullptr;
  }

  std::string not_asked(const std::string& id) const {
    std::vector<std::string> asked;
    for (const auto& outcome : answers_.outcomes) {
      asked.push_back(outcome.rule->rule->id);
    }
    const std::string help = did_you_mean(id, asked);
    return fmt::format("no rule {} was asked of this kind of record{}{}", id,
                       help.empty() ? "" : "; ", help);
  }

  void compare(const std::vector<std::string>& ids, Outcome expected) {
    for (const std::string& id : ids) {
      const auto* asked = outcome_of(id);
      if (!asked) {
        note("{}", not_asked(id));
      } else if (asked->outcome != expected) {
        note("{} is {}, expected {}{}", id, name_of(asked->outcome),
             name_of(expected), why_of_ ? why_of_(*asked) : "");
      }
    }
  }

  void compare_failed(const std::string& id) {
    const auto* asked = outcome_of(id);
    if (!asked) {
      note("{}", not_asked(id));
    } else if (asked->failure.empty()) {
      note("{} is {} and did not fail", id, name_of(asked->outcome));
    }
  }

  // A value outside the dictionary is a slip of the case's author, unless the
  // case says that it is meant.
  void compare_invalid() {
    std::vector<std::string> found;
    for (const InvalidField& field : answers_.invalid) {
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
    for (const auto& asked : answers_.outcomes) {
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
  const Answers& answers_;
  const WhyOf& why_of_;
  std::vector<std::string> found_;
};

// "; not recorded: request.agent.id; not valid: request.created_at".
std::string why_of(const Judge::RuleOutcome& asked, Judge& judge) {
  if (!asked.asked) return "";
  if (!asked.failure.empty()) return fmt::format("; {}", asked.failure);
  std::vector<std::string> absent;
  std::vector<std::string> invalid;
  for (const Evidence& lack : judge.open_facts(asked)) {
    const bool is_invalid = lack.state == Evidence::State::invalid;
    (is_invalid ? invalid : absent).push_back(lack.fact);
  }
  std::string why;
  if (!absent.empty()) why += "; not recorded: " + joined(absent);
  if (!invalid.empty()) why += "; not valid: " + joined(invalid);
  return why;
}

// What a record of a case says to the windows.
struct CaseRow {
  std::optional<int64_t> time;
  std::vector<WindowEntry> entries;
};

CaseRow row_of(const Record& record, WindowQuestions& questions) {
  CaseRow row{window_time(record), std::vector<WindowEntry>(questions.size())};
  questions.read(record, row.entries);
  return row;
}

class LastAnswer : public WindowSink {
 public:
  LastAnswer(uint64_t wanted, std::vector<WindowValue>& into)
      : wanted_(wanted), into_(into) {}
  void answered(uint64_t ticket, Timing came,
                std::span<const WindowValue> values) override {
    if (ticket != wanted_) return;
    timing = came;
    into_.assign(values.begin(), values.end());
  }
  Timing timing = Timing::in_time;

 private:
  uint64_t wanted_;
  std::vector<WindowValue>& into_;
};

// The figures of the last row; the order of the others does not matter.
Timing count_rows(std::vector<CaseRow>& rows, const Ruleset& ruleset,
                  std::vector<WindowValue>& figures) {
  const CaseRow* own = &rows.back();
  std::vector<const CaseRow*> order;
  order.reserve(rows.size());
  for (const CaseRow& row : rows) order.push_back(&row);
  std::stable_sort(order.begin(), order.end(),
                   [](const CaseRow* a, const CaseRow* b) {
                     return a->time.value_or(kNever) < b->time.value_or(kNever);
                   });
  const auto at = std::find(order.begin(), order.end(), own) - order.begin();
  WindowCounts counts(counted_windows(ruleset), {});
  LastAnswer last(uint64_t(at), figures);
  for (const CaseRow* row : order) counts.take({row->time, row->entries}, last);
  counts.flush(last);
  return last.timing;
}

void lay_over_figures(const Ruleset& ruleset, const std::string& pack,
                      const PackCase& wanted,
                      std::vector<WindowValue>& figures) {
  size_t at = 0;
  for (const Pack& each : ruleset.packs) {
    for (const DeclaredWindow& window : each.windows) {
      WindowValue& figure = figures[at++];
      if (each.name != pack) continue;
      const auto given = wanted.windows.find(window.name);
      if (given == wanted.windows.end()) continue;
      figure.state = WindowValue::State::known;
      if (const auto* number = std::get_if<int64_t>(&given->second)) {
        figure.number = *number;
      } else {
        figure.share = std::get<double>(given->second);
      }
    }
  }
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
      .count();
}

}  // namespace

Answers answers_of(Judge& judge, const Verdict& verdict) {
  return {judge.outcomes(), verdict.action, verdict.not_recorded,
          verdict.invalid};
}

std::vector<std::string> differences(const PackCase& wanted,
                                     const std::string& pack,
                                     const Answers& answers,
                                     const WhyOf& why_of) {
  return Comparison(wanted, pack, answers, why_of).run();
}

Judge* CaseRunner::judge_for(const std::string& profile) {
  if (!plan_.ruleset().profile(profile)) return nullptr;
  auto& judge = judges_[profile];
  if (!judge) {
    judge = std::make_unique<Judge>(
        plan_, JudgeOptions{.profile = profile, .language = language_});
  }
  return judge.get();
}

CaseResult CaseRunner::run(const PackCases& pack, const PackCase& wanted) {
  const auto start = std::chrono::steady_clock::now();
  CaseResult result{.pack = pack.pack, .wanted = &wanted};
  judge_ = judge_for(wanted.profile);
  if (!judge_) {
    result.differences = {fmt::format("no profile {}", wanted.profile)};
    return result;
  }
  item_ = parse_json(wanted.record_json, {});
  if (item_.bad) {
    judge_ = nullptr;
    result.differences = {fmt::format("the record is none: {} {}",
                                      item_.bad->code, item_.bad->message)};
    return result;
  }
  if (Status counted = count_windows(pack, wanted); !counted) {
    judge_ = nullptr;
    result.differences = {counted.error().what};
    return result;
  }
  result.verdict = judge_->judge(item_.record, {}, &answers_);
  result.profile = judge_->profile().name;
  result.differences =
      differences(wanted, pack.pack, answers_of(*judge_, *result.verdict),
                  [this](const auto& asked) { return why_of(asked, *judge_); });
  for (const std::string& key : item_.unknown_keys) {
    result.differences.push_back(
        fmt::format("the record has no field {}", key));
  }
  if (!result.passed()) result.open = judge_->open_rules();
  result.seconds = seconds_since(start);
  return result;
}

// The case's record as the last one of its instant, after all earlier ones.
Status CaseRunner::count_windows(const PackCases& pack,
                                 const PackCase& wanted) {
  const HashKey key;  // nothing of a case is kept
  WindowQuestions questions(plan_, key, wanted.profile);
  const size_t windows = questions.size();
  figures_.assign(windows, {});
  answers_ = {Timing::in_time, figures_};
  if (windows == 0) return Done{};
  std::vector<CaseRow> rows;
  for (const std::string& json : wanted.earlier) {
    const Item item = parse_json(json, {});
    if (item.bad) {
      return Error{Trouble::policy,
                   fmt::format("an earlier record is none: {} {}",
                               item.bad->code, item.bad->message)};
    }
    rows.push_back(row_of(item.record, questions));
  }
  rows.push_back(row_of(item_.record, questions));
  answers_.timing = count_rows(rows, plan_.ruleset(), figures_);
  lay_over_figures(plan_.ruleset(), pack.pack, wanted, figures_);
  return Done{};
}

std::vector<CaseResult> run_cases(const Plan& plan,
                                  const std::vector<PackCases>& packs) {
  std::vector<CaseResult> results;
  CaseRunner runner(plan);
  for (const PackCases& pack : packs) {
    for (const PackCase& wanted : pack.cases) {
      results.push_back(runner.run(pack, wanted));
    }
  }
  return results;
}

}  // namespace simwarden
