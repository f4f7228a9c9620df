// SPDX-License-Identifier: Apache-2.0
#include "store/stored_verdict.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "store/migrations.h"
#include "store/retention.h"
#include "store/same_record.h"

namespace simwarden {
namespace {

bool read_number(std::string_view text, int64_t& into) {
  const auto end =
      std::from_chars(text.data(), text.data() + text.size(), into);
  return end.ec == std::errc() && end.ptr == text.data() + text.size() &&
         into > 0;
}

Action action_of(int64_t stored) {
  return Action(std::clamp<int64_t>(stored, 0, kActionNames.size() - 1));
}

// About the verdict, and about those that `others` finds. By the table itself:
// an index can be made to pass over a decision.
std::string decisions_sql(std::string_view others) {
  return fmt::format(
      "SELECT d.verdict_id, coalesce(action, 0), decided_at, stored_at, "
      "decided_by, outcome, state, owner, due, note, decision_id "
      "FROM decision_row d NOT INDEXED "
      "LEFT JOIN verdict_row USING (verdict_id) "
      "WHERE d.verdict_id = ?1 {} ORDER BY decision_id",
      others);
}

// `?1` and the verdicts `w` on its record.
std::string on_record_sql() {
  return fmt::format(
      "SELECT w.verdict_id FROM verdict_row v JOIN {} AND v.verdict_id = ?1",
      same_verdicts_sql("v"));
}

std::string decisions_of_record_sql() {
  return decisions_sql(fmt::format("OR d.verdict_id IN ({})", on_record_sql()));
}

// Of several the one that counts.
std::string later_sql() {
  return on_record_sql() +
         " AND (o.rank, o.block_id) > (a.rank, a.block_id) "
         "ORDER BY o.rank DESC, o.block_id DESC LIMIT 1";
}

std::string class_name(std::string_view stored) {
  const auto known = retention_class_of(stored);
  return std::string(known ? kRetentionClasses[size_t(*known)].name : stored);
}

}  // namespace

std::optional<VerdictName> read_verdict_name(std::string_view text) {
  const size_t dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  VerdictName name;
  if (!read_number(text.substr(0, dash), name.source) ||
      !read_number(text.substr(dash + 1), name.line)) {
    return std::nullopt;
  }
  return name;
}

Result<std::unique_ptr<VerdictFinder>> VerdictFinder::open(
    const std::string& path) {
  auto database = Database::open(path, Access::read);
  if (!database) return database.error();
  if (Status ours = check_version(**database); !ours) return ours.error();
  std::unique_ptr<VerdictFinder> finder(new VerdictFinder());
  finder->database_ = std::move(*database);
  struct Wanted {
    std::unique_ptr<Statement>* statement;
    std::string sql;
  };
  // What row_of() reads.
  const std::string columns =
      "SELECT v.verdict_id, s.name, v.line, r.digest, v.profile, "
      "u.started_at, v.verdict_json, v.action, v.score, v.top_rule, "
      "v.event_time, coalesce(g.at, ''), coalesce(g.class, ''), "
      "u.command = 'serve', CASE WHEN json_valid(r.packs) THEN "
      "(SELECT group_concat(value, ', ') FROM json_each(r.packs)) END ";
  const std::string origin =
      "JOIN source s USING (source_id) JOIN run u USING (run_id) "
      "JOIN ruleset r ON r.ruleset_id = b.ruleset_id "
      "LEFT JOIN purge g ON g.purge_id = "
      "coalesce(p.excerpt_purge, p.personal_purge) ";
  const Wanted wanted[] = {
      {&finder->range_,
       "SELECT coalesce(min(block_id), 0), coalesce(max(block_id), 0) "
       "FROM block WHERE source_id = ?"},
      {&finder->block_,
       "SELECT block_id, first_line FROM block "
       "WHERE source_id = ? AND block_id <= ? ORDER BY block_id DESC LIMIT 1"},
      {&finder->by_line_,
       columns +
           "FROM block b JOIN block_proof p USING (block_id) "
           "JOIN verdict_row v ON v.verdict_id >= p.first_verdict "
           "AND v.verdict_id < p.first_verdict + b.verdicts " +
           origin + "WHERE b.block_id = ? AND v.line = ?"},
      {&finder->by_id_, columns +
                            "FROM verdict_row v JOIN block b USING (block_id) "
                            "LEFT JOIN block_proof p USING (block_id) " +
                            origin + "WHERE v.verdict_id = ?"},
      {&finder->decisions_, decisions_sql("")},
  };
  for (const Wanted& each : wanted) {
    auto statement = finder->database_->prepare(each.sql);
    if (!statement) return statement.error();
    *each.statement = std::move(*statement);
  }
  return finder;
}

// Blocks of a source have their lines in the order of their ids.
Result<int64_t> VerdictFinder::block_of(const VerdictName& name) {
  range_->bind(1, name.source);
  const Result<bool> row = range_->step();
  if (!row) return row.error();
  int64_t low = range_->integer(0);
  int64_t high = range_->integer(1);
  range_->reset();
  int64_t found = 0;
  while (low <= high && high > 0) {
    block_->bind(1, name.source);
    block_->bind(2, low + (high - low) / 2);
    const Result<bool> there = block_->step();
    if (!there) return there.error();
    if (!*there) break;
    const int64_t block = block_->integer(0);
    const int64_t first_line = block_->integer(1);
    block_->reset();
    if (first_line <= name.line) {
      found = block;
      low += (high - low) / 2 + 1;
    } else {
      high = block - 1;
    }
  }
  return found;
}

Result<std::optional<FoundVerdict>> VerdictFinder::row_of(
    const VerdictName& name) {
  const Result<int64_t> block = block_of(name);
  if (!block) return block.error();
  if (*block == 0) return std::optional<FoundVerdict>();
  by_line_->bind(1, *block);
  by_line_->bind(2, name.line);
  return row_of(*by_line_);
}

Result<std::optional<FoundVerdict>> VerdictFinder::find(
    const VerdictName& name) {
  return with_decisions(row_of(name));
}

Result<int64_t> VerdictFinder::number_of(const VerdictName& name) {
  const auto row = row_of(name);
  if (!row) return row.error();
  return *row ? (*row)->verdict_id : 0;
}

Result<std::optional<FoundVerdict>> VerdictFinder::find(int64_t verdict_id) {
  by_id_->bind(1, verdict_id);
  return with_decisions(row_of(*by_id_));
}

Result<std::optional<FoundVerdict>> VerdictFinder::row_of(
    Statement& statement) {
  const Result<bool> row = statement.step();
  if (!row) return row.error();
  std::optional<FoundVerdict> verdict;
  if (*row) {
    const auto text = [&](int column) {
      return std::string(statement.text(column));
    };
    verdict = FoundVerdict{.verdict_id = statement.integer(0),
                           .source = text(1),
                           .line = statement.integer(2),
                           .ruleset = text(3),
                           .packs = text(14),
                           .profile = text(4),
                           .run_started_at = text(5),
                           .json = text(6),
                           .tally = {.action = action_of(statement.integer(7)),
                                     .score = statement.number(8),
                                     .top_rule = text(9),
                                     .event_time = text(10)},
                           .at_door = statement.integer(13) != 0};
    if (!statement.text(11).empty()) {
      verdict->purge = {.at = text(11), .of = class_name(statement.text(12))};
    }
  }
  statement.reset();
  return verdict;
}

Result<std::vector<FoundVerdict>> VerdictFinder::find_record(
    std::string_view id) {
  std::vector<FoundVerdict> found;
  if (id.empty()) return found;  // also what a purge leaves of an id
  auto rows = database_->prepare(
      "SELECT verdict_id FROM verdict_row WHERE record_id = ? "
      "ORDER BY verdict_id DESC");
  if (!rows) return rows.error();
  (*rows)->bind(1, id);
  while (found.size() < kNamesakesMax) {
    const Result<bool> more = (*rows)->step();
    if (!more) return more.error();
    if (!*more) break;
    auto verdict = find((*rows)->integer(0));
    if (!verdict) return verdict.error();
    if (*verdict && (*verdict)->later == 0) {
      found.push_back(*std::move(*verdict));
    }
  }
  return found;
}

Result<std::optional<FoundVerdict>> VerdictFinder::with_decisions(
    Result<std::optional<FoundVerdict>> verdict) {
  if (!verdict || !*verdict) return verdict;
  if (Status added = add_decisions(**verdict); !added) return added.error();
  if (Status added = add_cases(**verdict); !added) return added.error();
  return verdict;
}

Status VerdictFinder::add_cases(FoundVerdict& verdict) {
  return database_->each_row(
      fmt::format("SELECT number, until FROM case_text_row NOT INDEXED "
                  "JOIN case_file USING (case_id) WHERE verdict_id = {} "
                  "AND text_purge IS NULL ORDER BY text_id",
                  verdict.verdict_id),
      [&verdict](const Statement& row) {
        verdict.cases.push_back(
            {std::string(row.text(0)), std::string(row.text(1))});
      });
}

// Where blocks lie is read once, and not for verdicts of doors.
Status VerdictFinder::find_places() {
  if (of_record_) return Done{};
  if (Status placed = place_blocks(*database_); !placed) return placed;
  auto statement = database_->prepare(decisions_of_record_sql());
  if (!statement) return statement.error();
  of_record_ = std::move(*statement);
  auto later = database_->prepare(later_sql());
  if (!later) return later.error();
  later_ = std::move(*later);
  return Done{};
}

Status VerdictFinder::find_later(FoundVerdict& verdict) {
  later_->bind(1, verdict.verdict_id);
  return later_->each_row(
      [&verdict](const Statement& row) { verdict.later = row.integer(0); });
}

Result<std::optional<StoredPurge>> VerdictFinder::taken_with(
    int64_t block, int64_t verdict_id) {
  auto find = database_->prepare(
      "SELECT g.at, g.class FROM block_proof p JOIN block b USING (block_id) "
      "JOIN purge g ON g.purge_id = p.verdict_purge WHERE block_id = ?1 OR "
      "(?2 >= first_verdict AND ?2 < first_verdict + b.verdicts) LIMIT 1");
  if (!find) return find.error();
  (*find)->bind(1, block);
  (*find)->bind(2, verdict_id);
  std::optional<StoredPurge> purge;
  const Status read = (*find)->each_row([&purge](const Statement& row) {
    purge = {.at = std::string(row.text(0)), .of = class_name(row.text(1))};
  });
  if (!read) return read.error();
  return purge;
}

Result<std::optional<StoredPurge>> VerdictFinder::taken_by(
    const VerdictName& name) {
  const Result<int64_t> block = block_of(name);
  if (!block) return block.error();
  return taken_with(*block, 0);
}

Result<std::optional<StoredPurge>> VerdictFinder::taken_by(int64_t verdict_id) {
  return taken_with(0, verdict_id);
}

Status VerdictFinder::add_decisions(FoundVerdict& verdict) {
  if (!verdict.at_door) {
    Status found = find_places();
    if (found) found = find_later(verdict);
    if (!found) return found;
  }
  Statement& decisions = verdict.at_door ? *decisions_ : *of_record_;
  decisions.bind(1, verdict.verdict_id);
  return decisions.each_row([&](const Statement& row) {
    const auto text = [&](int column) { return std::string(row.text(column)); };
    verdict.decisions.push_back({.decision_id = row.integer(10),
                                 .verdict_id = row.integer(0),
                                 .action = action_of(row.integer(1)),
                                 .decided_at = text(2),
                                 .stored_at = text(3),
                                 .decided_by = text(4),
                                 .outcome = text(5),
                                 .state = text(6),
                                 .owner = text(7),
                                 .due = text(8),
                                 .note = text(9)});
  });
}

}  // namespace simwarden
