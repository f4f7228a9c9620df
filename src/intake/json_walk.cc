// SPDX-License-Identifier: Apache-2.0
// A row is read in one walk over its tokens (json_cursor.h): each key is looked
// up, each value read by its field's type where it stands, and what no field
// is read from is checked all the same. What nearly all members look like is
// read first and fast (usual_…), everything else after it in the general way.
#include "intake/json_walk.h"

#include <algorithm>
#include <optional>

#include "diag/check.h"

namespace simwarden {
namespace {

// Of an object or array that stands where a scalar belongs, so much is kept.
constexpr size_t kOriginalBytesMax = 256;

}  // namespace

bool JsonWalk::top() {
  Level level;
  if (writer_.mapping() == nullptr) level.slots = record_.all_slots();
  return object(level);
}

// "channel.", "auth.factors[]."
std::string JsonWalk::path(const Level& level) const {
  if (level.item) return std::string(level.key) + "[].";
  if (level.outside == nullptr) return "";
  return path(*level.outside) + std::string(level.key) + ".";
}

// Where a key leads; to a branch without members when the mapping leaves it
// out on purpose.
Target JsonWalk::target_of(const Level& level, std::string_view key) const {
  if (const Mapping* mapping = writer_.mapping()) {
    if (const auto ours = mapping->column(path(level) + std::string(key))) {
      if (ours->empty())
        return {.what = Target::What::branch, .id = UINT16_MAX};
      return names_.find(Names::kTop, *ours);
    }
  }
  return level.known ? names_.find(level.branch, key) : Target();
}

bool JsonWalk::object(Level& level) {
  if (!at_.enter()) return false;
  if (at_.peek() == '}') return at_.leave('}');
  uint16_t before = trail_.begin_of(level.branch);
  do {
    if (level.slots != nullptr) {
      const Went went = usual_members(level, before);
      if (went == Went::all_the_way) break;
      if (went == Went::astray) return false;
    }
    std::string_view key;
    if (!at_.key(key) || !member(level, key)) return false;
  } while (at_.take(','));
  return at_.leave('}');
}

// Over the members whose keys are as the table has them. Stands behind the last
// of the object or before the first that is another way. `before`: the number
// of the key before.
JsonWalk::Went JsonWalk::usual_members(Level& level, uint16_t& before) {
  const char* const text = at_.text();
  const auto* const keys = names_.keys().entries();
  uint16_t key = before;
  for (const uint32_t* token = at_.tokens();; ++token) {
    before = key;
    key = usual_key(level.branch, before, text + token[0], text + token[1]);
    const Target& target = keys[key].meaning;
    const Token value{text + token[2], text + token[3]};
    if (target.what == Target::What::field &&
        usual(target, value, level.slots[target.slot])) {
      token += 3;
    } else if (key == 0) {
      at_.move_to(token);
      return Went::some_way;
    } else {
      at_.move_to(token + 2);
      if (!value_of(level, target, keys[key].text)) return Went::astray;
      token = at_.tokens();
    }
    if (text[*token] != ',') {
      at_.move_to(token);
      return Went::all_the_way;
    }
  }
}

// The number of the key whose quote is there; 0 when it is written in another
// way than most are, or is none.
inline uint16_t JsonWalk::usual_key(uint16_t branch, uint16_t before,
                                    const char* quote, const char* colon) {
  if (*quote != '"' || *colon != ':') return 0;
  const auto* const keys = names_.keys().entries();
  uint16_t* const next = trail_.next.data();
  const char* const begin = quote + 1;
  const uint16_t guess = next[before];
  if (keys[guess].quoted(branch, begin) &&
      begin + keys[guess].text.size() + 1 == colon) {
    return guess;
  }
  if (colon[-1] != '"' || colon - begin < 2) return 0;
  const std::string_view text(begin, size_t(colon - begin) - 1);
  const uint16_t found = names_.keys().find_quoted(branch, text);
  // One that was left out this time is still to be expected.
  if (found != 0 && found != next[guess]) next[before] = found;
  return found;
}

// A value that is as nearly all are: given once, of its field's type, without
// blanks behind it. False when it is not; it is read in another way then.
bool JsonWalk::usual(const Target& target, Token token, Slot& slot) {
  if (target.list || slot.state != SlotState::absent) return false;
  switch (target.type) {
    case FieldType::boolean: {
      const std::string_view word(token.begin, token.size());
      const bool yes = word == "true";
      if (!yes && word != "false") return false;
      slot = Slot::of_boolean(yes);
      return true;
    }
    case FieldType::integer:
    case FieldType::number: return usual_number(target, token, slot);
    default: return usual_text(target, token, slot);
  }
}

bool JsonWalk::usual_number(const Target& target, Token token, Slot& slot) {
  JsonNumber number;
  if (read_json_number(token.begin, number) != token.end) return false;
  if (number.type == JsonNumber::Type::big) return false;
  const Field& row = row_of(target.id);
  const auto value = number.whole ? read_number(row, number.integer)
                                  : read_number(row, number.number);
  if (value) slot = *value;
  return value.has_value();
}

bool JsonWalk::usual_text(const Target& target, Token token, Slot& slot) {
  if (token.size() < 2 || token.begin[0] != '"' || token.end[-1] != '"') {
    return false;
  }
  const std::string_view text(token.begin + 1, token.size() - 2);
  if (at_.is_escaped(text)) return false;
  if (target.type == FieldType::choice) {
    const auto choice = find_quoted_choice(target.id, text);
    if (choice) slot = Slot::of_integer(*choice);
    return choice.has_value();
  }
  const Slot kept = Record::held_text(
      held_ + uint32_t(text.data() - at_.text()), text.size());
  const bool any = target.type == FieldType::text &&
                   target.format == FieldFormat::any &&
                   text.size() <= kShortTextBytesMax;
  slot = any ? kept : read_scalar(row_of(target.id), text, kept);
  return true;
}

bool JsonWalk::member(Level& level, std::string_view key) {
  if (level.outside == nullptr && !level.item && key == "kind") {
    return at_.skip();
  }
  return value_of(level, target_of(level, key), key);
}

bool JsonWalk::value_of(Level& level, const Target& target,
                        std::string_view key) {
  switch (target.what) {
    case Target::What::unknown: return unknown(level, key);
    case Target::What::field: return told(field(target.id), level, key);
    case Target::What::group:
      return told(group(GroupId(target.id)), level, key);
    case Target::What::branch: break;
  }
  return branch(level, target.id, key);
}

bool JsonWalk::branch(Level& level, uint16_t id, std::string_view key) {
  if (id == UINT16_MAX) return at_.skip();
  if (branches_.test(id)) return told(twice(), level, key);
  branches_.set(id);
  if (at_.peek() == 'n') return at_.word("null");
  if (at_.peek() != '{') return unknown(level, key);
  Level inner{
      .outside = &level, .key = key, .branch = id, .slots = level.slots};
  return object(inner);
}

bool JsonWalk::unknown(Level& level, std::string_view key) {
  auto& strangers = level.strangers;
  if (std::find(strangers.begin(), strangers.end(), key) != strangers.end()) {
    return told(twice(), level, key);
  }
  if (strangers.size() < kUnknownKeysMax) strangers.push_back(key);
  if (writer_.mapping() == nullptr || at_.peek() != '{') {
    writer_.unknown_key(path(level) + std::string(cut(key, 128)));
    return at_.skip();
  }
  // The mapping may name what stands deeper ("client.mobile").
  Level inner{.outside = &level, .key = key, .known = false};
  return object(inner);
}

bool JsonWalk::field(FieldId id) {
  const Field& row = row_of(id);
  if (row.list) return list(id);
  Slot slot;
  if (!scalar(id, slot)) return false;
  return writer_.put({id, item_}, slot) || twice();
}

// A scalar alone is a list of one: recipients are often written so.
bool JsonWalk::list(FieldId id) {
  if (record_.slot(id).state != SlotState::absent) return twice();
  Slot slot;
  if (at_.peek() == 'n') {
    if (!null(slot)) return false;
    record_.set(id, slot);
    return true;
  }
  elements_.clear();
  if (at_.peek() != '[') {
    if (!scalar(id, elements_.emplace_back())) return false;
    record_.set_list(id, elements_);
    return true;
  }
  const JsonCursor::Mark begin = at_.mark();
  if (!at_.enter()) return false;
  if (at_.peek() != ']') {
    do {
      if (!scalar(id, elements_.emplace_back())) return false;
    } while (elements_.size() <= kListItemsMax && at_.take(','));
  }
  if (elements_.size() <= kListItemsMax) {
    record_.set_list(id, elements_);
    return at_.leave(']');
  }
  at_.back_to(begin);
  if (!invalid(slot)) return false;
  record_.set(id, slot);
  return true;
}

// What is no list of items from end to end is invalid as a whole, and what was
// read of it until that was seen is forgotten.
bool JsonWalk::group(GroupId id) {
  if (record_.group_slot(id).state != SlotState::absent) return twice();
  Slot slot;
  if (at_.peek() == 'n') {
    if (!null(slot)) return false;
    record_.set_group_slot(id, slot);
    return true;
  }
  const JsonCursor::Mark begin = at_.mark();
  const size_t unknown_keys = writer_.unknown_keys();
  if (at_.peek() == '[') {
    if (items(id)) return true;
    at_.back_to(begin);
    if (all_items(id)) return false;
    at_.back_to(begin);
    writer_.forget_unknown_keys(unknown_keys);
    complaint.clear();
  }
  if (!invalid(slot)) return false;
  record_.set_group_slot(id, slot);
  return true;
}

bool JsonWalk::items(GroupId id) {
  const Group& group = simwarden::group(id);
  writer_.put_group(id, 0);
  if (!at_.enter()) return false;
  bool done = true;
  for (item_ = 0; done && at_.peek() != ']'; ++item_) {
    done = (item_ == 0 || at_.take(',')) && item_ < kGroupItemsMax;
    if (!done) break;
    record_.add_item(id);
    if (at_.peek() == '{') {
      Level level{
          .key = group.name, .branch = names_.branch_of(id), .item = true};
      if (writer_.mapping() == nullptr) level.slots = record_.last_item(id);
      done = object(level);
    } else {
      done = group.short_form && at_.peek() == '"' && field(group.first);
    }
  }
  item_ = 0;
  return done && at_.leave(']');
}

// Whether the array has nothing but items, and not too many.
bool JsonWalk::all_items(GroupId id) {
  const bool short_form = simwarden::group(id).short_form;
  size_t count = 0;
  if (!at_.enter() || at_.peek() == ']') return true;
  do {
    const char c = at_.peek();
    if (c != '{' && !(short_form && c == '"')) return false;
    at_.hurry();
  } while (++count <= kGroupItemsMax && at_.take(','));
  return count <= kGroupItemsMax;
}

bool JsonWalk::scalar(FieldId id, Slot& out) {
  switch (at_.peek()) {
    case '"': return text(id, out);
    case 't': return word(id, "true", out);
    case 'f': return word(id, "false", out);
    case 'n': return null(out);
    case '{':
    case '[': return invalid(out);
    default: return number(id, out);
  }
}

bool JsonWalk::null(Slot& out) {
  out = null_slot();
  return at_.word("null");
}

bool JsonWalk::text(FieldId id, Slot& out) {
  const uint32_t begin = held_ + at_.place() + 1;
  std::string_view text = at_.raw_string();
  if (!at_.is_escaped(text)) {
    const Slot kept = Record::held_text(begin, text.size());
    out = writer_.read(id, text, Written::text, kept);
    return true;
  }
  if (!at_.unescape(text, text)) return false;
  out = writer_.read(id, text, Written::text);
  return true;
}

bool JsonWalk::word(FieldId id, std::string_view known, Slot& out) {
  const Slot kept = Record::held_text(held_ + at_.place(), known.size());
  out = writer_.read(id, known, Written::boolean, kept);
  return at_.word(known);
}

// A number needs no text, unless a mapping or its field reads it as one.
bool JsonWalk::number(FieldId id, Slot& out) {
  const uint32_t begin = held_ + at_.place();
  JsonNumber number;
  if (!at_.number(number)) return false;
  const bool integer = number.type == JsonNumber::Type::integer;
  if (writer_.mapping() == nullptr && number.type != JsonNumber::Type::big) {
    const auto slot = integer ? read_number(row_of(id), number.integer)
                              : read_number(row_of(id), number.number);
    if (slot) {
      out = *slot;
      return true;
    }
  }
  const Written written = number.whole ? Written::integer : Written::number;
  if (number.type == JsonNumber::Type::number) {
    out = writer_.read(id, fmt::format("{}", number.number), written);
    return true;
  }
  const size_t sign = number.text == "-0" ? 1 : 0;
  const std::string_view text = number.text.substr(sign);
  const Slot kept = Record::held_text(begin + uint32_t(sign), text.size());
  out = writer_.read(id, text, written, kept);
  return true;
}

bool JsonWalk::invalid(Slot& out) {
  const uint32_t begin = at_.place();
  if (!at_.skip()) return false;
  const std::string_view json = at_.from(begin);
  std::string original;
  simdjson::dom::element value;
  if (dom_.parse(json.data(), json.size()).get(value) == simdjson::SUCCESS) {
    original = simdjson::minify(value);
  } else {  // a number beyond 64 bits
    original.resize(json.size());
    size_t size = 0;
    const auto failed =
        simdjson::minify(json.data(), json.size(), original.data(), size);
    CHECK(failed == simdjson::SUCCESS, "its quotes are closed");
    original.resize(size);
  }
  out = record_.make_invalid(cut(original, kOriginalBytesMax));
  return true;
}

}  // namespace simwarden
