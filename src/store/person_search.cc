// SPDX-License-Identifier: Apache-2.0
#include "store/person_search.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <simdjson.h>

#include "diag/ascii.h"
#include "record/person.h"
#include "record/verdict.h"
#include "store/case_search.h"
#include "store/database.h"
#include "store/kept_records.h"
#include "store/migrations.h"

namespace simwarden {
namespace {

namespace dom = simdjson::dom;

using FieldNames = std::set<std::string>;
using FoundIn = std::map<int64_t, FieldNames>;  // by verdict

std::set<std::string> spellings_to_seek(const std::string& identifier) {
  const auto names = spellings_of(identifier);
  std::set<std::string> all(names.begin(), names.end());
  const std::string digits = digits_of_number(identifier);
  if (!digits.empty()) {
    // 00 before the country is a plus.
    const std::string bare =
        digits.starts_with("00") ? digits.substr(2) : digits;
    all.insert({bare, "+" + bare, "00" + bare});
  }
  all.erase("");
  return all;
}

// Names of the fields of one record whose pseudonym is sought.
class FieldsOf {
 public:
  explicit FieldsOf(const Pseudonyms& sought) : sought_(sought) {}

  FieldNames in(std::string_view line) {
    dom::element root;
    if (parser_.parse(line.data(), line.size()).get(root) ==
        simdjson::SUCCESS) {
      look(root, "", 0);
    }
    return std::exchange(names_, {});
  }

 private:
  // Names of facts have at most four dots; a line of ours is no deeper.
  static constexpr int kDepthMax = 12;

  // NOLINTNEXTLINE(misc-no-recursion): counted
  void look(const dom::element& at, const std::string& name, int depth) {
    if (depth > kDepthMax) return;
    dom::array items;
    if (at.get(items) == simdjson::SUCCESS) {
      for (const dom::element item : items) look(item, name + "[]", depth + 1);
    }
    dom::object members;
    if (at.get(members) != simdjson::SUCCESS) return;
    std::string_view token;
    if (members["token"].get(token) == simdjson::SUCCESS &&
        sought_.tokens.contains(std::string(token))) {
      names_.insert(name);
    }
    for (const auto& [key, value] : members) {
      const std::string inner(key);
      look(value, name.empty() ? inner : name + "." + inner, depth + 1);
    }
  }

  const Pseudonyms& sought_;
  dom::parser parser_;
  FieldNames names_;
};

// Most lines name nobody who is sought, and are not parsed.
bool may_name(std::string_view line, const Pseudonyms& sought) {
  constexpr std::string_view kBegin = "\"t1:";
  for (size_t at = line.find(kBegin); at != std::string_view::npos;
       at = line.find(kBegin, at + 1)) {
    const size_t end = line.find('"', at + 1);
    if (end == std::string_view::npos) return false;
    if (sought.tokens.contains(std::string(line.substr(at + 1, end - at - 1))))
      return true;
  }
  return false;
}

Result<FoundIn> find_in_facts(const std::string& path, const Pseudonyms& sought,
                              PersonSearch& search) {
  auto walk = KeptRecords::open(path, {});
  if (!walk) return walk.error();
  FieldsOf fields(sought);
  FoundIn found;
  while (true) {
    const Result<bool> more = (*walk)->next();
    if (!more) return more.error();
    if (!*more) break;
    if (!may_name((*walk)->line(), sought)) continue;
    FieldNames names = fields.in((*walk)->line());
    if (!names.empty()) found[(*walk)->verdict_id()] = std::move(names);
  }
  search.without_facts = (*walk)->verdicts_without();
  search.damage = (*walk)->damage();
  return found;
}

PersonRow row_of(const Statement& at) {
  const auto text = [&at](int column) { return std::string(at.text(column)); };
  const auto action =
      std::clamp<int64_t>(at.integer(5), 0, int64_t(kActionNames.size()) - 1);
  return {.database = {},
          .verdict_id = at.integer(0),
          .event_time = text(7),
          .kind = at.integer(4) == 0 ? "request" : "message",
          .action = std::string(kActionNames[size_t(action)]),
          .score = at.number(6),
          .top_rule = text(8),
          .record_id = text(3),
          .source = text(1),
          .line = at.integer(2),
          .found_in = {},
          .cases = {}};
}

// Whose row is gone: what is left of it is the text.
void hand_over_texts(const std::string& path, const CasesOfVerdicts& in_cases,
                     const std::function<void(const PersonRow&)>& take,
                     PersonSearch& search) {
  for (const auto& [verdict, cases] : in_cases) {
    PersonRow row;
    row.database = path;
    row.verdict_id = verdict;
    row.cases = fmt::format("{}", fmt::join(cases, ", "));
    ++search.found;
    take(row);
  }
}

// By the tables themselves: a view or an index can be made to pass over some.
struct Places {
  FoundIn in_facts;
  CasesOfVerdicts in_cases;
};
Status hand_over(Database& database, const Pseudonyms& sought, Places found,
                 const std::function<void(const PersonRow&)>& take,
                 PersonSearch& search) {
  Status read = database.each_row(
      "SELECT verdict_id, s.name, line, record_id, kind, action, score, "
      "event_time, top_rule, subject FROM verdict_row NOT INDEXED "
      "LEFT JOIN block USING (block_id) LEFT JOIN source s USING (source_id) "
      "ORDER BY verdict_id",
      [&](const Statement& at) {
        const auto named = found.in_facts.find(at.integer(0));
        const bool is_about = sought.tokens.contains(std::string(at.text(9)));
        const auto texts = found.in_cases.extract(at.integer(0));
        const bool is_named = named != found.in_facts.end();
        if (!is_about && !is_named && !texts) return;
        PersonRow row = row_of(at);
        FieldNames names = is_named ? named->second : FieldNames();
        if (is_about) {
          names.insert(row.kind == "request" ? "phone_number" : "sender");
        }
        row.database = database.path();
        row.found_in = fmt::format("{}", fmt::join(names, ", "));
        if (texts) {
          row.cases = fmt::format("{}", fmt::join(texts.mapped(), ", "));
        }
        ++search.found;
        take(row);
      });
  if (read) hand_over_texts(database.path(), found.in_cases, take, search);
  return read;
}

Status find_hidden(Database& database, const Pseudonyms& sought,
                   PersonSearch& search) {
  Status read = database.each_row(
      "SELECT key_id, count(DISTINCT run_id), sum(verdicts), min(started_at), "
      "max(started_at) FROM run JOIN source USING (run_id) "
      "JOIN block USING (source_id) JOIN block_proof USING (block_id) "
      "WHERE verdicts > 0 AND personal_purge IS NULL "
      "AND verdict_purge IS NULL GROUP BY key_id ORDER BY min(started_at)",
      [&](const Statement& at) {
        std::string key(at.text(0));
        if (sought.key_ids.contains(key)) return;
        search.hidden.push_back({.key_id = std::move(key),
                                 .runs = at.integer(1),
                                 .verdicts = at.integer(2),
                                 .first = std::string(at.text(3)),
                                 .last = std::string(at.text(4))});
      });
  if (!read) return read;
  const auto nameless = database.integer(
      "SELECT coalesce(sum(verdicts), 0) FROM block JOIN block_proof "
      "USING (block_id) WHERE personal_purge IS NOT NULL "
      "OR verdict_purge IS NOT NULL");
  if (!nameless) return nameless.error();
  search.without_names = uint64_t(*nameless);
  return Done{};
}

}  // namespace

Pseudonyms pseudonyms_of(std::span<const std::string> identifiers,
                         std::span<const SiteKey> keys) {
  Pseudonyms sought;
  sought.identifiers.assign(identifiers.begin(), identifiers.end());
  for (const SiteKey& key : keys) {
    sought.key_ids.insert(key.id);
    for (const std::string& identifier : identifiers) {
      for (const std::string& spelling : spellings_to_seek(identifier)) {
        sought.tokens.insert(token(key, spelling));
      }
    }
  }
  return sought;
}

Result<PersonSearch> find_person(
    const std::string& path, const Pseudonyms& sought,
    const std::function<void(const PersonRow&)>& take) {
  auto database = Database::open(path, Access::read);
  if (!database) return database.error();
  if (Status ours = check_version(**database); !ours) return ours.error();
  PersonSearch search;
  auto in_facts = find_in_facts(path, sought, search);
  if (!in_facts) return in_facts.error();
  Status done = (*database)->run("BEGIN");
  if (done) done = find_hidden(**database, sought, search);
  if (!done) return done.error();
  auto in_cases = find_in_cases(**database, sought.identifiers);
  if (!in_cases) return in_cases.error();
  done = hand_over(**database, sought,
                   {*std::move(in_facts), *std::move(in_cases)}, take, search);
  if (!done) return done.error();
  return search;
}

}  // namespace simwarden
