// SPDX-License-Identifier: Apache-2.0
// simdjson's DOM parser reads a row: of its two parsers it is the one that
// picks the processor's best instructions at run time, and it checks all of a
// row, also what no field is read from. Only a row that it refuses is read
// again, slowly, to say where the fault is (json_fault.h).
#include "intake/json_rows.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <simdjson.h>

#include "diag/check.h"
#include "intake/json_fault.h"
#include "intake/kinds.h"
#include "intake/names.h"

namespace simwarden {
namespace {

namespace dom = simdjson::dom;
using simdjson::dom::element_type;

// Of an object or array that stands where a scalar belongs, so much is kept.
constexpr size_t kOriginalBytesMax = 256;

BadRow bad_row(std::string code, std::string message, Position position) {
  return {std::move(code), std::move(message), position};
}

// The value as the type that it is known to have.
template <typename T>
T known(dom::element value) {
  T out{};
  CHECK(value.get(out) == simdjson::SUCCESS, "its type was asked before");
  return out;
}

// Walks one row's values into its record. `complaint` is set, and the walk
// stops, when a field is given twice.
class Walk {
 public:
  Walk(RowWriter& writer, Trail& trail, bool big_numbers)
      : writer_(writer),
        names_(Names::of(writer.record().kind())),
        trail_(trail),
        big_numbers_(big_numbers) {}

  std::string complaint;

  void top(dom::object object) { branch(object, Names::kTop); }
  void list(FieldId id, dom::element value);
  void group(GroupId id, dom::element value);

 private:
  struct Level;
  const Field& row_of(FieldId id) const { return rows_[id]; }
  void branch(dom::object object, uint16_t id);
  void member(Level& level, std::string_view key, dom::element value);
  void unknown(Level& level, std::string_view key, dom::element value);
  void field(FieldId id, dom::element value);
  void items(GroupId id, dom::array array);
  template <typename T>
  std::optional<Slot> plain(FieldId id, T number) const;
  Slot scalar(FieldId id, dom::element value);
  Slot invalid(dom::element value);
  Target mapped(const Level& level, std::string_view key);
  void twice(std::string_view key) {
    complaint = fmt::format("{}{} is given twice", path_, cut(key, 128));
  }
  bool ok() const { return complaint.empty(); }

  RowWriter& writer_;
  const Names& names_;
  Trail& trail_;
  const std::span<const Field> rows_ = fields();
  const bool big_numbers_;
  uint32_t item_ = 0;      // of the group that is being walked
  std::string path_;       // "channel."
  uint64_t branches_ = 0;  // that were entered, by their number
};

// One object of the row.
struct Walk::Level {
  uint16_t branch = Names::kTop;
  bool known = true;  // false inside an object that only a mapping may name
  std::vector<std::string_view> strangers;
};

// Where a key that the mapping names leads; `branch` when it names none.
Target Walk::mapped(const Level& level, std::string_view key) {
  const Mapping* mapping = writer_.mapping();
  if (mapping != nullptr) {
    if (const auto ours = mapping->column(path_ + std::string(key))) {
      // Left out on purpose: like a branch without members.
      if (ours->empty()) return {Target::What::branch, UINT16_MAX};
      return names_.find(Names::kTop, *ours);
    }
  }
  return level.known ? names_.find(level.branch, key, trail_) : Target();
}

void Walk::branch(dom::object object, uint16_t id) {
  Level level{.branch = id, .known = true, .strangers = {}};
  for (const auto& [key, value] : object) {
    if (id == Names::kTop && path_.empty() && key == "kind") continue;
    member(level, key, value);
    if (!ok()) return;
  }
}

void Walk::member(Level& level, std::string_view key, dom::element value) {
  const Target target = mapped(level, key);
  switch (target.what) {
    case Target::What::unknown: return unknown(level, key, value);
    case Target::What::field:
      field(target.id, value);
      if (!ok()) twice(key);
      return;
    case Target::What::group:
      group(GroupId(target.id), value);
      if (complaint == "twice") twice(key);
      return;
    case Target::What::branch: break;
  }
  if (target.id == UINT16_MAX) return;
  const uint64_t bit = uint64_t{1} << (target.id % 64);
  if ((branches_ & bit) != 0) return twice(key);
  branches_ |= bit;
  if (value.is_null()) return;
  if (!value.is_object()) return unknown(level, key, value);
  const size_t before = path_.size();
  path_.append(key).append(".");
  branch(known<dom::object>(value), target.id);
  path_.resize(before);
}

void Walk::unknown(Level& level, std::string_view key, dom::element value) {
  auto& strangers = level.strangers;
  if (std::find(strangers.begin(), strangers.end(), key) != strangers.end()) {
    return twice(key);
  }
  if (strangers.size() < kUnknownKeysMax) strangers.push_back(key);
  if (writer_.mapping() == nullptr || !value.is_object()) {
    return writer_.unknown_key(path_ + std::string(cut(key, 128)));
  }
  // The mapping may name what stands deeper ("client.mobile").
  const size_t before = path_.size();
  path_.append(key).append(".");
  Level inner{.branch = 0, .known = false, .strangers = {}};
  for (const auto& [name, inside] : known<dom::object>(value)) {
    member(inner, name, inside);
    if (!ok()) break;
  }
  path_.resize(before);
}

void Walk::field(FieldId id, dom::element value) {
  if (row_of(id).list) return list(id, value);
  if (!writer_.put({id, item_}, scalar(id, value))) complaint = "twice";
}

// A scalar alone is a list of one: recipients are often written so.
void Walk::list(FieldId id, dom::element value) {
  if (value.is_null()) {
    if (!writer_.put({id, 0}, null_slot())) complaint = "twice";
    return;
  }
  std::vector<Slot> slots;
  if (!value.is_array()) {
    slots.push_back(scalar(id, value));
  } else {
    const dom::array array = known<dom::array>(value);
    if (array.size() > kListItemsMax) {
      if (!writer_.put({id, 0}, invalid(value))) complaint = "twice";
      return;
    }
    for (const dom::element inside : array) slots.push_back(scalar(id, inside));
  }
  if (!writer_.put_list(id, slots)) complaint = "twice";
}

void Walk::group(GroupId id, dom::element value) {
  const bool short_form = simwarden::group(id).short_form;
  bool all_items = value.is_array();
  dom::array array;
  if (all_items) {
    array = known<dom::array>(value);
    all_items = array.size() <= kGroupItemsMax;
    for (const dom::element inside : array) {
      all_items = all_items &&
                  (inside.is_object() || (short_form && inside.is_string()));
    }
  }
  if (all_items) return items(id, array);
  const Slot slot = value.is_null() ? null_slot() : invalid(value);
  if (!writer_.put_group(id, slot)) complaint = "twice";
}

void Walk::items(GroupId id, dom::array array) {
  if (!writer_.put_group(id, uint32_t(array.size()))) {
    complaint = "twice";
    return;
  }
  const std::string before =
      std::exchange(path_, std::string(simwarden::group(id).name) + "[].");
  item_ = 0;
  for (const dom::element inside : array) {
    if (inside.is_string()) {
      field(simwarden::group(id).first, inside);
    } else {
      branch(known<dom::object>(inside), names_.branch_of(id));
    }
    if (!ok()) break;
    ++item_;
  }
  item_ = 0;
  path_ = before;
}

// A number needs no text, unless a mapping or its field reads it as one.
template <typename T>
std::optional<Slot> Walk::plain(FieldId id, T number) const {
  if (writer_.mapping() != nullptr) return std::nullopt;
  return read_number(row_of(id), number);
}

Slot Walk::scalar(FieldId id, dom::element value) {
  switch (value.type()) {
    case element_type::NULL_VALUE: return null_slot();
    case element_type::BOOL:
      return writer_.read(id, known<bool>(value) ? "true" : "false",
                          Written::boolean);
    case element_type::INT64: {
      const auto number = known<int64_t>(value);
      if (const auto slot = plain(id, number)) return *slot;
      const fmt::format_int text(number);
      return writer_.read(id, {text.data(), text.size()}, Written::integer);
    }
    case element_type::UINT64: {
      const fmt::format_int text(known<uint64_t>(value));
      return writer_.read(id, {text.data(), text.size()}, Written::integer);
    }
    case element_type::DOUBLE: {
      const auto number = known<double>(value);
      if (const auto slot = plain(id, number)) return *slot;
      return writer_.read(id, fmt::format("{}", number), Written::number);
    }
    case element_type::STRING: break;
    default: return invalid(value);
  }
  std::string_view text = known<std::string_view>(value);
  if (!big_numbers_ || !text.starts_with(kBigNumber)) {
    return writer_.read(id, text, Written::text);
  }
  text.remove_prefix(kBigNumber.size());
  const bool whole = text.find_first_of(".eE") == std::string_view::npos;
  return writer_.read(id, text, whole ? Written::integer : Written::number);
}

Slot Walk::invalid(dom::element value) {
  const std::string original = simdjson::minify(value);
  return writer_.record().make_invalid(cut(original, kOriginalBytesMax));
}

}  // namespace

struct JsonReader::Parser {
  dom::parser dom{kRowBytesMax + simdjson::SIMDJSON_PADDING};
  Trail trails[2];  // by kind
  // Nullopt: broken JSON. The element lives until the next parse.
  std::optional<dom::element> parse(std::string_view json, bool copy) {
    dom::element root;
    const auto error = dom.parse(json.data(), json.size(), copy).get(root);
    if (error != simdjson::SUCCESS) return std::nullopt;
    return root;
  }
};

namespace {

constexpr size_t kUsualRow = size_t{16} << 10;

}  // namespace

// Of a thread. Who reads one record a request would make a large parser for
// each; one that has seen a large row is not kept.
class JsonReader::IdleParsers {
 public:
  std::unique_ptr<Parser> borrow() {
    if (idle_) return std::move(idle_);
    auto made = std::make_unique<Parser>();
    const auto failed = made->dom.allocate(kUsualRow, kJsonDepthMax);
    // Short of memory the first row fails in its turn, and says so.
    static_cast<void>(failed);
    return made;
  }
  void give_back(std::unique_ptr<Parser> parser) {
    if (parser->dom.capacity() <= kUsualRow) idle_ = std::move(parser);
  }
  static IdleParsers& of_thread() {
    thread_local IdleParsers parsers;
    return parsers;
  }

 private:
  std::unique_ptr<Parser> idle_;
};

JsonReader::JsonReader(const IntakeOptions& options)
    : parser_(IdleParsers::of_thread().borrow()), options_(options) {}
JsonReader::~JsonReader() {
  IdleParsers::of_thread().give_back(std::move(parser_));
}

namespace {

Position place_of(std::string_view row, Position start, size_t byte) {
  const auto* begin = row.data();
  start.line += uint64_t(std::count(begin, begin + byte, '\n'));
  start.byte += byte;
  return start;
}

// The row's kind, or why there is none.
std::optional<Kind> kind_of(dom::object object, const IntakeOptions& options,
                            std::optional<BadRow>& bad, Position start) {
  dom::element word;
  if (object["kind"].get(word) == simdjson::SUCCESS) {
    std::string_view text;
    if (word.get(text) == simdjson::SUCCESS) {
      if (const auto kind = kind_named(text)) return kind;
    }
    bad = bad_row("J107", "kind must be \"request\" or \"message\"", start);
    return std::nullopt;
  }
  if (const auto told = kind_told(options)) return told;
  KindVotes votes(options.mapping.get());
  for (const auto& [key, value] : object) votes.count(key);
  if (const auto winner = votes.winner()) return winner;
  bad = bad_row("J108", votes.complaint(), start);
  return std::nullopt;
}

BadRow describe_fault(std::string_view row, Position start) {
  const auto fault = find_fault(row);
  if (!fault) {
    return bad_row("J102", "this is no JSON that can be read", start);
  }
  return bad_row(
      fault->code,
      fmt::format("{} (byte {} of the row)", fault->message, fault->byte + 1),
      place_of(row, start, std::min(fault->byte, row.size())));
}

}  // namespace

Item JsonReader::read(std::string_view row, Position start, size_t padded) {
  Item item;
  fill(item, row, start, padded);
  return item;
}

void JsonReader::read(std::string_view row, Position start, size_t padded,
                      Item& item) {
  item.record.clear(item.record.kind());
  item.bad.reset();
  item.unknown_keys.clear();
  fill(item, row, start, padded);
}

// REQUIRES: the item says nothing yet.
void JsonReader::fill(Item& item, std::string_view row, Position start,
                      size_t padded) {
  item.record.position = start;
  if (row.size() > kRowBytesMax) {
    item.bad = bad_row(
        "J106", fmt::format("the row is longer than {} bytes", kRowBytesMax),
        start);
    return;
  }
  auto root = parser_->parse(row, padded < simdjson::SIMDJSON_PADDING);
  std::string quoted;
  if (!root && !find_fault(row)) {
    quoted = quote_big_numbers(row);
    root = parser_->parse(quoted, true);
  }
  if (!root || !root->is_object()) {
    item.bad = describe_fault(row, start);
    return;
  }
  const dom::object object = known<dom::object>(*root);
  const auto kind = kind_of(object, options_, item.bad, start);
  if (!kind) return;
  // Most rows are of the kind that a record begins with.
  if (item.record.kind() != *kind) item.record.clear(*kind);
  item.record.position = start;
  item.record.reserve_texts(row.size());
  RowWriter writer(item, options_.mapping.get());
  Walk walk(writer, parser_->trails[size_t(*kind)], !quoted.empty());
  walk.top(object);
  if (!walk.complaint.empty()) {
    item.bad = bad_row("J104", walk.complaint, start);
    return;
  }
  writer.finish();
}

bool JsonReader::read_list(std::string_view cell, FieldId id,
                           RowWriter& writer) {
  const auto root = parser_->parse(cell, true);
  if (!root || !root->is_array()) return false;
  Walk walk(writer, parser_->trails[size_t(writer.record().kind())], false);
  walk.list(id, *root);
  return walk.complaint.empty();
}

bool JsonReader::read_group(std::string_view cell, GroupId id,
                            RowWriter& writer) {
  const auto root = parser_->parse(cell, true);
  if (!root || !root->is_array()) return false;
  Walk walk(writer, parser_->trails[size_t(writer.record().kind())], false);
  walk.group(id, *root);
  return walk.complaint.empty();
}

}  // namespace simwarden
