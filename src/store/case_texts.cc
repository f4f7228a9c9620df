// SPDX-License-Identifier: Apache-2.0
#include "store/case_texts.h"

#include <fmt/format.h>

#include "privacy/masks.h"
#include "record/time.h"
#include "store/decision.h"
#include "store/proof.h"

namespace simwarden {
namespace {

Error wrong(std::string what) {
  return {Trouble::usage, std::move(what)};
}

struct CaseOfNumber {
  int64_t id = 0;
  std::string until;
  uint64_t texts = 0;  // those still there
};

// Databases that were merged can each have a case of the number, with a day of
// its own.
Result<std::vector<CaseOfNumber>> find_cases(Database& database,
                                             std::string_view number) {
  auto find = database.prepare(
      "SELECT case_id, until, (SELECT count(*) FROM case_text_row t WHERE "
      "t.case_id = c.case_id AND text_purge IS NULL) FROM case_file c "
      "WHERE number = ? ORDER BY case_id");
  if (!find) return find.error();
  (*find)->bind(1, number);
  std::vector<CaseOfNumber> cases;
  const Status done = (*find)->each_row([&](const Statement& row) {
    cases.push_back(
        {row.integer(0), std::string(row.text(1)), uint64_t(row.integer(2))});
  });
  if (!done) return done.error();
  return cases;
}

Result<int64_t> make_case(Database& database, Chain& chain,
                          const CaseFile& file) {
  auto insert = database.prepare(
      "INSERT INTO case_file (number, until, opened_at, opened_by) "
      "VALUES (?, ?, ?, ?)");
  if (!insert) return insert.error();
  const std::string now = utc_now();
  (*insert)->bind(1, file.number);
  (*insert)->bind(2, file.until);
  (*insert)->bind(3, now);
  (*insert)->bind(4, file.opened_by);
  Status done = (*insert)->run();
  if (!done) return done.error();
  const int64_t id = database.last_id();
  done = chain.add(LinkKind::case_file, id);
  if (!done) return done.error();
  return id;
}

// A block has some thousand rows, which lie side by side.
constexpr const char* kFindVerdict =
    "SELECT verdict_id FROM block b JOIN ruleset r USING (ruleset_id) "
    "JOIN block_proof p USING (block_id) JOIN verdict_row v ON "
    "v.verdict_id >= first_verdict AND v.verdict_id < first_verdict + verdicts "
    "WHERE r.digest = ?1 AND b.digest = ?2 AND v.byte = ?3 "
    "AND verdict_purge IS NULL AND personal_purge IS NULL";

class TextWriter {
 public:
  static Result<TextWriter> open(Database& database) {
    TextWriter writer;
    struct Row {
      const char* sql;
      std::unique_ptr<Statement>* statement;
    };
    const Row rows[] = {
        {kFindVerdict, &writer.find_},
        {"SELECT 1 FROM case_text_row WHERE case_id = ? AND verdict_id = ?",
         &writer.known_},
        {"INSERT INTO case_text_row (case_id, verdict_id, text, salt, "
         "text_digest) VALUES (?, ?, ?, ?, ?)",
         &writer.insert_}};
    for (const Row& row : rows) {
      auto statement = database.prepare(row.sql);
      if (!statement) return statement.error();
      *row.statement = std::move(*statement);
    }
    return writer;
  }

  // 0 when it is not there any more.
  Result<int64_t> verdict_of(std::string_view ruleset, const CaseText& text) {
    find_->bind(1, ruleset);
    find_->bind(2, text.block_digest);
    find_->bind(3, int64_t(text.byte));
    const Result<bool> row = find_->step();
    if (!row) return row.error();
    const int64_t id = *row ? find_->integer(0) : 0;
    find_->reset();
    return id;
  }

  Result<bool> is_known(int64_t case_id, int64_t verdict) {
    known_->bind(1, case_id);
    known_->bind(2, verdict);
    Result<bool> row = known_->step();
    known_->reset();
    return row;
  }

  Status insert(int64_t case_id, int64_t verdict, std::string_view text) {
    const std::string salt = new_salt();
    hasher_.field(salt);
    hasher_.field(text);
    const std::string digest = hex_of(hasher_.finish());
    insert_->bind(1, case_id);
    insert_->bind(2, verdict);
    insert_->bind(3, text);
    insert_->bind(4, salt);
    insert_->bind(5, digest);
    return insert_->run();
  }

 private:
  std::unique_ptr<Statement> find_;
  std::unique_ptr<Statement> known_;
  std::unique_ptr<Statement> insert_;
  RowHasher hasher_;
};

Status log_opening(Database& database, Chain& chain, const CaseOfNumber& found,
                   const std::string& who, const std::string& why) {
  auto insert = database.prepare(
      "INSERT INTO case_opening (case_id, at, who, why, texts) "
      "VALUES (?, ?, ?, ?, ?)");
  if (!insert) return insert.error();
  const std::string now = utc_now();
  const std::string masked = mask_text(why);
  (*insert)->bind(1, found.id);
  (*insert)->bind(2, now);
  (*insert)->bind(3, who);
  (*insert)->bind(4, masked);
  (*insert)->bind(5, int64_t(found.texts));
  Status done = (*insert)->run();
  return done ? chain.add(LinkKind::opening, database.last_id()) : done;
}

}  // namespace

Status check_case_file(const CaseFile& file, std::string_view today) {
  Status right = check_words("case", file.number, kCaseNumberBytesMax);
  if (!right) return right;
  if (file.until.empty()) {
    return wrong(fmt::format(
        "case {}: needs a day on which its texts are deleted, at most {} days "
        "from today (--case-until 2026-12-31)",
        file.number, kCaseDaysMax));
  }
  const auto last = parse_date(file.until);
  const auto now = parse_date(today);
  if (!last || !now) {
    return wrong(fmt::format("case {}: “{}” is not a date like 2026-12-31",
                             file.number, file.until));
  }
  if (*last < *now) {
    return wrong(fmt::format("case {}: {} is over", file.number, file.until));
  }
  if (*last - *now > kCaseDaysMax) {
    return wrong(fmt::format(
        "case {}: {} is more than {} days away; the last day can be {}",
        file.number, file.until, kCaseDaysMax, date_text(*now + kCaseDaysMax)));
  }
  return check_words("case-by", file.opened_by, kWhoBytesMax);
}

Result<CaseKeeper> CaseKeeper::open(Database& database, Chain& chain,
                                    const CaseFile& file) {
  const auto found = find_cases(database, file.number);
  if (!found) return found.error();
  CaseKeeper keeper;
  for (const CaseOfNumber& each : *found) {
    if (each.until != file.until) continue;
    keeper.texts_ = each.texts;
    keeper.case_id_ = each.id;
    return keeper;
  }
  if (!found->empty()) {
    return wrong(fmt::format(
        "case {}: its texts are deleted after {}, not {}; name that day, or "
        "another case",
        file.number, found->front().until, file.until));
  }
  const auto made = make_case(database, chain, file);
  if (!made) return made.error();
  keeper.case_id_ = *made;
  return keeper;
}

Status CaseKeeper::keep(Database& database, Chain& chain,
                        std::string_view ruleset_digest,
                        std::span<const CaseText> texts) {
  auto writer = TextWriter::open(database);
  if (!writer) return writer.error();
  for (const CaseText& text : texts) {
    const auto verdict = writer->verdict_of(ruleset_digest, text);
    if (!verdict) return verdict.error();
    if (*verdict == 0) {
      ++counts_.gone;
      continue;
    }
    const auto known = writer->is_known(case_id_, *verdict);
    if (!known) return known.error();
    if (*known) {
      ++counts_.known;
      continue;
    }
    if (texts_ >= kCaseTextsMax) {
      ++counts_.beyond;
      continue;
    }
    Status added = writer->insert(case_id_, *verdict, text.text);
    if (added) added = chain.add(LinkKind::text, database.last_id());
    if (!added) return added;
    ++texts_;
    ++counts_.kept;
  }
  return Done{};
}

Result<uint64_t> open_case_texts(
    const std::string& path, const std::string& number, const std::string& who,
    const std::string& why,
    const std::function<Status(const OpenedText&)>& take) {
  Status right = check_words("case", number, kCaseNumberBytesMax);
  if (right) right = check_words("who", who, kWhoBytesMax);
  if (right) right = check_words("why", why, kWhyBytesMax);
  if (!right) return right.error();
  right = add_to_store(path, [&](Database& database, Chain& chain) -> Status {
    const auto found = find_cases(database, number);
    if (!found) return found.error();
    if (found->empty()) {
      return wrong(
          fmt::format("case {}: this database has no such case", number));
    }
    Status logged = Done{};
    for (const CaseOfNumber& each : *found) {
      if (logged) logged = log_opening(database, chain, each, who, why);
    }
    return logged;
  });
  if (!right) return right.error();
  auto database = Database::open(path, Access::read);
  if (!database) return database.error();
  auto rows = (*database)->prepare(
      "SELECT verdict_id, coalesce(source, ''), coalesce(line, 0), "
      "coalesce(record_id, ''), coalesce(action, ''), text FROM case_text "
      "WHERE case_number = ? ORDER BY text_id");
  if (!rows) return rows.error();
  (*rows)->bind(1, number);
  uint64_t count = 0;
  const Status done = (*rows)->each_row([&](const Statement& at) {
    ++count;
    return take({at.integer(0), std::string(at.text(1)), at.integer(2),
                 std::string(at.text(3)), std::string(at.text(4)),
                 std::string(at.text(5))});
  });
  if (!done) return done.error();
  return count;
}

}  // namespace simwarden
