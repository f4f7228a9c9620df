// SPDX-License-Identifier: Apache-2.0
// A row is read in one walk over its tokens (json_cursor.h): each key is looked
// up, each value read by its field's type where it stands, and what no field
// is read from is checked all the same. What nearly all members look like is
// read first and fast (usual_…), everything else after it in the general way.
#include "intake/json_walk.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "diag/ascii.h"
#include "diag/check.h"
#include "diag/printable.h"
#include "intake/columns.h"
#include "privacy/masks.h"
#include "record/time.h"

namespace simwarden {
namespace {

// Of an object or array that stands where a scalar belongs, so much is kept.
constexpr size_t kOriginalBytesMax = 256;

}  // namespace

bool JsonWalk::top() {
  inner().begin(nullptr, {}, Names::kTop, record_.all_slots());
  if (mapping_ != nullptr) inner().mapped = mapping_->columns();
  if (!object()) return false;
  if (numbered_.size() == 0) return true;
  const std::string again = numbered_.put(record_);
  if (!again.empty()) complaint = fmt::format("{} is given twice", again);
  return again.empty();
}

// "channel.", "auth.factors[]."
std::string JsonWalk::path(const Level& level) const {
  if (level.item) return std::string(level.key) + "[].";
  if (level.outside == nullptr) return "";
  return path(*level.outside) + std::string(level.key) + ".";
}

bool JsonWalk::is_in_item(const Level& level) {
  const Level* at = &level;
  while (at->outside != nullptr) at = at->outside;
  return at->item;
}

// A key may be a customer's number or worse.
void JsonWalk::complain_of_twice(const Level& level, std::string_view key) {
  const std::string name = path(level) + std::string(cut(key, 128));
  complaint = fmt::format("{} is given twice",
                          printable_text(mask_value(name, Mask::free_text)));
  twice_ = false;
}

// Branches inside it are walked in the same loop, as long as they are usual.
// REQUIRES: inner() was begun.
bool JsonWalk::object() {
  if (!at_.enter()) return false;
  if (at_.peek() == '}') return at_.leave('}');
  const size_t outermost = at_.depth();
  Level& level = levels_[outermost];
  level.expected = trail_.first_of(level.branch);
  for (;;) {
    if (level.slots != nullptr && level.mapped.empty()) {
      const Went went = usual_members(outermost);
      if (went != Went::some_way) return went == Went::all_the_way;
    }
    std::string_view key;
    if (!at_.key(key) || !member(levels_[at_.depth()], key)) return false;
    while (!at_.take(',')) {
      if (!close()) return false;
      if (at_.depth() < outermost) return true;
    }
  }
}

// Ends the object that is open.
bool JsonWalk::close() {
  forget_strangers(levels_[at_.depth()]);
  return at_.leave('}');
}

inline void JsonWalk::forget_strangers(const Level& level) {
  if (level.strangers != SIZE_MAX) strangers_.resize(level.strangers);
}

// Over the members whose keys are as the table has them, into branches and out
// again. Stands behind the object that is `outermost` or before the first
// member that is another way.
JsonWalk::Went JsonWalk::usual_members(size_t outermost) {
  const char* const text = at_.text();
  const auto* const keys = names_.keys().entries();
  size_t depth = at_.depth();
  Level* level = &levels_[depth];
  uint16_t* expected = level->expected;
  Slot* const slots = level->slots;
  const Mapping* const mapping = mapping_;  // asked of each member
  int counted = 0;
  const auto stop = [&](const uint32_t* token, Went went) {
    votes += counted;
    level->expected = expected;
    at_.move_to(token, depth);
    return went;
  };
  for (const uint32_t* token = at_.tokens();; ++token) {
    const Token quoted{text + token[0], text + token[1]};
    uint32_t key = *expected;
    if (*quoted.end != ':' || !keys[key].is(level->branch, quoted.text())) {
      key = key_instead(level->branch, *expected, quoted);
      if (key == 0) return stop(token, Went::some_way);
    }
    const Target& target = keys[key].meaning;
    counted += target.vote;
    expected = trail_.after(key);
    token += 2;
    if (target.what == Target::What::field &&
        !(mapping != nullptr && has_say(FieldId(target.id))) &&
        usual(target, {text + token[0], text + token[1]}, slots[target.slot])) {
      ++token;
    } else if (is_new_branch(target) && text[token[0]] == '{' &&
               text[token[1]] != '}' && depth < kJsonDepthMax) {
      ++depth;
      level = usual_branch(level, target, keys[key].word(), expected);
      expected = level->expected;
      continue;
    } else {
      at_.move_to(token, depth);
      if (!value_of(*level, target, keys[key].word())) return Went::astray;
      token = at_.tokens();
    }
    for (; text[*token] != ','; ++token) {
      if (text[*token] != '}') return Went::astray;
      forget_strangers(*level);
      if (--depth < outermost) return stop(token + 1, Went::all_the_way);
      --level;
      expected = level->expected;
    }
  }
}

inline bool JsonWalk::is_new_branch(const Target& target) const {
  return target.what == Target::What::branch && !branches_.test(target.id);
}

// Into a branch that stands in `outside`, which goes on at `then`: its level is
// the next one.
inline JsonWalk::Level* JsonWalk::usual_branch(Level* outside,
                                               const Target& target,
                                               std::string_view word,
                                               uint16_t* then) {
  branches_.set(target.id);
  outside->expected = then;
  Level* const inside = outside + 1;
  inside->begin(outside, word, target.id, outside->slots);
  inside->expected = trail_.first_of(target.id);
  return inside;
}

// The number of the key that is there instead of the one that came last time;
// 0 when it is written in another way than most are, or is none.
uint16_t JsonWalk::key_instead(uint32_t branch, uint16_t& expected, Token key) {
  if (*key.end != ':') return 0;
  const uint16_t found = names_.keys().find_quoted(branch, key.text());
  // One that was left out this time is still to be expected.
  if (found != 0 && found != *trail_.after(expected)) expected = found;
  return found;
}

// A value that is as nearly all are: given once, of its field's type, without
// blanks behind it. False when it is not; it is read in another way then.
inline bool JsonWalk::usual(const Target& target, Token token, Slot& slot) {
  if (slot.state != SlotState::absent) return false;
  switch (target.type) {
    case FieldType::boolean: {
      const bool yes = token.is("true");
      if (!yes && !token.is("false")) return false;
      slot = Slot::of_boolean(yes);
      return true;
    }
    case FieldType::integer:
    case FieldType::number: return usual_number(target, token, slot);
    case FieldType::choice: return usual_choice(target.id, token, slot);
    default: return usual_text(target, token, slot);
  }
}

inline bool JsonWalk::usual_choice(uint32_t field, Token token, Slot& slot) {
  if (*token.begin != '"') return false;
  const auto number = words_.find_quoted(field, token.text());
  if (number == 0) return false;
  slot = Slot::of_integer(words_.entries()[number].meaning);
  return true;
}

inline bool JsonWalk::usual_number(const Target& target, Token token,
                                   Slot& slot) {
  JsonNumber number;
  if (!read_short_json_number(token.text(), number)) return false;
  const bool integer = target.type == FieldType::integer;
  if (integer && !number.whole) return false;
  const double value =
      number.whole ? static_cast<double>(number.integer) : number.number;
  if (!in_range(target.format, value)) return false;
  slot = integer ? Slot::of_integer(number.integer) : Slot::of_number(value);
  return true;
}

inline bool JsonWalk::usual_text(const Target& target, Token token,
                                 Slot& slot) {
  if (token.size() < 2 || token.begin[0] != '"' || token.end[-1] != '"') {
    return false;
  }
  const std::string_view text(token.begin + 1, token.size() - 2);
  if (target.type == FieldType::timestamp) {
    const auto time = parse_timestamp(text);
    if (time) slot = Slot::of_time(*time);
    return time.has_value();
  }
  if (at_.is_escaped(text)) return false;
  const bool prose = target.format == FieldFormat::prose;
  if (!prose && without_blank_ends(text).size() < text.size()) return false;
  const bool in_small = target.format != FieldFormat::media_type ||
                        std::none_of(text.begin(), text.end(), is_capital);
  if (!in_small) return false;  // to be written anew
  const Slot kept = Record::held_text(
      held_ + uint32_t(text.data() - at_.text()), text.size());
  const bool any = target.type == FieldType::text &&
                   target.format == FieldFormat::any &&
                   text.size() <= kShortTextBytesMax;
  slot = any ? kept : read_scalar(row_of(FieldId(target.id)), text, kept);
  return true;
}

Target JsonWalk::meaning(const Level& level, std::string_view key) {
  const auto branch = uint16_t(level.branch);
  const auto number = level.known ? names_.keys().find(branch, key) : 0;
  if (number != 0) {
    const Target& found = names_.keys().entries()[number].meaning;
    votes += found.vote;
    return found;
  }
  if (level.is_top()) votes += Names::vote(key);
  if (!level.known) return {};
  const Target target = names_.find(branch, key);
  const bool misspelt = target.what == Target::What::kind;
  return misspelt ? Target() : target;
}

bool JsonWalk::member(Level& level, std::string_view key) {
  if (const auto* said = level.mapped.find(key)) {
    names_passed |= has_names_inside(level, key);
    return mapped_member(level, *said, key);
  }
  const Target target = meaning(level, key);
  const bool entered = target.what == Target::What::unknown ||
                       target.what == Target::What::branch;
  if (!entered) names_passed |= has_names_inside(level, key);
  return value_of(level, target, key);
}

// Inside an item of a group there is neither the row's kind, nor a place in
// another list or group: an item is all that is open in the record.
bool JsonWalk::mapped_member(Level& level, const MappedColumn& said,
                             std::string_view key) {
  const Column& place = said.places[size_t(record_.kind())];
  const bool in_item = is_in_item(level);
  if (!in_item) votes += said.vote;
  if (place.what == Column::What::left_out) return at_.skip();
  const bool scalar =
      place.what == Column::What::field && !row_of(place.id).list;
  if (!scalar && in_item) return unknown(level, key);
  switch (place.what) {
    case Column::What::kind: return told(kind(), level, key);
    case Column::What::field:
      return told(scalar ? field(place.id) : list(place.id), level, key);
    case Column::What::group: return told(group(GroupId(place.id)), level, key);
    case Column::What::list_item:
    case Column::What::member: return numbered(place);
    case Column::What::time_of:  // of tables alone
    case Column::What::unknown:
    case Column::What::left_out: break;
  }
  return unknown(level, key);
}

bool JsonWalk::numbered(const Column& place) {
  Slot slot;
  if (!scalar(place.id, slot)) return false;
  if (slot.state != SlotState::absent) numbered_.add(place, slot);
  return true;
}

bool JsonWalk::kind() {
  if (kind_said) return twice();
  kind_said = "";
  if (at_.peek() != '"') return at_.skip();
  kind_said = at_.raw_string();
  return !at_.is_escaped(*kind_said) || at_.unescape(*kind_said, *kind_said);
}

bool JsonWalk::value_of(Level& level, const Target& target,
                        std::string_view key) {
  switch (target.what) {
    case Target::What::unknown: return unknown(level, key);
    case Target::What::kind: return told(kind(), level, key);
    case Target::What::list: return told(list(FieldId(target.id)), level, key);
    case Target::What::field:
      return told(field(FieldId(target.id)), level, key);
    case Target::What::group:
      return told(group(GroupId(target.id)), level, key);
    case Target::What::branch: break;
  }
  return branch(level, uint16_t(target.id), key);
}

bool JsonWalk::branch(Level& level, uint16_t id, std::string_view key) {
  if (branches_.test(id)) return told(twice(), level, key);
  branches_.set(id);
  if (at_.peek() == 'n') return at_.word("null");
  if (at_.peek() != '{') return unknown(level, key);
  Level& inside = inner();
  inside.begin(&level, key, id, level.slots);
  inside.mapped = level.mapped.inside(key);
  return object();
}

bool JsonWalk::unknown(Level& level, std::string_view key) {
  if (level.strangers == SIZE_MAX) level.strangers = strangers_.size();
  const auto own = strangers_.begin() + std::ptrdiff_t(level.strangers);
  if (std::find(own, strangers_.end(), key) != strangers_.end()) {
    return told(twice(), level, key);
  }
  if (strangers_.size() - level.strangers < kUnknownKeysMax) {
    strangers_.push_back(key);
  }
  if (mapping_ == nullptr || at_.peek() != '{') {
    writer_.unknown_key(path(level) + std::string(cut(key, 128)));
    return at_.skip();
  }
  // The mapping may name what stands deeper ("client.mobile").
  Level& inside = inner();
  inside.begin(&level, key, Names::kTop, nullptr);
  inside.mapped = level.mapped.inside(key);
  inside.known = false;
  return object();
}

bool JsonWalk::field(FieldId id) {
  Slot slot;
  if (!scalar(id, slot)) return false;
  return writer_.put({id, item_}, slot) || twice();
}

bool JsonWalk::element(FieldId id) {
  if (!scalar(id, elements_.emplace_back())) return false;
  if (elements_.back().state == SlotState::absent) elements_.pop_back();
  return true;
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
    if (!element(id)) return false;
    if (!elements_.empty()) record_.set_list(id, elements_);
    return true;
  }
  const JsonCursor::Mark begin = at_.mark();
  if (!at_.enter()) return false;
  if (at_.peek() != ']') {
    do {
      if (!element(id)) return false;
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
  const size_t strangers = strangers_.size();
  if (at_.peek() == '[') {
    if (items(id)) return true;
    at_.back_to(begin);
    strangers_.resize(strangers);
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
  MappedKeys mapped;
  if (mapping_ != nullptr) {
    mapped = mapping_->columns().inside(std::string(group.name) + "[]");
  }
  const uint16_t branch = names_.branch_of(id);
  record_.set_group(id, 0);
  if (!at_.enter()) return false;
  bool done = true;
  for (item_ = 0; done && at_.peek() != ']'; ++item_) {
    done = (item_ == 0 || at_.take(',')) && item_ < kGroupItemsMax;
    if (!done) break;
    Slot* const members = record_.add_item(id, group.size);
    if (at_.peek() == '{') {
      Level& level = inner();
      level.begin(nullptr, group.name, branch, members);
      level.item = true;
      level.mapped = mapped;
      done = object();
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
  if (!has_say(id) && number.type != JsonNumber::Type::big) {
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
