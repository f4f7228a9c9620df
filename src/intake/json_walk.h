// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <simdjson.h>

#include "intake/json_cursor.h"
#include "intake/names.h"
#include "intake/numbered_places.h"
#include "intake/row_writer.h"

// Reading one row's values into its record; json_rows.h is for everybody.
namespace simwarden {

// Which key came after which in the rows so far, or first in its branch: rows
// of one source name their keys in the same order. A guess that is looked at
// first; what is found does not depend on it.
class Trail {
 public:
  explicit Trail(Kind kind)
      : next_(Names::kBranchesMax + Names::of(kind).keys().last() + 1) {}
  // Where the number of the key stands that is expected.
  uint16_t* first_of(uint32_t branch) { return &next_[branch]; }
  uint16_t* after(uint32_t key) { return &next_[Names::kBranchesMax + key]; }

 private:
  std::vector<uint16_t> next_;
};

// One object of a row that is being walked, and what it stands in.
struct JsonLevel {
  const JsonLevel* outside = nullptr;  // of the row itself and of items none
  std::string_view key = {};  // that it stands under; of an item its group
  uint32_t branch = Names::kTop;
  bool item = false;
  bool known = true;      // false inside an object that only a mapping may name
  Slot* slots = nullptr;  // of the fields that may stand in it; null: of none
  MappedKeys mapped;
  uint16_t* expected = nullptr;  // where the next key is guessed (Trail)
  size_t strangers = SIZE_MAX;   // where its unknown keys begin, if any

  bool is_top() const { return outside == nullptr && !item; }
  // Where it stands: a copy would wait for what was just written.
  void begin(const JsonLevel* around, std::string_view name, uint32_t in,
             Slot* fields) {
    outside = around;
    key = name;
    branch = in;
    item = false;
    known = true;
    slots = fields;
    mapped.clear();
    strangers = SIZE_MAX;
  }
};

// What is kept from row to row.
struct JsonParser {
  JsonCursor at;
  simdjson::dom::parser dom;  // of the values that do not fit their field
  Trail trails[2] = {Trail(Kind::request), Trail(Kind::message)};  // by kind
  Kind kind = Kind::request;  // of the last good row
  // Of a walk: its open objects, by how many brackets are open; the unknown
  // keys of all of them; a list's elements.
  std::array<JsonLevel, kJsonDepthMax + 2> levels;
  std::vector<std::string_view> strangers;
  std::vector<Slot> elements;
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
        mapping_(writer.mapping()),
        held_(held),
        names_(Names::of(record_.kind())),
        trail_(parser.trails[size_t(record_.kind())]),
        words_(choice_words()),
        levels_(parser.levels),
        strangers_(parser.strangers),
        elements_(parser.elements) {
    strangers_.clear();
  }

  std::string complaint;
  // What the row itself says of its kind: the key `kind`, "" when it is no
  // text; and by its other keys at the top, above zero for a request.
  std::optional<std::string_view> kind_said;
  int votes = 0;
  // Whether the mapping names keys inside a value that is read as a whole, or
  // inside one of its own columns: what these say of the kind is not in here.
  bool names_passed = false;

  // REQUIRES: an object is next; a value of any kind.
  bool top();
  bool list(FieldId id);
  bool group(GroupId id);

 private:
  using Level = JsonLevel;
  const Field& row_of(FieldId id) const { return rows_[id]; }
  bool has_say(FieldId id) const {
    return mapping_ != nullptr && mapping_->has_say(id);
  }
  struct Token {
    const char* begin;
    const char* end;  // where the next begins
    size_t size() const { return size_t(end - begin); }
    std::string_view text() const { return {begin, size()}; }
    template <size_t kSize>
    bool is(const char (&word)[kSize]) const {
      return size() == kSize - 1 && std::memcmp(begin, word, kSize - 1) == 0;
    }
  };
  // Of the object that is next.
  Level& inner() { return levels_[at_.depth() + 1]; }
  bool object();
  bool close();
  void forget_strangers(const Level& level);
  enum class Went : uint8_t {
    all_the_way,
    some_way,
    astray,  // the walk must stop
  };
  Went usual_members(size_t outermost);
  bool is_new_branch(const Target& target) const;
  Level* usual_branch(Level* outside, const Target& target,
                      std::string_view word, uint16_t* then);
  // Apart from the usual members, which would be slower for it.
  [[gnu::noinline]] uint16_t key_instead(uint32_t branch, uint16_t& expected,
                                         Token key);
  bool usual(const Target& target, Token token, Slot& slot);
  bool usual_choice(uint32_t field, Token token, Slot& slot);
  bool usual_number(const Target& target, Token token, Slot& slot);
  bool usual_text(const Target& target, Token token, Slot& slot);
  bool kind();
  // What a key is in our words, where it stands; counts what it says of the
  // kind.
  Target meaning(const Level& level, std::string_view key);
  bool member(Level& level, std::string_view key);
  bool has_names_inside(const Level& level, std::string_view key) const {
    return at_.peek() == '{' && !level.mapped.inside(key).empty();
  }
  bool value_of(Level& level, const Target& target, std::string_view key);
  bool branch(Level& level, uint16_t id, std::string_view key);
  bool unknown(Level& level, std::string_view key);
  bool field(FieldId id);
  bool items(GroupId id);
  bool all_items(GroupId id);
  bool scalar(FieldId id, Slot& out);
  // One more of elements_, unless it says nothing.
  bool element(FieldId id);
  bool text(FieldId id, Slot& out);
  bool word(FieldId id, std::string_view known, Slot& out);
  bool number(FieldId id, Slot& out);
  bool invalid(Slot& out);
  bool null(Slot& out);
  bool mapped_member(Level& level, const MappedColumn& said,
                     std::string_view key);
  bool numbered(const Column& place);
  static bool is_in_item(const Level& level);
  std::string path(const Level& level) const;
  bool twice() {
    twice_ = true;
    return false;
  }
  // Names what was given twice, where its key is known.
  bool told(bool done, const Level& level, std::string_view key) {
    if (twice_) complain_of_twice(level, key);
    return done;
  }
  void complain_of_twice(const Level& level, std::string_view key);

  JsonCursor& at_;
  simdjson::dom::parser& dom_;
  RowWriter& writer_;
  Record& record_;
  const Mapping* const mapping_;
  const uint32_t held_;
  const Names& names_;
  Trail& trail_;
  const std::span<const Field> rows_ = fields();
  uint32_t item_ = 0;  // of the group that is being walked
  bool twice_ = false;
  std::bitset<Names::kBranchesMax> branches_;  // that were entered
  const WordTable<uint16_t>& words_;
  std::array<JsonLevel, kJsonDepthMax + 2>& levels_;
  std::vector<std::string_view>& strangers_;
  std::vector<Slot>& elements_;
  NumberedPlaces numbered_;
};

}  // namespace simwarden
