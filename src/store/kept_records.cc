// SPDX-License-Identifier: Apache-2.0
#include "store/kept_records.h"

#include <utility>

#include <fmt/format.h>

#include "store/migrations.h"

namespace simwarden {
namespace {

std::string chosen(const KeptWalkOptions& options) {
  std::string where = "WHERE b.verdicts > 0";
  if (options.ruleset) {
    where += fmt::format(" AND b.ruleset_id = {}", *options.ruleset);
  }
  if (options.verdict) {
    where += fmt::format(
        " AND {0} >= p.first_verdict AND {0} < p.first_verdict + b.verdicts",
        *options.verdict);
  }
  return where + " ORDER BY b.block_id";
}

constexpr const char* kOrigin =
    "SELECT s.run_id, b.ruleset_id, s.name FROM block b "
    "JOIN source s USING (source_id) WHERE b.block_id = ?";

}  // namespace

KeptRecords::~KeptRecords() = default;

Result<std::unique_ptr<KeptRecords>> KeptRecords::open(
    const std::string& path, std::vector<std::string> facts,
    const KeptWalkOptions& options) {
  auto database = Database::open(path, Access::read);
  if (!database) return database.error();
  if (Status ours = check_version(**database); !ours) return ours.error();
  if (Status begun = (*database)->run("BEGIN"); !begun) return begun.error();
  std::unique_ptr<KeptRecords> made(new KeptRecords());
  made->database_ = std::move(*database);
  if (!facts.empty()) {
    made->facts_ = std::make_unique<KeptLine>(std::move(facts));
  }
  auto blocks = made->database_->prepare(KeptBlock::select(chosen(options)));
  if (!blocks) return blocks.error();
  made->blocks_ = std::move(*blocks);
  auto origin = made->database_->prepare(kOrigin);
  if (!origin) return origin.error();
  made->origin_ = std::move(*origin);
  if (!options.verdicts && !options.verdict_json) return made;
  auto verdicts = made->database_->prepare(fmt::format(
      "SELECT verdict_id, action, score, line, byte, record_id, subject, "
      "event_time, profile, {} FROM verdict_row WHERE verdict_id >= ? "
      "ORDER BY verdict_id",
      options.verdict_json ? "verdict_json" : "NULL"));
  if (!verdicts) return verdicts.error();
  made->verdicts_ = std::move(*verdicts);
  return made;
}

Result<bool> KeptRecords::next() {
  while (true) {
    if (at_ == size_) {
      Result<bool> block = next_block();
      if (!block || !*block) return block;
      continue;
    }
    ++at_;
    ++verdict_id_;
    const auto wrong = read_record();
    if (!wrong) return wrong.error();
    if (!*wrong) return true;
    pass_over(**wrong);
  }
}

void KeptRecords::pass_over(std::string_view why) {
  damage_.add({block_.id(), source_, size_ - at_ + 1, std::string(why)});
  at_ = size_;
}

// False after the last block; else it may have no records.
Result<bool> KeptRecords::next_block() {
  Result<bool> row = blocks_->step();
  if (!row || !*row) return row;
  block_.take(*blocks_);
  verdict_id_ = block_.first_verdict() - 1;
  at_ = 0;
  size_ = 0;
  origin_->bind(1, block_.id());
  Result<bool> origin = origin_->step();
  if (!origin) return origin;
  run_id_ = *origin ? origin_->integer(0) : 0;
  ruleset_id_ = *origin ? origin_->integer(1) : 0;
  source_ = *origin ? origin_->text(2) : std::string_view();
  origin_->reset();
  if (!block_.is_kept()) {
    without_ += block_.verdicts();
    return true;
  }
  if (Status opened = block_.open(); !opened) {
    damage_.add({block_.id(), source_, block_.verdicts(), opened.error().what});
    return true;
  }
  size_ = block_.size();
  if (!verdicts_) return true;
  verdicts_->reset();
  verdicts_->bind(1, block_.first_verdict());
  return true;
}

Result<std::optional<std::string>> KeptRecords::read_record() {
  line_ = block_.line(at_ - 1);
  if (facts_ && !facts_->read(line_)) {
    return std::optional<std::string>("has a kept record that is no JSON");
  }
  if (verdicts_) return read_verdict();
  return std::optional<std::string>();
}

Result<std::optional<std::string>> KeptRecords::read_verdict() {
  Statement& at = *verdicts_;
  const Result<bool> row = at.step();
  if (!row) return row.error();
  if (!*row || at.integer(0) != verdict_id_) {
    return std::optional(fmt::format("verdict {} is missing", verdict_id_));
  }
  verdict_.id = verdict_id_;
  const int64_t action = at.integer(1);
  if (action < 0 || action >= static_cast<int64_t>(kActionNames.size())) {
    return std::optional(
        fmt::format("verdict {} has no such action", verdict_id_));
  }
  verdict_.action = Action(action);
  verdict_.score = at.number(2);
  verdict_.line = static_cast<uint64_t>(at.integer(3));
  verdict_.byte = static_cast<uint64_t>(at.integer(4));
  verdict_.record_id = at.text(5);
  verdict_.subject = at.text(6);
  verdict_.event_time = at.text(7);
  verdict_.profile = at.text(8);
  verdict_.json = at.text(9);
  return std::optional<std::string>();
}

}  // namespace simwarden
