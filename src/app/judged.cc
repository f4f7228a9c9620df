// SPDX-License-Identifier: Apache-2.0
#include "app/judged.h"

#include "app/output.h"

namespace simwarden {
namespace {

std::string text_of(const Record& record, std::string_view name) {
  const auto id = find_field(record.kind(), name);
  if (!id) return {};
  const Slot& slot = record.slot(*id);
  if (slot.state != SlotState::given) return {};
  return to_text(record, field(*id), slot);
}

StoreRow store_row(const Record& record, const Verdict& verdict,
                   const Profile& profile, VerdictOrigin origin) {
  const bool request = record.kind() == Kind::request;
  StoreRow row;
  row.position = record.position;
  row.id = verdict.id;
  row.kind = verdict.kind;
  row.action = verdict.action;
  row.score = verdict.score;
  row.profile = profile.name;
  row.subject = text_of(record, request ? "phone_number" : "sender");
  row.event_time = text_of(record, request ? "created_at" : "received_at");
  for (const Finding& finding : verdict.findings) {
    if (finding.acts()) {
      if (row.top_rule.empty()) row.top_rule = finding.rule;
    } else if (finding.outcome == Outcome::waived && finding.waiver) {
      row.waived.push_back({finding.rule, finding.score, *finding.waiver});
    } else {
      row.shadow.push_back({finding.rule, finding.score});
    }
  }
  for (const InvalidField& field : verdict.invalid) {
    row.invalid.push_back(field.fact);
  }
  // Source and ruleset are columns of the store, not part of each row.
  origin.source = {};
  origin.digest = {};
  append_json(row.json, verdict, origin);
  return row;
}

}  // namespace

std::unique_ptr<Judge> JudgePool::borrow() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      auto judge = std::move(idle_.back());
      idle_.pop_back();
      return judge;
    }
  }
  return std::make_unique<Judge>(plan_, options_);
}

void JudgePool::give_back(std::unique_ptr<Judge> judge) {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(judge));
}

Judged judge_chunk(Chunk chunk, const ChunkTask& task, JudgePool& pool,
                   const AnswersOf& windows) {
  size_t readable = 0;
  Judged judged;
  std::vector<Item> items;
  parse_chunk(chunk, task.format, task.intake, items);
  judged.seen = items.size();
  auto judge = pool.borrow();
  for (Item& item : items) {
    if (item.bad) {
      append_unreadable(judged.text, task.output_format, *item.bad,
                        task.source);
      judged.bad_rows.push_back(std::move(*item.bad));
      continue;
    }
    judged.unknown_keys.add(item.unknown_keys);
    const WindowAnswers counted =
        windows ? windows(readable++) : WindowAnswers{};
    const Verdict verdict =
        judge->judge(item.record, windows ? &counted : nullptr);
    const VerdictOrigin origin{.source = task.source,
                               .digest = task.house->ruleset().digest,
                               .packs = &task.house->packs(),
                               .profile = judge->profile().name};
    append_verdict(judged.text, task.output_format, verdict, origin);
    judged.tally.add(verdict, task.source);
    if (task.for_store) {
      judged.rows.push_back(
          store_row(item.record, verdict, judge->profile(), origin));
    }
  }
  pool.give_back(std::move(judge));
  judged.chunk = std::move(chunk);
  return judged;
}

}  // namespace simwarden
