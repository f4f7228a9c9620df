// SPDX-License-Identifier: Apache-2.0
#include "audit/verify.h"

#include <algorithm>
#include <memory>
#include <set>

#include <fmt/format.h>

#include "audit/block_check.h"
#include "audit/counted_check.h"
#include "audit/flat_json.h"
#include "audit/kept_check.h"
#include "audit/linked_rows.h"
#include "audit/people_rows.h"
#include "audit/purge_check.h"
#include "audit/schema_check.h"
#include "audit/standing_rows.h"
#include "audit/time_notes.h"
#include "audit/unlinked_rows.h"
#include "diag/counted.h"
#include "store/links.h"
#include "store/migrations.h"

// One pass along the chain, and where a database was merged into this one,
// along its chain. Blocks come in the order of their rows (block_check.h).

namespace simwarden {
namespace {

// A merged database can be merged again; nobody does so a hundred times.
constexpr int kPartDepthMax = 16;

// The chain that is being walked: this database's own, or that of a part.
struct ChainWalk {
  ChainPlace place;
  std::string name;     // of the part
  std::string head;     // of the links so far
  int64_t links = 0;    // so far
  int64_t missing = 0;  // of them
  int64_t link = 0;     // the one at hand
  std::string body;
  int64_t last_block = 0;
  std::string last_time;
};

class Verification {
 public:
  Verification(const std::optional<Checkpoint>& checkpoint,
               const AuditProgress& progress)
      : checkpoint_(checkpoint), progress_(progress) {}

  Result<AuditReport> run(const std::string& path) {
    Status done = open(path);
    if (!done) return done.error();
    const auto tell = [this](AuditFinding finding) {
      report(std::move(finding));
    };
    done = check_schema(*database_, tell);
    if (done) done = prepare_checks();
    if (done) done = purges_.read_owners(*database_);
    ChainWalk own;
    if (done) done = walk(own, 0);
    if (done) done = rows_->finish();
    if (!done) return what_is_known(done.error());
    report_.rulesets = texts_.size();
    linked_.rulesets = rulesets_.size();
    linked_.ruleset_texts = texts_.size();
    linked_.doubles = report_.doubles;
    done = check_unlinked_rows(*database_, linked_, tell);
    if (done) done = check_standing_rows(*database_, tell);
    if (done) done = check_indexes(*database_, tell);
    note_texts();
    if (!done) return what_is_known(done.error());
    if (own.links == 0) report({.what = "the database has no chain"});
    report_.links = uint64_t(own.links);
    report_.head = own.head;
    report_.purges = purges_.purges();
    purges_.finish(tell);
    check_checkpoint(own);
    for (std::string& note : times_->take()) {
      report_.notes.push_back(std::move(note));
    }
    return std::move(report_);
  }

 private:
  // A table without a column that it had breaks off the reading: what is known
  // of it by then is told, and that there is more.
  Result<AuditReport> what_is_known(const Error& error) {
    if (report_.findings_total == 0) return error;
    report({.what = "nothing more could be verified: " + error.what});
    return std::move(report_);
  }

  Status open(const std::string& path) {
    auto database = Database::open(path, Access::read);
    if (!database) return database.error();
    database_ = std::move(*database);
    if (Status ours = check_version(*database_); !ours) return ours;
    // One picture of the file, also while a run is writing.
    return database_->run("BEGIN");
  }

  // REQUIRES: all tables are there, or what stands in for them.
  Status prepare_checks() {
    auto links = LinkedRows::open(*database_);
    if (!links) return links.error();
    links_ = std::move(*links);
    auto people = PeopleRows::open(*database_);
    if (!people) return people.error();
    people_ = std::move(*people);
    auto kept = KeptCheck::open(*database_);
    if (!kept) return kept.error();
    kept_ = std::move(*kept);
    auto counted = CountedCheck::open(*database_);
    if (!counted) return counted.error();
    counted_ = std::move(*counted);
    auto times = TimeNotes::open(*database_);
    if (!times) return times.error();
    times_ = std::move(*times);
    auto rows = BlockCheck::open(
        *database_, [this](AuditFinding finding) { say(std::move(finding)); });
    if (!rows) return rows.error();
    rows_ = std::move(*rows);
    auto blocks = ProvenBlocks::open(*database_);
    if (!blocks) return blocks.error();
    blocks_ = std::move(*blocks);
    const auto all =
        database_->integer("SELECT coalesce(sum(verdicts), 0) FROM block");
    if (!all) return all.error();
    verdicts_all_ = *all;
    return prepare_statements();
  }

  Status prepare_statements() {
    struct Row {
      const char* sql;
      std::unique_ptr<Statement>* statement;
    };
    const Row rows[] = {
        {"SELECT f.bytes, f.sha256, position FROM ruleset_file r LEFT JOIN "
         "policy_file f "
         "USING (file_id) WHERE ruleset_id = ? ORDER BY position",
         &files_},
        {"SELECT name, seen, judged, unreadable, duplicate, "
         "(SELECT coalesce(sum(verdicts), 0) FROM block b "
         "WHERE b.source_id = s.source_id), "
         "(SELECT coalesce(sum(errors), 0) FROM block b "
         "WHERE b.source_id = s.source_id) "
         "FROM source s WHERE source_id = ?",
         &source_},
        {"SELECT name, head, links, run_shift, source_shift, block_shift, "
         "verdict_shift, error_shift, purge_shift, decision_shift, case_shift, "
         "text_shift, opening_shift, part_shift "
         "FROM part WHERE part_id = ?",
         &part_},
        {"SELECT stands_for, first_verdict, excerpt_purge, personal_purge, "
         "verdict_purge, "
         "coalesce(subject_proof, ''), events_purge FROM part_double "
         "WHERE part_id = ?1 AND block_id = ?2",
         &double_},
    };
    for (const Row& row : rows) {
      auto statement = database_->prepare(row.sql);
      if (!statement) return statement.error();
      *row.statement = std::move(*statement);
    }
    return Done{};
  }

  Status walk(ChainWalk& chain, int depth) {
    auto links = database_->prepare(
        chain.place.part == 0
            ? "SELECT link_id, body, hash FROM chain_link ORDER BY link_id"
            : "SELECT link_id, body, hash FROM part_link WHERE part_id = ? "
              "ORDER BY link_id");
    if (!links) return links.error();
    if (chain.place.part != 0) (*links)->bind(1, chain.place.part);
    ChainWalk* const before = std::exchange(chain_, &chain);
    Status walked = (*links)->each_row([&](const Statement& row) -> Status {
      chain.link = row.integer(0);
      chain.body = row.text(1);
      check_link(row.text(2));
      if (Status checked = check_body(depth); !checked) return checked;
      look_at_checkpoint();
      if (progress_) {
        progress_(report_.verdicts,
                  double(report_.verdicts) /
                      double(std::max<int64_t>(verdicts_all_, 1)));
      }
      return Done{};
    });
    chain_ = before;
    return walked;
  }

  void check_link(std::string_view hash) {
    ChainWalk& chain = *chain_;
    const int64_t expected = chain.links + chain.missing + 1;
    if (chain.link < expected) {
      say(
          fmt::format("a link of the chain with the number {} stands where {} "
                      "should",
                      chain.link, expected));
      chain.missing += chain.link - expected;
    } else if (chain.link > expected) {
      say(fmt::format("links {} to {} of the chain are missing", expected,
                      chain.link - 1));
      chain.missing += chain.link - expected;
    } else if (hash_of_link(chain.head, chain.body) != hash) {
      say("this link of the chain or the one before it was changed");
    }
    if (flat_number(chain.body, "link") != chain.link) {
      say("this link of the chain stands in the place of another");
    }
    chain.head = hash;
    ++chain.links;
    if (chain.place.part != 0) ++linked_.part_links;
    times_->link(chain.body, chain.link, chain.last_time);
  }

  Status check_body(int depth) {
    const std::string& body = chain_->body;
    const std::string_view name = flat_value(body, "kind");
    const auto* const found =
        std::find(kLinkKinds.begin(), kLinkKinds.end(), name);
    if (found == kLinkKinds.end()) {
      say(fmt::format("no link is of the kind “{}”", name));
      return Done{};
    }
    const auto kind = LinkKind(found - kLinkKinds.begin());
    if (kind == LinkKind::chain) {
      note_older(flat_number(body, "blocks_before"));
      return Done{};
    }
    const std::string_view table = name.substr(0, name.find('_'));
    const int64_t id = flat_number(body, table);
    if (kind == LinkKind::block) {
      const Result<bool> is_double = check_double(id);
      if (!is_double) return is_double.error();
      if (*is_double) return Done{};
    }
    ++linked_.rows[size_t(kind)];
    const auto row = links_->find(chain_->place, kind, id, chain_->link);
    if (!row) return row.error();
    if (row->body.empty()) {
      say(fmt::format("{} {} is missing", table, id));
    } else if (row->body != body) {
      say_changed(kind, table, id, changed_key(body, row->body));
    }
    return check_more(kind, *row, depth);
  }

  void say_changed(LinkKind kind, std::string_view table, int64_t id,
                   std::string_view key) {
    say(key.empty()
            ? fmt::format("{} {}: the body of its link is spelt in another way "
                          "than it was written",
                          table, id)
            : fmt::format("{} {}: “{}” is not as it was written", table, id,
                          columns_of(kind, key)));
  }

  Status check_more(LinkKind kind, const LinkedRows::Row& row, int depth) {
    const bool there = !row.body.empty();
    switch (kind) {
      case LinkKind::block: return check_block(row.id, there);
      case LinkKind::ruleset: rulesets_.insert(row.id); return Done{};
      case LinkKind::ruleset_text:
        texts_.insert(row.id);
        return check_ruleset(row.id);
      case LinkKind::source_end:
        ++(flat_value(chain_->body, "ended") == "0" ? report_.sources_cut
                                                    : linked_.whole_sources);
        return check_source(row.id);
      case LinkKind::run_end:
        if (flat_value(chain_->body, "status") != "failed")
          ++linked_.ended_runs;
        return Done{};
      case LinkKind::purge:
        purges_.link(row.id, chain_->body);
        check_part(purges_.part_of(row.id), "purge", row.id);
        return times_->purge(chain_->body, row.id);
      case LinkKind::decision:
      case LinkKind::text: return check_people(kind, row.id);
      case LinkKind::case_file: return there ? check_case(row.id) : Done{};
      case LinkKind::part: return there ? walk_part(row.id, depth) : Done{};
      default: return Done{};
    }
  }

  // A part's own chain tells what the part was; the link to it, how long that
  // chain was and what its head was when it was merged.
  Status walk_part(int64_t id, int depth) {
    if (depth >= kPartDepthMax) {
      say(fmt::format("part {}: merged {} times over", id, kPartDepthMax));
      return Done{};
    }
    part_->bind(1, id);
    const Result<bool> row = part_->step();
    if (!row) return row.error();
    if (!*row) return Done{};
    const Statement& at = *part_;
    ChainWalk part;
    part.name = at.text(0);
    const std::string head(at.text(1));
    const int64_t links = at.integer(2);
    part.place = {id,
                  {at.integer(3), at.integer(4), at.integer(5), at.integer(6),
                   at.integer(7), at.integer(8), at.integer(9), at.integer(10),
                   at.integer(11), at.integer(12), at.integer(13)}};
    part_->reset();
    ++report_.parts;
    Status walked = walk(part, depth + 1);
    if (!walked) return walked;
    if (part.head != head || part.links != links) {
      report({.part = part.name,
              .link = part.link,
              .what = fmt::format("its chain is not the one that was merged: "
                                  "{} links to {}, there are {} to {}",
                                  links, head, part.links, part.head)});
    }
    return Done{};
  }

  // A note or a text that a purge can have taken.
  Status check_people(LinkKind kind, int64_t id) {
    const bool decision = kind == LinkKind::decision;
    ++(decision ? report_.decisions : report_.case_texts);
    const auto checked = people_->check(kind, id);
    if (!checked) return checked.error();
    if (checked->purge != 0) {
      if (!decision) ++report_.case_texts_purged;
      purges_.add_row(checked->purge,
                      decision ? RetentionClass::notes : RetentionClass::cases,
                      id);
    }
    if (!checked->fault.empty()) {
      say(fmt::format("{} {}: {}", decision ? "decision" : "text", id,
                      checked->fault));
    }
    return Done{};
  }

  Status check_case(int64_t id) {
    const auto part = database_->integer(
        fmt::format("SELECT part_id FROM case_file WHERE case_id = {}", id));
    if (!part) return part.error();
    check_part(*part, "case", id);
    return Done{};
  }

  void note_older(int64_t blocks) {
    if (blocks == 0) return;
    report_.notes.push_back(fmt::format(
        "{} from before the chain: proven since {}",
        how_many(uint64_t(blocks), "block"), flat_value(chain_->body, "time")));
  }

  Status check_ruleset(int64_t id) {
    if (id == 0) return Done{};
    files_->bind(1, id);
    Sha256 hash;
    int64_t position = 0;
    Status done = files_->each_row([&](const Statement& row) {
      hash.add(row.blob(0));
      ++position;
      if (row.integer(2) != position) {
        say(fmt::format("ruleset {}: file {} stands at position {}", id,
                        position, row.integer(2)));
      }
      if (row.text(1) == sha256_hex(row.blob(0))) return;
      say(fmt::format("ruleset {}: file {}: “sha256” is not that of its text",
                      id, position));
    });
    if (!done) return done;
    const std::string digest = "sha256:" + hex_of(hash.finish());
    if (digest == flat_value(chain_->body, "digest")) return Done{};
    say(
        fmt::format("the text of ruleset {} is not the one that judged: its "
                    "digest is {}, not {}",
                    id, digest, flat_value(chain_->body, "digest")));
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
    AuditFinding finding{.source = std::string(at.text(0))};
    if (n(1) != n(2) + n(3) + n(4)) {
      finding.what = fmt::format(
          "the counts do not add up: {} seen, {} judged, {} unreadable, {} "
          "duplicate",
          n(1), n(2), n(3), n(4));
      say(finding);
    }
    if (n(5) > n(2) + n(4) || n(6) > n(3)) {
      finding.what = fmt::format(
          "more is stored than was counted: {} verdicts of {} judged, {} "
          "errors of {} unreadable",
          n(5), n(2), n(6), n(3));
      say(finding);
    }
    source_->reset();
    return Done{};
  }

  Status check_block(int64_t id, bool there) {
    if (id <= chain_->last_block) {
      say(fmt::format("block {} is out of order", id));
    }
    chain_->last_block = id;
    if (!there) return Done{};
    ProvenBlock block;
    const Result<bool> found = blocks_->find(id, block);
    if (!found) return found.error();
    if (!*found) return Done{};
    check_part(block.part, "block", id);
    report_.blocks += 1;
    report_.verdicts += uint64_t(block.verdicts);
    report_.errors += uint64_t(block.errors);
    const PurgeMarks& purges = block.purges;
    purges_.add(id, purges, block.verdicts, block.errors);
    if (purges.verdicts != 0) {
      report_.purged_verdicts += uint64_t(block.verdicts);
    } else if (purges.personal != 0) {
      report_.purged_personal += uint64_t(block.verdicts);
    } else if (purges.excerpts != 0) {
      report_.purged_excerpts += uint64_t(block.verdicts);
    }
    Status checked = rows_->check(block);
    if (!checked) return checked;
    const auto fault = kept_->fault_of(id, purges);
    if (!fault) return fault.error();
    if (!fault->empty()) say(fmt::format("block {}: {}", id, *fault));
    const auto counted = counted_->check(id, purges);
    if (!counted) return counted.error();
    if (counted->outlived != 0) purges_.add_outlived(counted->outlived, id);
    if (!counted->fault.empty()) {
      say(fmt::format("block {}: {}", id, counted->fault));
    }
    return Done{};
  }

  void check_part(int64_t part, const char* what, int64_t id) {
    if (part == chain_->place.part) return;
    say(fmt::format("{} {} is said to be of another part", what, id));
  }

  // A block of a part whose bytes another part had under the same ruleset:
  // the one that stands must be of the same bytes in the same place.
  Result<bool> check_double(int64_t id_in_part) {
    const int64_t id = id_in_part + chain_->place.shift.block;
    double_->bind(1, chain_->place.part);
    double_->bind(2, id);
    Result<bool> row = double_->step();
    if (!row || !*row) return row;
    const Statement& at = *double_;
    const int64_t stands = at.integer(0);
    const int64_t first_verdict = at.integer(1) - chain_->place.shift.verdict;
    const PurgeMarks purges{at.integer(2), at.integer(3), at.integer(4),
                            std::string(at.text(5))};
    const int64_t outlived = at.integer(6);
    double_->reset();
    ++report_.doubles;
    if (outlived != 0) purges_.add_outlived(outlived, id);
    const std::string& body = chain_->body;
    purges_.add(id, purges, flat_number(body, "verdicts"),
                flat_number(body, "errors"));
    if (flat_number(body, "first_verdict") != first_verdict) {
      say(fmt::format("block {}: “first_verdict” is not as it was written",
                      id_in_part));
    }
    const auto other = links_->find({}, LinkKind::block, stands, chain_->link);
    if (!other) return other.error();
    for (const char* key : {"begin_byte", "digest", "end_byte", "first_line",
                            "head", "parent", "ruleset"}) {
      if (flat_value(other->body, key) == flat_value(body, key)) continue;
      say(
          fmt::format("block {} is said to be the same as block {}: “{}” is "
                      "not",
                      id_in_part, stands, key));
      break;
    }
    return true;
  }

  void note_texts() {
    const auto without = std::count_if(
        rulesets_.begin(), rulesets_.end(),
        [this](int64_t ruleset) { return !texts_.contains(ruleset); });
    if (without == 0) return;
    report_.notes.push_back(
        fmt::format("{} known by the digest only: the text was not kept",
                    how_many(uint64_t(without), "ruleset")));
  }

  // A checkpoint saw this database, or one that was merged into it.
  void look_at_checkpoint() {
    if (!checkpoint_ || chain_->link != int64_t(checkpoint_->links)) return;
    const bool own = chain_->place.part == 0;
    const bool same = chain_->head == checkpoint_->head &&
                      (!own || (report_.blocks == checkpoint_->blocks &&
                                report_.verdicts == checkpoint_->verdicts &&
                                report_.errors == checkpoint_->errors));
    if (!same || checkpoint_seen_) return;
    checkpoint_seen_ = true;
    report_.checkpoint_part = chain_->name;
    times_->checkpoint(checkpoint_->time, chain_->last_time);
  }

  void check_checkpoint(const ChainWalk& own) {
    if (!checkpoint_ || checkpoint_seen_) return;
    const bool reached = own.link >= int64_t(checkpoint_->links);
    report(
        {.link = reached ? int64_t(checkpoint_->links) : 0,
         .what = reached
                     ? fmt::format("the chain up to here is not the one that "
                                   "the checkpoint of {} saw",
                                   checkpoint_->time)
                     : fmt::format("the tail is gone: the checkpoint of {} saw "
                                   "{} links with {} verdicts, there are {} "
                                   "with {}",
                                   checkpoint_->time, checkpoint_->links,
                                   checkpoint_->verdicts, own.links,
                                   report_.verdicts)});
  }

  void say(std::string what) { say(AuditFinding{.what = std::move(what)}); }
  // About the link at hand.
  void say(AuditFinding finding) {
    if (chain_ != nullptr) {
      finding.part = chain_->name;
      finding.link = chain_->link;
    }
    report(std::move(finding));
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
  std::unique_ptr<LinkedRows> links_;
  std::unique_ptr<PeopleRows> people_;
  std::unique_ptr<KeptCheck> kept_;
  std::unique_ptr<CountedCheck> counted_;
  std::unique_ptr<TimeNotes> times_;
  std::unique_ptr<ProvenBlocks> blocks_;
  std::unique_ptr<BlockCheck> rows_;
  std::unique_ptr<Statement> files_;
  std::unique_ptr<Statement> source_;
  std::unique_ptr<Statement> part_;
  std::unique_ptr<Statement> double_;
  PurgeCheck purges_;
  ChainWalk* chain_ = nullptr;  // the one being walked
  int64_t verdicts_all_ = 0;
  LinkedCounts linked_;
  bool checkpoint_seen_ = false;
  // Of all chains: a ruleset can have a link in each of them.
  std::set<int64_t> rulesets_;
  std::set<int64_t> texts_;
};

}  // namespace

Result<AuditReport> verify_database(const std::string& path,
                                    const std::optional<Checkpoint>& checkpoint,
                                    const AuditProgress& progress) {
  Verification verification(checkpoint, progress);
  return verification.run(path);
}

}  // namespace simwarden
