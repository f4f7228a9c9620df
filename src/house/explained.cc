// SPDX-License-Identifier: Apache-2.0
#include "house/explained.h"

#include <fmt/format.h>

#include "house/looked_at.h"
#include "judge/secrets.h"
#include "terminal/drawn_verdict.h"

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

}  // namespace

std::string explained(const Record& record, Judge& judge, const Paint& paint) {
  const Verdict verdict = judge.judge(record);
  Facts& facts = judge.bench().facts();
  std::string out;
  if (record.kind() == Kind::message) {
    draw_field(out, facts, verdict, "subject", paint);
    draw_field(out, facts, verdict, "text", paint);
    draw_field(out, facts, verdict, "hidden_text", paint);
    draw_field(out, facts, verdict, "alternative_text", paint);
  }
  out += draw_verdict(verdict, judge.profile().name, paint,
                      {.language = judge.language(),
                       .families = judge.bench().plan().ruleset().family_titles(
                           judge.language()),
                       .open = judge.open_rules()});
  const bool asks_why =
      record.kind() == Kind::message && verdict.action == Action::pass;
  if (asks_why) out += draw_looked_at(judge);
  return out;
}

}  // namespace simwarden
