// SPDX-License-Identifier: Apache-2.0
#include "audit/verify.h"

#include <algorithm>
#include <array>
#include <memory>

#include <fmt/format.h>

#include "audit/flat_json.h"
#include "audit/kept_check.h"
#include "audit/people_rows.h"
#include "audit/purge_ledger.h"
#include "store/links.h"
#include "store/migrations.h"
#include "store/stored_rows.h"

// One pass along the chain. Blocks come in the order of their rows, so that two
// cursors over the rows walk beside it: a row that the chain does not expect
// was put in, one that the cursor jumps over was taken out.

namespace simwarden {
namespace {

// Of the block that is being verified.
struct BlockRows {
  int64_t link = 0;
  int64_t id = 0;
  std::string source;
  int64_t verdicts = 0;
  int64_t errors = 0;
  int64_t first_verdict = 0;
  int64_t first_error = 0;
  std::string salt;
  std::string digests;
  std::string personal;  // digests; empty: the details are there
  int64_t personal_purge = 0;
  int64_t verdict_purge = 0;
};

std::string_view digest_at(std::string_view digests, int64_t at) {
  return digests.substr(size_t(at) * sizeof(Digest), sizeof(Digest));
}

// One kind of rows, verdicts or errors, beside the chain.
template <typename Cursor>
struct Lane {
  const char* name;  // "verdict"
  std::unique_ptr<Cursor> rows;
  bool there = false;  // the cursor stands on a row

  Status next() {
    const Result<bool> row = rows->next();
    if (!row) return row.error();
    there = *row;
    return Done{};
  }
};

class Verification {
 public:
  Verification(const std::optional<Checkpoint>& checkpoint,
               const AuditProgress& progress)
      : checkpoint_(checkpoint), progress_(progress) {}

  Result<AuditReport> run(const std::string& path) {
    Status done = open(path);
    if (done) done = walk_chain();
    if (done) done = check_rest();
    if (done) done = check_tables();
    if (!done) return done.error();
    report_.purges = purges_.purges();
    purges_.check([this](std::string what) { report({.what = what}); });
    check_checkpoint_length();
    return std::move(report_);
  }

 private:
  Status open(const std::string& path) {
    auto database = Database::open(path, Access::read);
    if (!database) return database.error();
    database_ = std::move(*database);
    if (Status ours = check_version(*database_); !ours) return ours;
    // One picture of the file, also while a run is writing.
    if (Status begun = database_->run("BEGIN"); !begun) return begun;
    auto bodies = LinkBodies::open(*database_);
    if (!bodies) return bodies.error();
    bodies_ = std::move(*bodies);
    auto people = PeopleRows::open(*database_);
    if (!people) return people.error();
    people_ = std::move(*people);
    auto verdicts = StoredVerdicts::open(*database_);
    if (!verdicts) return verdicts.error();
    verdicts_.rows = std::move(*verdicts);
    auto errors = StoredErrors::open(*database_);
    if (!errors) return errors.error();
    errors_.rows = std::move(*errors);
    auto invalid = InvalidCounts::open(*database_);
    if (!invalid) return invalid.error();
    invalid_ = std::move(*invalid);
    auto kept = KeptCheck::open(*database_);
    if (!kept) return kept.error();
    kept_ = std::move(*kept);
    Status stepped = verdicts_.next();
    if (stepped) stepped = errors_.next();
    return stepped ? prepare_statements() : stepped;
  }

  Status prepare_statements() {
    struct Row {
      const char* sql;
      std::unique_ptr<Statement>* statement;
    };
    const Row rows[] = {
        {"SELECT coalesce(s.name, ''), b.verdicts, b.errors, p.first_verdict, "
         "p.first_error, coalesce(p.salt, ''), p.row_digests, "
         "p.personal_digests, p.personal_purge, p.verdict_purge "
         "FROM block b JOIN block_proof p USING (block_id) "
         "LEFT JOIN source s USING (source_id) WHERE block_id = ?",
         &block_},
        {"SELECT f.bytes FROM ruleset_file r LEFT JOIN policy_file f "
         "USING (file_id) WHERE ruleset_id = ? ORDER BY position",
         &files_},
        {"SELECT name, seen, judged, unreadable, duplicate, "
         "(SELECT coalesce(sum(verdicts), 0) FROM block b "
         "WHERE b.source_id = s.source_id), "
         "(SELECT coalesce(sum(errors), 0) FROM block b "
         "WHERE b.source_id = s.source_id) "
         "FROM source s WHERE source_id = ?",
         &source_},
    };
    for (const Row& row : rows) {
      auto statement = database_->prepare(row.sql);
      if (!statement) return statement.error();
      *row.statement = std::move(*statement);
    }
    return Done{};
  }

  Status walk_chain() {
    const auto last = database_->integer("SELECT max(link_id) FROM chain_link");
    if (!last) return last.error();
    auto links = database_->prepare(
        "SELECT link_id, body, hash FROM chain_link ORDER BY link_id");
    if (!links) return links.error();
    while (true) {
      const Result<bool> row = (*links)->step();
      if (!row) return row.error();
      if (!*row) break;
      link_ = (*links)->integer(0);
      body_ = (*links)->text(1);
      check_link((*links)->text(2));
      Status checked = check_body();
      if (!checked) return checked;
      check_against_checkpoint();
      if (progress_) {
        progress_(report_.verdicts,
                  double(link_) / double(std::max(*last, link_)));
      }
    }
    if (report_.links == 0) say("the database has no chain");
    return Done{};
  }

  void check_link(std::string_view hash) {
    const int64_t expected = int64_t(report_.links) + missing_links_ + 1;
    if (link_ != expected) {
      say(fmt::format("links {} to {} of the chain are missing", expected,
                      link_ - 1));
      missing_links_ += link_ - expected;
    } else if (hash_of_link(report_.head, body_) != hash) {
      say("this link of the chain or the one before it was changed");
    }
    if (flat_number(body_, "link") != link_) {
      say("this link of the chain stands in the place of another");
    }
    report_.head = hash;
    ++report_.links;
    check_clock();
  }

  void check_clock() {
    if (flat_value(body_, "kind") != "run") return;
    const std::string_view time = flat_value(body_, "time");
    if (time < last_time_) {
      report_.notes.push_back(fmt::format(
          "link {}: the clock went back between two runs, from {} to {}", link_,
          last_time_, time));
    }
    last_time_ = time;
  }

  Status check_body() {
    const std::string_view name = flat_value(body_, "kind");
    const auto* const found =
        std::find(kLinkKinds.begin(), kLinkKinds.end(), name);
    if (found == kLinkKinds.end()) {
      say(fmt::format("no link is of the kind “{}”", name));
      return Done{};
    }
    const auto kind = LinkKind(found - kLinkKinds.begin());
    ++counted_[size_t(kind)];
    if (kind == LinkKind::chain) {
      note_older(flat_number(body_, "blocks_before"));
      return Done{};
    }
    const std::string_view table = name.substr(0, name.find('_'));
    const int64_t id = flat_number(body_, table);
    const auto now = bodies_->body(kind, id, link_);
    if (!now) return now.error();
    if (now->empty()) {
      say(fmt::format("{} {} is missing", table, id));
    } else if (*now != body_) {
      say(fmt::format("{} {}: “{}” is not as it was written", table, id,
                      changed_key(body_, *now)));
    }
    return check_more(kind, id, !now->empty());
  }

  Status check_more(LinkKind kind, int64_t id, bool there) {
    switch (kind) {
      case LinkKind::block:
        if (id <= last_block_) say(fmt::format("block {} is out of order", id));
        last_block_ = id;
        return there ? check_block(id) : Status(Done{});
      case LinkKind::ruleset_text: return check_ruleset(id);
      case LinkKind::source_end: return check_source(id);
      case LinkKind::run_end:
        if (flat_value(body_, "status") != "failed") ++ended_runs_;
        return Done{};
      case LinkKind::purge: purges_.logged(id, body_); return Done{};
      case LinkKind::decision:
      case LinkKind::text: return check_people(kind, id);
      default: return Done{};
    }
  }

  Status check_people(LinkKind kind, int64_t id) {
    const bool decision = kind == LinkKind::decision;
    ++(decision ? report_.decisions : report_.case_texts);
    const auto wrong = people_->check(kind, id, purges_);
    if (!wrong) return wrong.error();
    if (!wrong->empty()) {
      say(fmt::format("{} {}: {}", decision ? "decision" : "text", id, *wrong));
    }
    return Done{};
  }

  void note_older(int64_t blocks) {
    if (blocks == 0) return;
    report_.notes.push_back(fmt::format(
        "{} blocks are older than the chain: they are proven since {}", blocks,
        flat_value(body_, "time")));
  }

  Status check_ruleset(int64_t id) {
    ++report_.rulesets;
    files_->bind(1, id);
    Sha256 hash;
    while (true) {
      const Result<bool> row = files_->step();
      if (!row) return row.error();
      if (!*row) break;
      hash.add(files_->blob(0));
    }
    const std::string digest = "sha256:" + hex_of(hash.finish());
    if (digest == flat_value(body_, "digest")) return Done{};
    say(
        fmt::format("the text of ruleset {} is not the one that judged: its "
                    "digest is {}, not {}",
                    id, digest, flat_value(body_, "digest")));
    return Done{};
  }

  Status check_source(int64_t id) {
    source_->bind(1, id);
    const Result<bool> row = source_->step();
    if (!row) return row.error();
    if (!*row) return Done{};
    ++report_.sources;
    const Statement& at = *source_;
    const auto n = [&](int column) { return at.integer(column); };
    AuditFinding finding{.link = link_, .source = std::string(at.text(0))};
    if (n(1) != n(2) + n(3) + n(4)) {
      finding.what = fmt::format(
          "the counts do not add up: {} seen, {} judged, {} unreadable, {} "
          "duplicate",
          n(1), n(2), n(3), n(4));
      report(finding);
    }
    if (n(5) > n(2) + n(4) || n(6) > n(3)) {
      finding.what = fmt::format(
          "more is stored than was counted: {} verdicts of {} judged, {} "
          "errors of {} unreadable",
          n(5), n(2), n(6), n(3));
      report(finding);
    }
    source_->reset();
    return Done{};
  }

  Status check_block(int64_t id) {
    BlockRows block;
    block_->bind(1, id);
    const Result<bool> row = block_->step();
    if (!row) return row.error();
    if (!*row) return Done{};
    read_block(id, block);
    block_->reset();
    report_.blocks += 1;
    report_.verdicts += uint64_t(block.verdicts);
    report_.errors += uint64_t(block.errors);
    count_purges(block);
    const auto rows = size_t(block.verdicts + block.errors);
    const size_t bytes = rows * sizeof(Digest);
    const bool fits =
        block.verdicts >= 0 && block.errors >= 0 &&
        block.digests.size() == bytes + sizeof(Digest) &&
        (block.personal.empty() || block.personal.size() == bytes);
    if (!fits) {
      report({.link = link_,
              .block = id,
              .source = block.source,
              .what = fmt::format("it has not the digests of {} rows", rows)});
      return Done{};
    }
    Status checked =
        check_rows(verdicts_, block, block.first_verdict, block.verdicts, 0);
    if (checked) {
      checked = check_rows(errors_, block, block.first_error, block.errors,
                           block.verdicts);
    }
    if (checked) checked = check_invalid(block);
    if (!checked) return checked;
    const auto fault =
        kept_->fault_of(id, {block.personal_purge, block.verdict_purge});
    if (!fault) return fault.error();
    if (!fault->empty()) say(fmt::format("block {}: {}", id, *fault));
    return Done{};
  }

  void read_block(int64_t id, BlockRows& block) const {
    const Statement& at = *block_;
    block.link = link_;
    block.id = id;
    block.source = at.text(0);
    block.verdicts = at.integer(1);
    block.errors = at.integer(2);
    block.first_verdict = at.integer(3);
    block.first_error = at.integer(4);
    block.salt = at.text(5);
    block.digests = at.blob(6);
    block.personal = at.blob(7);
    block.personal_purge = at.integer(8);
    block.verdict_purge = at.integer(9);
  }

  void count_purges(const BlockRows& block) {
    for (const int64_t purge : {block.personal_purge, block.verdict_purge}) {
      if (purge == 0) continue;
      purges_.took_block(purge, block.id, block.verdicts, block.errors);
    }
    if (block.verdict_purge != 0) {
      report_.purged_verdicts += uint64_t(block.verdicts);
    } else if (block.personal_purge != 0) {
      report_.purged_personal += uint64_t(block.verdicts);
    }
  }

  template <typename Cursor>
  Status check_rows(Lane<Cursor>& lane, const BlockRows& block, int64_t first,
                    int64_t count, int64_t digest_from) {
    for (int64_t i = 0; i < count && block.verdict_purge == 0; ++i) {
      Status passed = pass_strangers(lane, first + i);
      if (!passed) return passed;
      const bool there = lane.there && lane.rows->id() == first + i;
      if (!there) {
        AuditFinding finding = at_row(block, first + i, 0);
        finding.what = fmt::format("this {} is missing", lane.name);
        report(finding);
        continue;
      }
      check_row(lane, block, digest_from + i);
      Status next = lane.next();
      if (!next) return next;
    }
    return pass_strangers(lane, first + count);
  }

  // Rows below `id` that no block of the chain has.
  template <typename Cursor>
  Status pass_strangers(Lane<Cursor>& lane, int64_t id) {
    while (lane.there && lane.rows->id() < id) {
      Status passed = pass_stranger(lane);
      if (!passed) return passed;
    }
    return Done{};
  }

  template <typename Cursor>
  Status pass_stranger(Lane<Cursor>& lane) {
    report({.block = lane.rows->block(),
            .row = lane.rows->id(),
            .line = lane.rows->line(),
            .what =
                fmt::format("this {} was put in: no block has it", lane.name)});
    return lane.next();
  }

  template <typename Cursor>
  void check_row(Lane<Cursor>& lane, const BlockRows& block, int64_t at) {
    Cursor& row = *lane.rows;
    AuditFinding finding = at_row(block, row.id(), row.line());
    if (row.block() != block.id) {
      finding.what =
          fmt::format("this {} was moved to block {}", lane.name, row.block());
      return report(finding);
    }
    Digest personal{};
    if (block.personal.empty()) {
      personal = row.personal(block.salt);
    } else {
      const std::string_view kept = digest_at(block.personal, at);
      std::copy(kept.begin(), kept.end(), personal.begin());
    }
    if (bytes_of(row.digest(personal)) != digest_at(block.digests, at)) {
      finding.what = fmt::format("this {} is not as it was written", lane.name);
      return report(finding);
    }
    if (!block.personal.empty() && row.has_personal()) {
      finding.what = fmt::format(
          "this {} has personal details, which were purged", lane.name);
      report(finding);
    }
  }

  AuditFinding at_row(const BlockRows& block, int64_t row, int64_t line) const {
    return {.link = link_,
            .block = block.id,
            .row = row,
            .source = block.source,
            .line = line};
  }

  Status check_invalid(const BlockRows& block) {
    const Result<Digest> digest = invalid_->digest(block.id);
    if (!digest) return digest.error();
    if (bytes_of(*digest) ==
        digest_at(block.digests, block.verdicts + block.errors)) {
      return Done{};
    }
    report(
        {.link = link_,
         .block = block.id,
         .source = block.source,
         .what = "its counts of invalid fields are not as they were written"});
    return Done{};
  }

  Status check_rest() {
    while (verdicts_.there) {
      if (Status passed = pass_stranger(verdicts_); !passed) return passed;
    }
    while (errors_.there) {
      if (Status passed = pass_stranger(errors_); !passed) return passed;
    }
    if (verdicts_.rows->strays() > 0) {
      report(
          {.what = fmt::format("{} shadow or waived rows belong to no verdict",
                               verdicts_.rows->strays())});
    }
    return Done{};
  }

  // Rows that no link speaks of.
  Status check_tables() {
    struct Row {
      const char* sql;
      const char* what;
      uint64_t linked;
    };
    const auto links = [this](LinkKind kind) { return counted_[size_t(kind)]; };
    const Row rows[] = {
        {"SELECT count(*) FROM ruleset", "rulesets", links(LinkKind::ruleset)},
        {"SELECT count(DISTINCT ruleset_id) FROM ruleset_file",
         "rulesets with text", links(LinkKind::ruleset_text)},
        {"SELECT count(*) FROM run", "runs", links(LinkKind::run)},
        {"SELECT count(*) FROM run WHERE status IN ('done', 'interrupted')",
         "runs that ended", ended_runs_},
        {"SELECT count(*) FROM source", "sources", links(LinkKind::source)},
        {"SELECT count(*) FROM source WHERE ended <> 0",
         "sources that were read to their end", links(LinkKind::source_end)},
        {"SELECT count(*) FROM block", "blocks", links(LinkKind::block)},
        {"SELECT count(*) FROM block_proof", "proofs of blocks",
         links(LinkKind::block)},
        {"SELECT count(DISTINCT block_id) FROM invalid_count WHERE block_id "
         "NOT IN (SELECT block_id FROM block)",
         "counts of invalid fields without a block", 0},
        {"SELECT count(*) FROM kept_facts WHERE block_id "
         "NOT IN (SELECT block_id FROM block)",
         "kept facts without a block", 0},
        {"SELECT count(*) FROM purge", "purges", links(LinkKind::purge)},
        {"SELECT count(*) FROM decision_row", "decisions",
         links(LinkKind::decision)},
        {"SELECT count(*) FROM case_file", "cases", links(LinkKind::case_file)},
        {"SELECT count(*) FROM case_text_row", "texts of cases",
         links(LinkKind::text)},
        {"SELECT count(*) FROM case_opening", "openings of cases",
         links(LinkKind::opening)},
    };
    for (const Row& row : rows) {
      const auto stored = database_->integer(row.sql);
      if (!stored) return stored.error();
      if (uint64_t(*stored) == row.linked) continue;
      report({.what = fmt::format("{}: {} in the tables, {} in the chain",
                                  row.what, *stored, row.linked)});
    }
    note_texts();
    return Done{};
  }

  void note_texts() {
    const uint64_t without = counted_[size_t(LinkKind::ruleset)] -
                             counted_[size_t(LinkKind::ruleset_text)];
    if (without == 0) return;
    report_.notes.push_back(
        fmt::format("{} rulesets are known by their digest only: the text was "
                    "not kept",
                    without));
  }

  void check_against_checkpoint() {
    if (!checkpoint_ || link_ != int64_t(checkpoint_->links)) return;
    const bool same = report_.head == checkpoint_->head &&
                      report_.blocks == checkpoint_->blocks &&
                      report_.verdicts == checkpoint_->verdicts &&
                      report_.errors == checkpoint_->errors;
    if (same) return;
    say(
        fmt::format("the chain up to here is not the one that the checkpoint "
                    "of {} saw",
                    checkpoint_->time));
  }

  void check_checkpoint_length() {
    if (!checkpoint_ || link_ >= int64_t(checkpoint_->links)) return;
    report({.what = fmt::format(
                "the tail is gone: the checkpoint of {} saw {} links with {} "
                "verdicts, there are {} with {}",
                checkpoint_->time, checkpoint_->links, checkpoint_->verdicts,
                report_.links, report_.verdicts)});
  }

  void say(std::string what) {
    report({.link = link_, .what = std::move(what)});
  }
  void report(AuditFinding finding) {
    ++report_.findings_total;
    if (report_.findings.size() < kAuditFindingsMax) {
      report_.findings.push_back(std::move(finding));
    }
  }

  const std::optional<Checkpoint>& checkpoint_;
  const AuditProgress& progress_;
  AuditReport report_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<LinkBodies> bodies_;
  std::unique_ptr<PeopleRows> people_;
  std::unique_ptr<Statement> block_;
  std::unique_ptr<Statement> files_;
  std::unique_ptr<Statement> source_;
  std::unique_ptr<InvalidCounts> invalid_;
  std::unique_ptr<KeptCheck> kept_;
  Lane<StoredVerdicts> verdicts_{"verdict", nullptr};
  Lane<StoredErrors> errors_{"error", nullptr};
  int64_t link_ = 0;
  std::string body_;
  int64_t missing_links_ = 0;
  int64_t last_block_ = 0;
  std::string last_time_;
  uint64_t ended_runs_ = 0;
  std::array<uint64_t, kLinkKinds.size()> counted_{};
  PurgeLedger purges_;
};

}  // namespace

Result<AuditReport> verify_database(const std::string& path,
                                    const std::optional<Checkpoint>& checkpoint,
                                    const AuditProgress& progress) {
  Verification verification(checkpoint, progress);
  return verification.run(path);
}

}  // namespace simwarden
