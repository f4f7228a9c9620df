// SPDX-License-Identifier: Apache-2.0
#include "store/kept_line.h"

#include <algorithm>
#include <array>
#include <utility>

#include <simdjson.h>

#include "diag/check.h"
#include "record/verdict.h"

// The names that were asked for are a tree; a line is walked along it once,
// front to back, and what is not in the tree is skipped unread.

namespace simwarden {
namespace {

namespace ondemand = simdjson::ondemand;

static_assert(simdjson::SIMDJSON_PADDING <= KeptLine::kPadding);

constexpr size_t kNone = SIZE_MAX;

struct Wanted {
  std::string name;
  size_t fact = kNone;           // index in facts_, of a value
  size_t items = kNone;          // index in items_, of the elements of a list
  bool list = false;             // children are members of its elements
  std::vector<Wanted> children;  // by name, once all are there
  // By the first letter of a name: where its children begin, plus 1.
  std::array<uint8_t, 256> begins{};
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

// NOLINTNEXTLINE(misc-no-recursion): as deep as the names asked for
void sort_children(Wanted& at) {
  std::sort(at.children.begin(), at.children.end(),
            [](const Wanted& a, const Wanted& b) { return a.name < b.name; });
  CHECK(at.children.size() < UINT8_MAX, "names are our own, some dozens");
  for (size_t i = at.children.size(); i-- > 0;) {
    at.begins[uint8_t(at.children[i].name[0])] = uint8_t(i + 1);
    sort_children(at.children[i]);
  }
}

// Most keys are told apart by their first letter, without a call.
const Wanted* find(const Wanted& at, const ondemand::raw_json_string& key) {
  const char letter = key.raw()[0];
  const size_t begin = at.begins[uint8_t(letter)];
  if (begin == 0) return nullptr;
  for (size_t i = begin - 1; i < at.children.size(); ++i) {
    const Wanted& child = at.children[i];
    if (child.name[0] != letter) return nullptr;
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
    } else if (field.key().unsafe_is_equal("excerpt")) {
      if (field.value().get_string().get(fact.excerpt) != simdjson::SUCCESS) {
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
    const bool is_list = value.get_array().get(array) == simdjson::SUCCESS;
    if (wanted.fact != kNone) {
      KeptFact& whole = facts_[wanted.fact];
      if (!is_list) return read_value(value, whole);
      whole.state = KeptState::masked;
    }
    if (!is_list) return true;  // null, or masked as a whole
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

struct KeptLine::Reader {
  Wanted wanted;
  ondemand::parser parser;
};

KeptLine::KeptLine(std::vector<std::string> facts)
    : reader_(std::make_unique<Reader>()) {
  facts.push_back("kind");
  for (size_t i = 0; i < facts.size(); ++i) want(reader_->wanted, facts[i], i);
  sort_children(reader_->wanted);
  facts_.resize(facts.size());
  items_.resize(facts.size());
}

KeptLine::~KeptLine() = default;

bool KeptLine::read(std::string_view line) {
  std::fill(facts_.begin(), facts_.end(), KeptFact{});
  for (auto& list : items_) list.clear();
  ondemand::document document;
  ondemand::object object;
  const bool fine =
      reader_->parser.iterate(line.data(), line.size(), line.size() + kPadding)
              .get(document) == simdjson::SUCCESS &&
      document.get_object().get(object) == simdjson::SUCCESS &&
      LineReader(facts_, items_).read(object, reader_->wanted);
  if (!fine) return false;
  kind_ = facts_.back().text == name_of(Kind::message) ? Kind::message
                                                       : Kind::request;
  return true;
}

}  // namespace simwarden
