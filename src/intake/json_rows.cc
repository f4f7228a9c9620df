// SPDX-License-Identifier: Apache-2.0
// A row is read in one walk (json_walk.h). Only one that turns out to be broken
// is read again, slowly, to say where the fault is (json_fault.h).
#include "intake/json_rows.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "intake/json_fault.h"
#include "intake/json_walk.h"
#include "intake/kinds.h"

namespace simwarden {
namespace {

BadRow bad_row(std::string code, std::string message, Position position,
               std::string advice = {}) {
  return {std::move(code), std::move(message), position, std::move(advice)};
}

constexpr size_t kUsualRow = size_t{16} << 10;

}  // namespace

// Of a thread. Who reads one record a request would make a large parser for
// each; one that has seen a large row is not kept.
class JsonReader::IdleParsers {
 public:
  std::unique_ptr<JsonParser> borrow() {
    return idle_ ? std::move(idle_) : std::make_unique<JsonParser>();
  }
  void give_back(std::unique_ptr<JsonParser> parser) {
    if (parser->at.capacity() <= kUsualRow) idle_ = std::move(parser);
  }
  static IdleParsers& of_thread() {
    thread_local IdleParsers parsers;
    return parsers;
  }

 private:
  std::unique_ptr<JsonParser> idle_;
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

// Goes over the keys of a row in our words: those at the top, and deeper down
// those that the mapping names.
class KeyTour {
 public:
  KeyTour(JsonCursor& at, const Mapping* mapping)
      : at_(at), mapped_(mapping ? mapping->columns() : MappedKeys()) {}

  // Asks `more(name)` about each, standing before its value, until it says
  // false. Leaves the cursor where it was.
  template <typename More>
  void each(More more) {
    const JsonCursor::Mark begin = at_.mark();
    object(mapped_, more);
    at_.back_to(begin);
  }

 private:
  // No deeper than the mapping's names and the cursor go. False: no further.
  template <typename More>
  bool object(const MappedKeys& mapped, More& more) {
    if (!at_.enter()) return false;
    std::string_view key;
    while (at_.peek() != '}') {
      if (!at_.key(key) || !member(mapped, key, more)) return false;
      if (!at_.take(',')) break;
    }
    return at_.leave('}');
  }

  template <typename More>
  bool member(const MappedKeys& mapped, std::string_view key, More& more) {
    constexpr size_t kTop = 1;  // bracket that is open
    const MappedColumn* said = mapped.find(key);
    if (said != nullptr && !more(said->ours)) return false;
    if (said == nullptr && at_.depth() == kTop && !more(key)) return false;
    if (said == nullptr && at_.peek() == '{') {
      const MappedKeys inside = mapped.inside(key);
      if (!inside.empty()) return object(inside, more);
    }
    at_.hurry();
    return true;
  }

  JsonCursor& at_;
  const MappedKeys mapped_;
};

std::optional<Kind> kind_said(JsonCursor& at) {
  if (at.peek() != '"') return std::nullopt;
  std::string_view word = at.raw_string();
  if (at.is_escaped(word) && !at.unescape(word, word)) return std::nullopt;
  return kind_named(word);
}

// The row's kind, or why there is none.
std::optional<Kind> kind_of(JsonCursor& at, const IntakeOptions& options,
                            std::optional<BadRow>& bad, Position start) {
  KeyTour keys(at, options.mapping.get());
  bool said = false;
  std::optional<Kind> kind;
  keys.each([&](std::string_view name) {
    said = name == "kind";
    if (said) kind = kind_said(at);
    return !said;
  });
  if (said) {
    if (kind) return kind;
    bad = bad_row("J107", "kind must be \"request\" or \"message\"", start);
    return std::nullopt;
  }
  if (const auto told = kind_told(options)) return told;
  KindVotes votes(nullptr);
  keys.each([&](std::string_view name) {
    votes.count(name);
    return true;
  });
  if (const auto winner = votes.winner()) return winner;
  bad = votes.complaint("J108", start);
  return std::nullopt;
}

// The same of a row that was walked through.
std::optional<Kind> kind_seen(const JsonWalk& walk,
                              const IntakeOptions& options) {
  if (walk.names_passed) return std::nullopt;
  if (walk.kind_said) return kind_named(*walk.kind_said);
  if (const auto told = kind_told(options)) return told;
  if (walk.votes == 0) return std::nullopt;
  return walk.votes > 0 ? Kind::request : Kind::message;
}

void forget(Item& item, Position start) {
  item.record.clear(item.record.kind());
  item.record.position = start;
  item.bad.reset();
  item.unknown_keys.clear();
}

BadRow describe_fault(std::string_view row, Position start) {
  const auto fault = find_fault(row);
  if (!fault) {
    return bad_row("J102", "this is no JSON that can be read", start);
  }
  return bad_row(
      fault->code,
      fmt::format("{} (byte {} of the row)", fault->message, fault->byte + 1),
      place_of(row, start, std::min(fault->byte, row.size())), fault->advice);
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

// Rows say it first, if at all, or are of the kind of the one before.
Kind JsonReader::guessed_kind(std::string_view row) const {
  constexpr std::string_view kHead = R"({"kind":")";
  if (row.starts_with(kHead)) {
    const std::string_view said = row.substr(kHead.size());
    for (const Kind kind : {Kind::request, Kind::message}) {
      if (said.starts_with(name_of(kind))) return kind;
    }
  }
  return kind_told(options_).value_or(parser_->kind);
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
  JsonCursor& at = parser_->at;
  if (!at.open(row, padded) || at.peek() != '{') {
    item.bad = describe_fault(row, start);
    return;
  }
  const JsonCursor::Mark begin = at.mark();
  if (walk(item, row, guessed_kind(row), true)) return;
  at.back_to(begin);
  forget(item, start);
  const auto kind = kind_of(at, options_, item.bad, start);
  if (kind && walk(item, row, *kind, false)) return;
  // Whatever else is wrong with a row, that it is no JSON comes first.
  if (item.bad && !find_fault(row)) return;
  forget(item, start);
  item.bad = describe_fault(row, start);
}

// `guessed`: false as well when the row turns out to be of another kind.
// False when the row is bad: when it is no JSON nothing says so yet.
bool JsonReader::walk(Item& item, std::string_view row, Kind kind,
                      bool guessed) {
  const Position start = item.record.position;
  // Most rows are of the kind that a record begins with.
  if (item.record.kind() != kind) item.record.clear(kind);
  item.record.position = start;
  RowWriter writer(item, options_.mapping.get());
  JsonWalk walk(*parser_, writer, item.record.hold(row));
  if (walk.top() && parser_->at.at_end()) {
    if (guessed && kind_seen(walk, options_) != kind) return false;
    parser_->kind = kind;
    writer.finish();
    return true;
  }
  if (!walk.complaint.empty()) {
    item.bad = bad_row("J104", walk.complaint, start);
  }
  return false;
}

// A cell that is an array from end to end; the cursor stands before it.
bool JsonReader::open_array(std::string_view cell) {
  JsonCursor& at = parser_->at;
  if (!at.open(cell, 0) || at.peek() != '[') return false;
  const JsonCursor::Mark begin = at.mark();
  const bool whole = at.skip() && at.at_end();
  at.back_to(begin);
  return whole;
}

bool JsonReader::read_list(std::string_view cell, FieldId id,
                           RowWriter& writer) {
  if (!open_array(cell)) return false;
  JsonWalk walk(*parser_, writer, writer.record().hold(cell));
  return walk.list(id);
}

bool JsonReader::read_group(std::string_view cell, GroupId id,
                            RowWriter& writer) {
  if (!open_array(cell)) return false;
  JsonWalk walk(*parser_, writer, writer.record().hold(cell));
  return walk.group(id);
}

}  // namespace simwarden
