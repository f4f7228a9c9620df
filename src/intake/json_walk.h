// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bitset>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <simdjson.h>

#include "intake/json_cursor.h"
#include "intake/names.h"
#include "intake/row_writer.h"

// Reading one row's values into its record; json_rows.h is for everybody.
namespace simwarden {

// Which key came after which in the rows so far, or first in its branch: rows
// of one source name their keys in the same order. A guess that is looked at
// first; what is found does not depend on it.
struct Trail {
  explicit Trail(Kind kind)
      : next(size_t(Names::of(kind).keys().last()) + 1 + Names::kBranchesMax) {}
  uint16_t begin_of(uint16_t branch) const {
    return uint16_t(next.size() - 1 - branch);
  }
  std::vector<uint16_t> next;  // by the key's number
};

// What is kept from row to row.
struct JsonParser {
  JsonCursor at;
  simdjson::dom::parser dom;  // of the values that do not fit their field
  Trail trails[2] = {Trail(Kind::request), Trail(Kind::message)};  // by kind
};

// Walks one row's values into its record. Every step is false when the walk
// must stop: when `complaint` says why, or else when the JSON is broken.
class JsonWalk {
 public:
  // `held`: where the record's copy of the cursor's text begins.
  JsonWalk(JsonParser& parser, RowWriter& writer, uint32_t held)
      : at_(parser.at),
        dom_(parser.dom),
        writer_(writer),
        record_(writer.record()),
        held_(held),
        names_(Names::of(record_.kind())),
        trail_(parser.trails[size_t(record_.kind())]) {}

  std::string complaint;

  // REQUIRES: an object is next; a value of any kind.
  bool top();
  bool list(FieldId id);
  bool group(GroupId id);

 private:
  // One object of the row, and what it stands in.
  struct Level {
    const Level* outside = nullptr;  // of the row itself and of items none
    std::string_view key;  // that it stands under; of an item its group
    uint16_t branch = Names::kTop;
    bool item = false;
    bool known = true;  // false inside an object that only a mapping may name
    // Of the fields that may stand in it; null when a mapping has its say.
    Slot* slots = nullptr;
    std::vector<std::string_view> strangers = {};
  };
  const Field& row_of(FieldId id) const { return rows_[id]; }
  struct Token {
    const char* begin;
    const char* end;  // where the next begins
    size_t size() const { return size_t(end - begin); }
  };
  bool object(Level& level);
  enum class Went : uint8_t {
    all_the_way,
    some_way,
    astray,  // the walk must stop
  };
  Went usual_members(Level& level, uint16_t& before);
  uint16_t usual_key(uint16_t branch, uint16_t before, const char* quote,
                     const char* colon);
  bool usual(const Target& target, Token token, Slot& slot);
  bool usual_number(const Target& target, Token token, Slot& slot);
  bool usual_text(const Target& target, Token token, Slot& slot);
  bool member(Level& level, std::string_view key);
  bool value_of(Level& level, const Target& target, std::string_view key);
  bool branch(Level& level, uint16_t id, std::string_view key);
  bool unknown(Level& level, std::string_view key);
  bool field(FieldId id);
  bool items(GroupId id);
  bool all_items(GroupId id);
  bool scalar(FieldId id, Slot& out);
  bool text(FieldId id, Slot& out);
  bool word(FieldId id, std::string_view known, Slot& out);
  bool number(FieldId id, Slot& out);
  bool invalid(Slot& out);
  bool null(Slot& out);
  Target target_of(const Level& level, std::string_view key) const;
  std::string path(const Level& level) const;
  bool twice() {
    twice_ = true;
    return false;
  }
  // Names what was given twice, where its key is known.
  bool told(bool done, const Level& level, std::string_view key) {
    if (twice_) {
      complaint =
          fmt::format("{}{} is given twice", path(level), cut(key, 128));
      twice_ = false;
    }
    return done;
  }

  JsonCursor& at_;
  simdjson::dom::parser& dom_;
  RowWriter& writer_;
  Record& record_;
  const uint32_t held_;
  const Names& names_;
  Trail& trail_;
  const std::span<const Field> rows_ = fields();
  uint32_t item_ = 0;  // of the group that is being walked
  bool twice_ = false;
  bool broken_ = false;                        // or a complaint is there
  std::bitset<Names::kBranchesMax> branches_;  // that were entered
  std::vector<Slot> elements_;                 // of a list
};

}  // namespace simwarden
