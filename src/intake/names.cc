// SPDX-License-Identifier: Apache-2.0
// For "identity.document.type" the branches "", "identity" and
// "identity.document" exist, and each knows the rest of the name as one key:
// "identity.document.type", "document.type" and "type". One look-up a key
// therefore does for nested, dotted and half dotted objects alike.
#include "intake/names.h"

#include "diag/ascii.h"
#include "diag/check.h"

namespace simwarden {
namespace {

// Every log has an `id` of its own.
bool says_nothing(std::string_view key) {
  return key == "id";
}

// "sim_swaps_30d" -> "simSwaps30d".
std::string camel_case(std::string_view name) {
  std::string out;
  bool capital = false;
  for (const char c : name) {
    if (c == '_') {
      capital = true;
      continue;
    }
    out += capital ? capital_letter(c) : c;
    capital = false;
  }
  return out;
}

}  // namespace

std::string snake_case(std::string_view name) {
  std::string out;
  char before = '.';
  for (const char c : name) {
    const bool after_letter = is_ascii_letter(before);
    const bool parted = is_capital(c) ? (after_letter || is_digit(before))
                                      : (is_digit(c) && after_letter);
    if (parted) out += '_';
    out += small_letter(c);
    before = c;
  }
  return out;
}

struct Names::Both {
  Names requests{Kind::request};
  Names messages{Kind::message};

  int vote(std::string_view key) const {
    return int(requests.keys_.find(kTop, key) != 0) -
           int(messages.keys_.find(kTop, key) != 0);
  }
};

const Names::Both& Names::both() {
  static const Both kBoth = [] {
    Both both;
    for (Names* const names : {&both.requests, &both.messages}) {
      names->keys_.for_each(kTop, [&](std::string_view key, Target& target) {
        if (!says_nothing(key)) target.vote = int8_t(both.vote(key));
      });
    }
    return both;
  }();
  return kBoth;
}

const Names& Names::of(Kind kind) {
  return kind == Kind::request ? both().requests : both().messages;
}

Names::Names(Kind kind) : group_branches_(groups().size()) {
  using What = Target::What;
  paths_.emplace("", kTop);
  keys_.add(kTop, "kind", {.what = What::kind});
  for (size_t g = 0; g < groups().size(); ++g) {
    const Group& row = groups()[g];
    if (row.kind != kind) continue;
    group_branches_[g] = branches_++;
    add_from_all_branches(row.name,
                          {.what = Target::What::group, .id = uint32_t(g)});
  }
  const FieldId first = first_field(kind);
  for (size_t i = 0; i < fields_of(kind).size(); ++i) {
    const auto id = FieldId(first + i);
    const Field& row = field(id);
    const bool alone = row.group == kNoGroup;
    const Target target{.what = row.list ? What::list : What::field,
                        .id = id,
                        .slot = alone ? uint16_t(i) : uint16_t(row.member),
                        .type = row.type,
                        .format = row.format};
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
  CHECK(id < kBranchesMax, "the table of fields is small");
  paths_.emplace(kept_.emplace_back(path), id);
  add_from_all_branches(path, {.what = Target::What::branch, .id = id});
  return id;
}

void Names::add(uint16_t branch, std::string_view key, Target target) {
  keys_.add(branch, kept_.emplace_back(key), target);
  keys_.add(branch, kept_.emplace_back(camel_case(key)), target);
}

Target Names::find(uint16_t branch, std::string_view key) const {
  auto number = keys_.find(branch, key);
  if (number == 0) number = keys_.find(branch, snake_case(key));
  return keys_.entries()[number].meaning;
}

int Names::vote(std::string_view key) {
  key = key.substr(0, key.find('['));  // "auth.factors[0].type"
  if (says_nothing(key)) return 0;
  const auto known = [](std::string_view name) {
    return both().requests.keys_.find(kTop, name) != 0 ||
           both().messages.keys_.find(kTop, name) != 0;
  };
  // The usual spellings first; the unusual ones cost more.
  return both().vote(known(key) ? key : snake_case(key));
}

}  // namespace simwarden
