// SPDX-License-Identifier: Apache-2.0
// For "identity.document.type" the branches "", "identity" and
// "identity.document" exist, and each knows the rest of the name as one key:
// "identity.document.type", "document.type" and "type". One look-up a key
// therefore does for nested, dotted and half dotted objects alike.
#include "intake/names.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "diag/check.h"
#include "record/same_text.h"

namespace simwarden {
namespace {

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

std::string snake_case(std::string_view name) {
  std::string out;
  char before = '.';
  for (const char c : name) {
    const bool after_letter = is_lower(before) || is_upper(before);
    const bool parted = is_upper(c) ? (after_letter || is_digit(before))
                                    : (is_digit(c) && after_letter);
    if (parted) out += '_';
    out += is_upper(c) ? char(c + 32) : c;
    before = c;
  }
  return out;
}

std::string camel_case(std::string_view name) {
  std::string out;
  bool capital = false;
  for (const char c : name) {
    if (c == '_') {
      capital = true;
      continue;
    }
    out += capital && is_lower(c) ? char(c - 32) : c;
    capital = false;
  }
  return out;
}

// --- KeyTable
// ------------------------------------------------------------------

namespace {

uint64_t load(const char* at, size_t bytes) {
  uint64_t word = 0;
  std::memcpy(&word, at, bytes);
  return word;
}

}  // namespace

// Eight bytes from the front, eight from the end and the length tell the keys
// of the table apart nearly always; a row cannot add any.
uint32_t KeyTable::hash(uint16_t branch, std::string_view key) {
  const char* begin = key.data();
  const size_t size = key.size();
  uint64_t front = 0;
  uint64_t back = 0;
  if (size >= 8) {
    front = load(begin, 8);
    back = load(begin + size - 8, 8);
  } else if (size >= 4) {
    front = load(begin, 4);
    back = load(begin + size - 4, 4);
  } else {
    for (const char c : key) front = front << 8 | static_cast<uint8_t>(c);
  }
  constexpr uint64_t kOdd = 0x9E3779B97F4A7C15;  // 2^64 by the golden ratio
  const uint64_t mixed =
      ((front ^ (uint64_t{branch} << 48)) * kOdd ^ (back + size)) * kOdd;
  return static_cast<uint32_t>(mixed >> 32);
}

const KeyTable::Seat& KeyTable::seat(uint32_t hash, uint16_t branch,
                                     std::string_view key) const {
  const size_t mask = seats_.size() - 1;
  const auto tag = static_cast<uint16_t>(hash >> 16);
  for (size_t at = hash & mask;; at = (at + 1) & mask) {
    const Seat& one = seats_[at];
    if (one.entry == 0) return one;
    if (one.tag != tag) continue;
    const Entry& entry = entries_[one.entry - 1];
    if (entry.branch == branch && same_text(entry.key, key)) return one;
  }
}

Target KeyTable::find(uint16_t branch, std::string_view key) const {
  const Seat& found = seat(hash(branch, key), branch, key);
  return found.entry == 0 ? Target() : entries_[found.entry - 1].target;
}

Target KeyTable::find(uint16_t branch, std::string_view key,
                      Trail& trail) const {
  if (trail.next.size() <= entries_.size()) {
    trail = {0, std::vector<uint16_t>(entries_.size() + 1)};
  }
  uint16_t& guess = trail.next[trail.last];
  if (guess != 0) {
    const Entry& entry = entries_[guess - 1];
    if (entry.branch == branch && same_text(entry.key, key)) {
      trail.last = guess;
      return entry.target;
    }
  }
  const Seat& found = seat(hash(branch, key), branch, key);
  if (found.entry == 0) return Target();
  guess = trail.last = found.entry;
  return entries_[found.entry - 1].target;
}

void KeyTable::add(uint16_t branch, std::string_view key, Target target) {
  CHECK(entries_.size() < UINT16_MAX, "the table of fields is small");
  if ((entries_.size() + 1) * 2 > seats_.size()) grow();
  const uint32_t hashed = hash(branch, key);
  const auto& free = seat(hashed, branch, key);
  if (free.entry != 0) return;
  entries_.push_back({key, branch, target});
  seats_[static_cast<size_t>(&free - seats_.data())] = {
      static_cast<uint16_t>(entries_.size()),
      static_cast<uint16_t>(hashed >> 16)};
}

void KeyTable::grow() {
  seats_ = std::vector<Seat>(seats_.size() * 2);
  for (const Entry& entry : std::exchange(entries_, {})) {
    add(entry.branch, entry.key, entry.target);
  }
}

// --- Names
// ---------------------------------------------------------------------

const Names& Names::of(Kind kind) {
  static const Names kRequest(Kind::request);
  static const Names kMessage(Kind::message);
  return kind == Kind::request ? kRequest : kMessage;
}

Names::Names(Kind kind) : group_branches_(groups().size()) {
  paths_.emplace("", kTop);
  for (size_t g = 0; g < groups().size(); ++g) {
    const Group& row = groups()[g];
    if (row.kind != kind) continue;
    group_branches_[g] = branches_++;
    add_from_all_branches(row.name, {Target::What::group, uint16_t(g)});
  }
  const FieldId first = first_field(kind);
  for (size_t i = 0; i < fields_of(kind).size(); ++i) {
    const auto id = FieldId(first + i);
    const Field& row = field(id);
    const Target target{Target::What::field, id};
    if (row.group == kNoGroup) {
      add_from_all_branches(row.name, target);
      continue;
    }
    const size_t member = group(row.group).name.size() + 3;  // "[]."
    add(group_branches_[row.group], row.name.substr(member), target);
  }
}

void Names::add_from_all_branches(std::string_view name, Target target) {
  add(kTop, name, target);
  for (size_t dot = name.find('.'); dot != std::string_view::npos;
       dot = name.find('.', dot + 1)) {
    add(branch_at(name.substr(0, dot)), name.substr(dot + 1), target);
  }
}

uint16_t Names::branch_at(std::string_view path) {
  const auto found = paths_.find(path);
  if (found != paths_.end()) return found->second;
  const uint16_t id = branches_++;
  paths_.emplace(kept_.emplace_back(path), id);
  add_from_all_branches(path, {Target::What::branch, id});
  return id;
}

void Names::add(uint16_t branch, std::string_view key, Target target) {
  keys_.add(branch, kept_.emplace_back(key), target);
  keys_.add(branch, kept_.emplace_back(camel_case(key)), target);
}

Target Names::find(uint16_t branch, std::string_view key, Trail& trail) const {
  const Target exact = keys_.find(branch, key, trail);
  if (exact.what != Target::What::unknown) return exact;
  return keys_.find(branch, snake_case(key));
}

Target Names::find(uint16_t branch, std::string_view key) const {
  const Target exact = keys_.find(branch, key);
  if (exact.what != Target::What::unknown) return exact;
  return keys_.find(branch, snake_case(key));
}

int Names::vote(std::string_view key) {
  const auto has = [](Kind kind, std::string_view name) {
    return of(kind).keys_.find(kTop, name).what != Target::What::unknown;
  };
  // The usual spellings first; the unusual ones cost more.
  bool request = has(Kind::request, key);
  bool message = has(Kind::message, key);
  if (!request && !message) {
    const std::string name = snake_case(key);
    request = has(Kind::request, name);
    message = has(Kind::message, name);
  }
  return int(request) - int(message);
}

}  // namespace simwarden
