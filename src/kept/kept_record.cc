// SPDX-License-Identifier: Apache-2.0
#include "kept/kept_record.h"

#include <algorithm>

#include "kept/kept_json.h"
#include "store/kept_records.h"

namespace simwarden {

static_assert(simdjson::SIMDJSON_PADDING <= KeptLine::kPadding);

KeptRecord::KeptRecord() : json_(std::make_unique<Json>()) {
  json_->parser = std::make_unique<dom::parser>();
}
KeptRecord::~KeptRecord() = default;

Status KeptRecord::read(std::string_view line) {
  whole_.clear();
  places_.clear();
  patterns_.clear();
  const auto fault =
      json_->parser->parse(line.data(), line.size(), false).get(json_->element);
  if (fault != simdjson::SUCCESS || !json_->is_object()) {
    return Error{Trouble::input, "kept facts of a record are no JSON object"};
  }
  const auto named = json_->at(kKindKey);
  std::string_view name;
  const bool known = named && named->get(name) == simdjson::SUCCESS;
  const Kind kind =
      known && name == name_of(Kind::message) ? Kind::message : Kind::request;
  record_.clear(kind);
  read_object(kept_tree(kind), *json_);
  std::sort(places_.begin(), places_.end());
  return Done{};
}

// Names that are not ours, of another version, are passed over.
// NOLINTNEXTLINE(misc-no-recursion): as deep as the tree
void KeptRecord::read_object(const KeptNode& node, const Json& at) {
  dom::object object;
  if (at.element.get(object) != simdjson::SUCCESS) return;
  for (const dom::key_value_pair pair : object) {
    const KeptNode* child = node.child(pair.key);
    if (child) read_node(*child, {pair.value});
  }
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as the tree
void KeptRecord::read_node(const KeptNode& node, const Json& value) {
  switch (node.is) {
    case KeptNode::Is::object: return read_object(node, value);
    case KeptNode::Is::field:
      return read_field(static_cast<FieldId>(node.id), value);
    case KeptNode::Is::group: return read_group(node, value);
    case KeptNode::Is::kind:
    case KeptNode::Is::windows:
    case KeptNode::Is::derived: return;  // asked for where it is needed
    case KeptNode::Is::patterns: break;
  }
  dom::array names;
  if (value.element.get(names) != simdjson::SUCCESS) return;
  for (const dom::element name : names) {
    std::string_view text;
    if (name.get(text) == simdjson::SUCCESS) patterns_.push_back(text);
  }
}

void KeptRecord::read_field(FieldId id, const Json& value) {
  const Field& row = field(id);
  if (row.list) return read_list(id, value);
  std::optional<cel::Withheld> withheld;
  record_.set(id, read_scalar_of(row, value, withheld));
  if (withheld) whole_.emplace_back(id, *withheld);
}

Slot KeptRecord::read_scalar_of(const Field& row, const Json& value,
                                std::optional<cel::Withheld>& withheld) {
  Slot slot;
  switch (value.element.type()) {
    case dom::element_type::NULL_VALUE:
      slot.state = SlotState::null;
      return slot;
    case dom::element_type::BOOL:
      if (row.type != FieldType::boolean) break;
      slot.state = SlotState::given;
      slot.boolean = value.element.get_bool().value_unsafe();
      return slot;
    case dom::element_type::INT64:
      if (const auto read =
              read_number(row, value.element.get_int64().value_unsafe())) {
        return *read;
      }
      break;
    case dom::element_type::DOUBLE:
      if (const auto read =
              read_number(row, value.element.get_double().value_unsafe())) {
        return *read;
      }
      break;
    case dom::element_type::STRING:
      return read_scalar(record_, row, *value.text());
    case dom::element_type::OBJECT:
      if (value.is_invalid()) break;
      withheld = value.withheld();
      return record_.make_text("");
    default: break;
  }
  return record_.make_invalid("");
}

void KeptRecord::read_list(FieldId id, const Json& value) {
  const Field& row = field(id);
  Field element = row;
  element.list = false;
  dom::array items;
  if (value.element.get(items) != simdjson::SUCCESS) {
    std::optional<cel::Withheld> withheld;
    const Slot head = read_scalar_of(element, value, withheld);
    if (!withheld) return record_.set(id, head);
    record_.set_list(id, {});
    whole_.emplace_back(id, *withheld);
    return;
  }
  std::vector<Slot> slots;
  for (const dom::element item : items) {
    std::optional<cel::Withheld> withheld;
    slots.push_back(read_scalar_of(element, {item}, withheld));
    if (!withheld) continue;
    places_.push_back({id, static_cast<uint32_t>(slots.size() - 1), *withheld});
  }
  record_.set_list(id, slots);
}

void KeptRecord::read_group(const KeptNode& node, const Json& value) {
  const auto id = static_cast<GroupId>(node.id);
  dom::array items;
  if (value.element.get(items) != simdjson::SUCCESS) {
    Slot head;
    head.state = SlotState::null;
    record_.set_group_slot(
        id, value.element.is_null() ? head : record_.make_invalid(""));
    return;
  }
  record_.set_group(id, static_cast<uint32_t>(items.size()));
  uint32_t index = 0;
  for (const dom::element item : items) {
    dom::object members;
    if (item.get(members) == simdjson::SUCCESS) {
      for (const dom::key_value_pair pair : members) {
        const KeptNode* member = node.child(pair.key);
        if (!member) continue;
        const auto of = static_cast<FieldId>(member->id);
        std::optional<cel::Withheld> withheld;
        const Slot slot = read_scalar_of(field(of), {pair.value}, withheld);
        record_.set_member(of, index, slot);
        if (withheld) places_.push_back({of, index, *withheld});
      }
    }
    ++index;
  }
}

const cel::Withheld* KeptRecord::whole(FieldId id) const {
  for (const auto& [field, what] : whole_) {
    if (field == id) return &what;
  }
  return nullptr;
}

const cel::Withheld* KeptRecord::find(FieldId id, uint32_t item) const {
  const auto found =
      std::lower_bound(places_.begin(), places_.end(), Place{id, item, {}});
  const bool here =
      found != places_.end() && found->id == id && found->item == item;
  return here ? &found->what : nullptr;
}

// Of subject and text as one text (facts.h); nothing when both were kept.
std::optional<int64_t> KeptRecord::body_size() const {
  static const FieldId kText = *find_field(Kind::message, "text");
  static const FieldId kSubject = *find_field(Kind::message, "subject");
  const cel::Withheld* text = whole(kText);
  const cel::Withheld* subject = whole(kSubject);
  if (!text && !subject) return std::nullopt;
  constexpr int64_t kBetween = 2;  // line breaks
  const bool titled = record_.slot(kSubject).state == SlotState::given;
  return (text ? text->size : 0) + (subject ? subject->size : 0) +
         (titled ? kBetween : 0);
}

}  // namespace simwarden
