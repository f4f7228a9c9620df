// SPDX-License-Identifier: Apache-2.0
#include "store/kept_records.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include <fmt/format.h>
#include <simdjson.h>

#include "store/database.h"
#include "store/kept_facts.h"
#include "store/migrations.h"

// The names that were asked for are a tree; a line is walked along it once,
// front to back, and what is not in the tree is skipped unread.

namespace simwarden {
namespace {

namespace ondemand = simdjson::ondemand;

static_assert(simdjson::SIMDJSON_PADDING <= KeptRecords::kPadding);

constexpr size_t kNone = SIZE_MAX;

struct Wanted {
  std::string name;
  size_t fact = kNone;   // index in facts_, of a value
  size_t items = kNone;  // index in items_, of the elements of a list
  bool list = false;     // children are members of its elements
  std::vector<Wanted> children;
};

Wanted& child_of(Wanted& at, std::string_view name) {
  for (Wanted& child : at.children) {
    if (child.name == name) return child;
  }
  at.children.push_back({.name = std::string(name)});
  return at.children.back();
}

void want(Wanted& root, std::string_view name, size_t index) {
  constexpr std::string_view kList = "[]";
  Wanted* at = &root;
  bool in_list = false;
  while (!name.empty()) {
    const size_t dot = name.find('.');
    std::string_view step = name.substr(0, dot);
    name.remove_prefix(dot == std::string_view::npos ? name.size() : dot + 1);
    const bool list = step.ends_with(kList);
    if (list) step.remove_suffix(kList.size());
    at = &child_of(*at, step);
    at->list = at->list || list;
    in_list = in_list || list;
  }
  (in_list ? at->items : at->fact) = index;
}

const Wanted* find(const Wanted& at, const ondemand::raw_json_string& key) {
  for (const Wanted& child : at.children) {
    // Most are told apart by their first letter, without a call.
    if (key.raw()[0] != child.name[0]) continue;
    if (key.unsafe_is_equal(child.name)) return &child;
  }
  return nullptr;
}

// {"masked":true}, {"token":"…"}, {"invalid":true}
bool read_stand_in(ondemand::object object, KeptFact& fact) {
  fact.state = KeptState::masked;
  for (auto pair : object) {
    ondemand::field field;
    if (std::move(pair).get(field) != simdjson::SUCCESS) return false;
    if (field.key().unsafe_is_equal("token")) {
      fact.state = KeptState::token;
      if (field.value().get_string().get(fact.text) != simdjson::SUCCESS) {
        return false;
      }
    } else if (field.key().unsafe_is_equal("invalid")) {
      fact.state = KeptState::invalid;
    }
  }
  return true;
}

bool read_value(ondemand::value value, KeptFact& fact) {
  ondemand::json_type type{};
  if (value.type().get(type) != simdjson::SUCCESS) return false;
  switch (type) {
    case ondemand::json_type::null: fact.state = KeptState::null; return true;
    case ondemand::json_type::boolean:
      fact.state = KeptState::boolean;
      return value.get_bool().get(fact.boolean) == simdjson::SUCCESS;
    case ondemand::json_type::number:
      fact.state = KeptState::number;
      return value.get_double().get(fact.number) == simdjson::SUCCESS;
    case ondemand::json_type::string:
      fact.state = KeptState::text;
      return value.get_string().get(fact.text) == simdjson::SUCCESS;
    case ondemand::json_type::object: {
      ondemand::object object;
      return value.get_object().get(object) == simdjson::SUCCESS &&
             read_stand_in(object, fact);
    }
    case ondemand::json_type::array: fact.state = KeptState::masked; break;
  }
  return true;  // a list is read by its items
}

class LineReader {
 public:
  LineReader(std::vector<KeptFact>& facts,
             std::vector<std::vector<KeptFact>>& items)
      : facts_(facts), items_(items) {}

  // NOLINTNEXTLINE(misc-no-recursion): as deep as the names asked for
  bool read(ondemand::object object, const Wanted& at) {
    for (auto pair : object) {
      ondemand::field field;
      if (std::move(pair).get(field) != simdjson::SUCCESS) return false;
      const Wanted* wanted = find(at, field.key());
      if (!wanted) continue;
      ondemand::value value = field.value();
      if (!read(value, *wanted)) return false;
    }
    return true;
  }

 private:
  // NOLINTNEXTLINE(misc-no-recursion): as deep as the names asked for
  bool read(ondemand::value& value, const Wanted& wanted) {
    if (wanted.list) return read_list(value, wanted);
    if (wanted.fact != kNone) return read_value(value, facts_[wanted.fact]);
    ondemand::object object;
    if (value.get_object().get(object) != simdjson::SUCCESS) return true;
    return read(object, wanted);
  }

  bool read_list(ondemand::value& value, const Wanted& wanted) {
    ondemand::array array;
    // Null, or masked as a whole.
    if (value.get_array().get(array) != simdjson::SUCCESS) return true;
    for (auto each : array) {
      ondemand::value item;
      if (std::move(each).get(item) != simdjson::SUCCESS) return false;
      if (wanted.items != kNone) {
        if (!read_value(item, items_[wanted.items].emplace_back())) {
          return false;
        }
        continue;
      }
      if (!read_members(item, wanted)) return false;
    }
    return true;
  }

  bool read_members(ondemand::value& item, const Wanted& wanted) {
    for (const Wanted& member : wanted.children) {
      if (member.items != kNone) items_[member.items].emplace_back();
    }
    ondemand::object object;
    if (item.get_object().get(object) != simdjson::SUCCESS) return false;
    for (auto pair : object) {
      ondemand::field field;
      if (std::move(pair).get(field) != simdjson::SUCCESS) return false;
      const Wanted* member = find(wanted, field.key());
      if (!member || member->items == kNone) continue;
      if (!read_value(field.value(), items_[member->items].back())) {
        return false;
      }
    }
    return true;
  }

  std::vector<KeptFact>& facts_;
  std::vector<std::vector<KeptFact>>& items_;
};

}  // namespace

struct KeptRecords::Reader {
  std::unique_ptr<Database> database;
  std::unique_ptr<Statement> blocks;
  std::unique_ptr<Statement> verdicts;  // null: not asked for
  KeptWalkOptions options;
  Wanted wanted;
  ondemand::parser parser;
};

KeptRecords::KeptRecords() : reader_(std::make_unique<Reader>()) {}
KeptRecords::~KeptRecords() = default;

Result<std::unique_ptr<KeptRecords>> KeptRecords::open(
    const std::string& path, std::vector<std::string> facts,
    const KeptWalkOptions& options) {
  auto database = Database::open(path, Access::read);
  if (!database) return database.error();
  if (Status ours = check_version(**database); !ours) return ours.error();
  if (Status begun = (*database)->run("BEGIN"); !begun) return begun.error();
  std::unique_ptr<KeptRecords> made(new KeptRecords());
  Reader& reader = *made->reader_;
  reader.database = std::move(*database);
  reader.options = options;
  for (size_t i = 0; i < facts.size(); ++i) want(reader.wanted, facts[i], i);
  if (!facts.empty()) facts.push_back("kind");
  if (!facts.empty()) want(reader.wanted, "kind", facts.size() - 1);
  made->facts_.resize(facts.size());
  made->items_.resize(facts.size());
  std::string sql =
      "SELECT b.block_id, s.run_id, b.ruleset_id, s.name, p.first_verdict, "
      "b.verdicts, coalesce(k.records, 0), coalesce(k.bytes, 0), k.facts "
      "FROM block b JOIN source s USING (source_id) "
      "JOIN block_proof p USING (block_id) "
      "LEFT JOIN kept_facts k USING (block_id) "
      "WHERE b.verdicts > 0";
  if (options.ruleset)
    sql += fmt::format(" AND b.ruleset_id = {}", *options.ruleset);
  if (options.verdict) {
    sql += fmt::format(
        " AND {0} >= p.first_verdict AND {0} < p.first_verdict + b.verdicts",
        *options.verdict);
  }
  auto blocks = reader.database->prepare(sql + " ORDER BY b.block_id");
  if (!blocks) return blocks.error();
  reader.blocks = std::move(*blocks);
  if (!options.verdicts && !options.verdict_json) return made;
  auto verdicts = reader.database->prepare(fmt::format(
      "SELECT verdict_id, action, score, line, byte, record_id, subject, "
      "event_time, profile, {} FROM verdict_row WHERE verdict_id >= ? "
      "ORDER BY verdict_id",
      options.verdict_json ? "verdict_json" : "NULL"));
  if (!verdicts) return verdicts.error();
  reader.verdicts = std::move(*verdicts);
  return made;
}

Error KeptRecords::damaged(std::string_view what) const {
  return {Trouble::input, fmt::format("{}: {}", where_, what)};
}

Result<bool> KeptRecords::next() {
  while (left_ == 0) {
    const Result<bool> block = next_block();
    if (!block || !*block) return block;
  }
  --left_;
  ++verdict_id_;
  if (Status read = read_line(); !read) return read.error();
  if (reader_->verdicts) {
    if (Status read = read_verdict(); !read) return read.error();
  }
  return true;
}

// False after the last block; else it may have no records.
Result<bool> KeptRecords::next_block() {
  Statement& at = *reader_->blocks;
  const Result<bool> row = at.step();
  if (!row || !*row) return row;
  block_id_ = at.integer(0);
  run_id_ = at.integer(1);
  ruleset_id_ = at.integer(2);
  source_ = at.text(3);
  verdict_id_ = at.integer(4) - 1;
  where_ = fmt::format("{}: block {}", reader_->database->path(), block_id_);
  const auto verdicts = static_cast<uint64_t>(at.integer(5));
  if (at.is_null(8)) {
    without_ += verdicts;
    return true;
  }
  if (static_cast<uint64_t>(at.integer(6)) != verdicts) {
    return damaged("keeps facts of another number of records than it has");
  }
  left_ = verdicts;
  if (Status taken = take_block(); !taken) return taken.error();
  return true;
}

Status KeptRecords::take_block() {
  Statement& at = *reader_->blocks;
  end_ = static_cast<size_t>(std::max<int64_t>(at.integer(7), 0));
  Status read = unseal_facts(at.blob(8), end_, kPadding, lines_);
  if (!read) return damaged(read.error().what);
  at_ = 0;
  if (!reader_->verdicts) return Done{};
  reader_->verdicts->reset();
  reader_->verdicts->bind(1, verdict_id_ + 1);
  return Done{};
}

Status KeptRecords::read_line() {
  const char* begin = lines_.data() + at_;
  const auto* line_end =
      static_cast<const char*>(std::memchr(begin, '\n', end_ - at_));
  if (!line_end) return damaged("has fewer kept records than verdicts");
  line_ = {begin, static_cast<size_t>(line_end - begin)};
  at_ += line_.size() + 1;
  if (facts_.empty()) return Done{};
  std::fill(facts_.begin(), facts_.end(), KeptFact{});
  for (auto& list : items_) list.clear();
  ondemand::document document;
  ondemand::object object;
  const bool fine =
      reader_->parser
              .iterate(line_.data(), line_.size(), line_.size() + kPadding)
              .get(document) == simdjson::SUCCESS &&
      document.get_object().get(object) == simdjson::SUCCESS &&
      LineReader(facts_, items_).read(object, reader_->wanted);
  if (!fine) return damaged("has a kept record that is no JSON");
  kind_ = facts_.back().text == name_of(Kind::message) ? Kind::message
                                                       : Kind::request;
  return Done{};
}

Status KeptRecords::read_verdict() {
  Statement& at = *reader_->verdicts;
  const Result<bool> row = at.step();
  if (!row) return row.error();
  if (!*row || at.integer(0) != verdict_id_) {
    return damaged(fmt::format("verdict {} is missing", verdict_id_));
  }
  verdict_.id = verdict_id_;
  const int64_t action = at.integer(1);
  if (action < 0 || action >= static_cast<int64_t>(kActionNames.size())) {
    return damaged(fmt::format("verdict {} has no such action", verdict_id_));
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
  return Done{};
}

}  // namespace simwarden
