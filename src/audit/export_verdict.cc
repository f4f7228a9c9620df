// SPDX-License-Identifier: Apache-2.0
#include "audit/export_verdict.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "audit/evidence_folder.h"
#include "notation/json_text.h"
#include "privacy/sha256.h"
#include "record/verdict.h"
#include "store/database.h"
#include "store/kept_records.h"
#include "store/migrations.h"

namespace simwarden {
namespace {

void add_text(std::string& out, std::string_view key, std::string_view text) {
  append_json_key(out, key);
  append_json_string(out, text);
}

void add_whole(std::string& out, std::string_view key, int64_t number) {
  append_json_key(out, key);
  append_whole(out, number);
}

// Of a row that nobody checked a number may be any.
template <typename Names>
std::string_view name_at(const Names& names, int64_t number) {
  const auto last = int64_t(std::size(names)) - 1;
  return names[size_t(std::clamp<int64_t>(number, 0, last))];
}

struct TextColumn {
  const char* name;
  int at;
};

// Writes the object of one verdict. (run)
class VerdictSheet {
 public:
  VerdictSheet(Database& database, const VerdictExport& wanted)
      : database_(database), wanted_(wanted) {}

  Result<std::string> run() {
    out_ = "{";
    add_text(out_, "format", "simwarden-verdict-1");
    add_whole(out_, "verdict_id", wanted_.verdict);
    Status done = add_row();
    if (done) done = add_hits();
    if (done) done = add_decisions();
    if (!done) return done.error();
    return out_ + "}\n";
  }

  int64_t block() const { return block_; }
  int64_t ruleset() const { return ruleset_; }

 private:
  Status add_row() {
    auto find = database_.prepare(
        "SELECT block_id, ruleset_id, s.name, line, byte, kind, action, score, "
        "profile, event_time, top_rule, record_id, subject, verdict_json, "
        "salt, personal_digests, excerpt_purge IS NOT NULL, "
        "coalesce(excerpt_purge, personal_purge), first_verdict "
        "FROM verdict_row JOIN block USING (block_id) "
        "JOIN source s USING (source_id) JOIN block_proof USING (block_id) "
        "WHERE verdict_id = ?");
    if (!find) return find.error();
    (*find)->bind(1, wanted_.verdict);
    const Statement& at = **find;
    const Result<bool> there = (*find)->step();
    if (!there) return there.error();
    if (!*there) {
      return Error{Trouble::input,
                   fmt::format("{}: verdict {} has no proof", database_.path(),
                               wanted_.verdict)};
    }
    block_ = at.integer(0);
    ruleset_ = at.integer(1);
    constexpr std::string_view kKinds[] = {"request", "message"};
    add_whole(out_, "block", block_);
    add_text(out_, "source", at.text(2));
    add_whole(out_, "line", at.integer(3));
    add_whole(out_, "byte", at.integer(4));
    add_text(out_, "kind", name_at(kKinds, at.integer(5)));
    add_text(out_, "action", name_at(kActionNames, at.integer(6)));
    append_json_key(out_, "score");
    append_json_number(out_, at.number(7));
    add_text(out_, "profile", at.text(8));
    add_text(out_, "event_time", at.text(9));
    add_text(out_, "top_rule", at.text(10));
    return at.is_null(15) ? add_personal(at) : add_purged(at);
  }

  // What is hashed with the salt, and this.
  Status add_personal(const Statement& at) {
    add_text(out_, "salt", at.text(14));
    add_text(out_, "record_id", at.text(11));
    add_text(out_, "subject", at.text(12));
    if (!at.is_null(13)) add_text(out_, "verdict_json", at.text(13));
    return Done{};
  }

  Status add_purged(const Statement& at) {
    const auto place =
        size_t(wanted_.verdict - at.integer(18)) * sizeof(Digest);
    const std::string_view kept = at.blob(15);
    Digest digest{};
    if (place + sizeof digest <= kept.size()) {
      std::copy_n(kept.begin() + ptrdiff_t(place), sizeof digest,
                  digest.begin());
    }
    add_text(out_, "personal", hex_of(digest));
    const char* taken_by =
        at.integer(16) != 0 ? "excerpt_purge" : "personal_purge";
    return add_purge(
        {.key = "purge",
         .id = at.integer(17),
         .rows = fmt::format(
             "SELECT block_id - ?2, iif({0}, subject_proof, NULL) FROM (SELECT "
             "block_id, subject_proof, {1} AS taken_by FROM block_proof UNION "
             "ALL SELECT block_id, subject_proof, {1} FROM part_double) "
             "WHERE taken_by = ?1 ORDER BY block_id",
             at.integer(16), taken_by),
         .shift = "block_shift"});
  }

  // What the link of a purge is over, as the part names it that purged.
  struct PurgeList {
    const char* key;
    int64_t id = 0;
    std::string rows;
    const char* shift;
  };
  Status add_purge(const PurgeList& list) {
    auto purge = database_.prepare(
        fmt::format("SELECT class, at, coalesce({}, 0) FROM purge "
                    "LEFT JOIN part USING (part_id) WHERE purge_id = ?",
                    list.shift));
    if (!purge) return purge.error();
    (*purge)->bind(1, list.id);
    int64_t shift = 0;
    append_json_key(out_, list.key);
    out_ += '{';
    add_whole(out_, "purge_id", list.id);
    Status done = (*purge)->each_row([&](const Statement& at) {
      add_text(out_, "class", at.text(0));
      add_text(out_, "at", at.text(1));
      shift = at.integer(2);
    });
    if (!done) return done;
    auto rows = database_.prepare(list.rows);
    if (!rows) return rows.error();
    (*rows)->bind(1, list.id);
    (*rows)->bind(2, shift);
    append_json_key(out_, "list");
    out_ += '[';
    done = (*rows)->each_row([&](const Statement& at) {
      if (out_.back() != '[') out_ += ',';
      append_whole(out_, at.integer(0));
      if (at.is_null(1)) return;
      out_ += ',';
      append_json_string(out_, at.text(1));
    });
    out_ += "]}";
    return done;
  }

  // Objects of one list; `write` fills each.
  template <typename Write>
  Status add_list(const char* key, const std::string& sql, Write write) {
    append_json_key(out_, key);
    out_ += '[';
    Status done = database_.each_row(sql, [&](const Statement& at) -> Status {
      out_ += out_.back() == '[' ? "{" : ",{";
      Status written = write(at);
      out_ += '}';
      return written;
    });
    out_ += ']';
    return done;
  }

  // Hits that did not count.
  Status add_hits() {
    Status done = add_list(
        "shadow_hits",
        fmt::format("SELECT rule, score FROM shadow_row WHERE verdict_id = {} "
                    "ORDER BY rule",
                    wanted_.verdict),
        [this](const Statement& at) { return add_hit(at); });
    if (!done) return done;
    constexpr TextColumn kTexts[] = {{"waiver", 2},
                                     {"asked_by", 3},
                                     {"approved_by", 4},
                                     {"why", 5},
                                     {"until", 6}};
    return add_list(
        "waived_hits",
        fmt::format("SELECT rule, score, waiver, asked_by, approved_by, why, "
                    "until FROM waived_row WHERE verdict_id = {} ORDER BY rule",
                    wanted_.verdict),
        [&](const Statement& at) {
          Status added = add_hit(at);
          for (const TextColumn& each : kTexts) {
            add_text(out_, each.name, at.text(each.at));
          }
          return added;
        });
  }

  Status add_hit(const Statement& at) {
    add_text(out_, "rule", at.text(0));
    append_json_key(out_, "score");
    append_json_number(out_, at.number(1));
    return Done{};
  }

  // Looked for without an index, which can be made to pass over one.
  Status add_decisions() {
    return add_list(
        "decisions",
        fmt::format("SELECT decision_id, coalesce(linked_verdict, verdict_id), "
                    "stored_at, decided_at, decided_by, outcome, state, owner, "
                    "due, salt, note, note_digest, note_purge "
                    "FROM decision_row NOT INDEXED WHERE verdict_id = {} "
                    "OR decision_id IN ({}) ORDER BY decision_id",
                    wanted_.verdict, fmt::join(wanted_.decisions, ", ")),
        [this](const Statement& at) { return add_decision(at); });
  }

  Status add_decision(const Statement& at) {
    constexpr TextColumn kTexts[] = {
        {"stored_at", 2}, {"decided_at", 3}, {"decided_by", 4}, {"outcome", 5},
        {"state", 6},     {"owner", 7},      {"due", 8}};
    add_whole(out_, "decision_id", at.integer(0));
    add_whole(out_, "verdict_id", at.integer(1));
    for (const TextColumn& each : kTexts) {
      add_text(out_, each.name, at.text(each.at));
    }
    if (!at.is_null(9)) {
      add_text(out_, "salt", at.text(9));
      add_text(out_, "note", at.text(10));
      return Done{};
    }
    add_text(out_, "note_digest", at.text(11));
    return add_purge({.key = "purge",
                      .id = at.integer(12),
                      .rows = "SELECT decision_id - ?2, NULL FROM decision_row "
                              "WHERE note_purge = ?1 ORDER BY decision_id",
                      .shift = "decision_shift"});
  }

  Database& database_;
  const VerdictExport& wanted_;
  std::string out_;
  int64_t block_ = 0;
  int64_t ruleset_ = 0;
};

// Empty: none are kept of it.
Result<std::string> facts_of(const std::string& path, int64_t verdict) {
  auto walk = KeptRecords::open(path, {}, {.verdict = verdict});
  if (!walk) return walk.error();
  while (true) {
    const Result<bool> more = (*walk)->next();
    if (!more) return more.error();
    if (!*more) break;
    if ((*walk)->verdict_id() == verdict) return std::string((*walk)->line());
  }
  const std::vector<DamagedFacts>& damaged = (*walk)->damage().named;
  if (damaged.empty()) return std::string();
  return Error{Trouble::input,
               fmt::format("{}: block {}: {}", path, damaged.front().block,
                           damaged.front().what)};
}

}  // namespace

Result<bool> export_verdict(const std::string& path, const std::string& folder,
                            const VerdictExport& wanted) {
  std::string facts;
  if (wanted.facts) {
    auto kept = facts_of(path, wanted.verdict);
    if (!kept) return kept.error();
    facts = *std::move(kept);
  }
  auto opened = Database::open(path, Access::read);
  if (!opened) return opened.error();
  Database& database = **opened;
  if (Status ours = check_version(database); !ours) return ours.error();
  if (Status begun = database.run("BEGIN"); !begun) return begun.error();
  VerdictSheet sheet(database, wanted);
  const auto json = sheet.run();
  if (!json) return json.error();
  EvidenceFolder evidence(folder);
  Status done = evidence.begin(database);
  if (done) {
    done = evidence.add_rows(database,
                             fmt::format("WHERE block_id = {}", sheet.block()));
  }
  if (done) done = evidence.add_ruleset(database, sheet.ruleset());
  if (done) done = evidence.add_summed("verdict.json", *json);
  if (done) done = evidence.add_summed("verdict.txt", wanted.text);
  if (done && !facts.empty()) {
    done = evidence.add_summed("facts.json", facts + "\n");
  }
  if (done) done = evidence.finish();
  if (!done) return done.error();
  return !wanted.facts || !facts.empty();
}

}  // namespace simwarden
