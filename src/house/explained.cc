// SPDX-License-Identifier: Apache-2.0
#include "house/explained.h"

#include <fmt/format.h>

#include "judge/failures.h"
#include "judge/secrets.h"
#include "terminal/drawn_verdict.h"
#include "terminal/drawn_words.h"

namespace simwarden {
namespace {

std::vector<Mark> marks_of(const Verdict& verdict, std::string_view fact) {
  std::vector<Mark> marks;
  for (const Finding& finding : verdict.findings) {
    for (const Evidence& e : finding.evidence) {
      if (e.end <= e.begin || e.fact != fact) continue;
      marks.push_back({e.begin, e.end, finding.severity});
    }
  }
  return marks;
}

void draw_field(std::string& out, Facts& facts, const Verdict& verdict,
                std::string_view name, const Paint& paint) {
  const auto id = find_field(Kind::message, name);
  const Record& record = facts.record();
  const Slot& slot = record.slot(*id);
  if (slot.state != SlotState::given) return;
  out += fmt::format("{}\n", paint.dim(name));
  out += draw_text(record.text(slot),
                   marks_of(verdict, fmt::format("message.{}", name)), paint,
                   secrets_in(facts, name));
  out += '\n';
}

// "Failed, unknown time zone: IDV-002, IDV-004".
std::string draw_failures(const std::map<std::string, std::string>& failures,
                          std::string_view language) {
  std::map<std::string, std::string> rules_by_reason;
  for (const auto& [rule, why] : failures) {
    std::string& rules = rules_by_reason[why];
    rules += (rules.empty() ? "" : ", ") + rule;
  }
  std::string out;
  for (const auto& [why, rules] : rules_by_reason) {
    out +=
        drawn(language, "\nFailed, {}: {}\n", drawn_word(why, language), rules);
  }
  return out;
}

}  // namespace

std::string explained(const Record& record, Judge& judge, const Paint& paint) {
  Verdict verdict = judge.judge(record);
  Facts& facts = judge.bench().facts();
  std::string out;
  if (record.kind() == Kind::message) {
    draw_field(out, facts, verdict, "subject", paint);
    draw_field(out, facts, verdict, "text", paint);
    draw_field(out, facts, verdict, "hidden_text", paint);
    draw_field(out, facts, verdict, "alternative_text", paint);
  }
  const auto failures = failures_of(judge);
  std::erase_if(verdict.undetermined, [&failures](const std::string& rule) {
    return failures.contains(rule);
  });
  verdict.failed.clear();  // drawn with their errors
  out += draw_verdict(verdict, judge.profile().name, paint, judge.language());
  return out + draw_failures(failures, judge.language());
}

}  // namespace simwarden
