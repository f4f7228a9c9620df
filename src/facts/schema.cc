// SPDX-License-Identifier: Apache-2.0
#include "facts/schema.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "contact/contact.h"
#include "diag/check.h"
#include "facts/derived.h"
#include "facts/member_facts.h"

namespace simwarden {
namespace {

const cel::Type* scalar_type(FieldType type) {
  switch (type) {
    case FieldType::boolean: return cel::bool_type();
    case FieldType::integer: return cel::int_type();
    case FieldType::number: return cel::double_type();
    case FieldType::text:
    case FieldType::choice: return cel::string_type();
    case FieldType::timestamp:
    case FieldType::date: return cel::timestamp_type();
  }
  return cel::dyn_type();
}

std::string full_name(Kind kind, std::string_view name) {
  return fmt::format("{}.{}", name_of(kind), name);
}

// All texts of a row together are no longer than a row; more elements than
// steps of a loop are never looked at.
constexpr uint64_t kListTextBytes = kProseBytesMax / cel::kIterationsMax;

// How long the value of a field can be (record/fields.h, intake's bounds).
cel::Extent extent_of(const Field& field) {
  const bool text =
      field.type == FieldType::text || field.type == FieldType::choice;
  const uint64_t bytes = text ? bytes_max(field) : 0;
  if (field.list) return {kListItemsMax, std::min(bytes, kListTextBytes)};
  return {bytes, 0};
}

constexpr uint64_t kFoundMax = std::max({kLinksMax, kContactsMax, kBlocksMax});

// Derived lists are lists of what was found in a text, derived texts are made
// of texts of the record.
cel::Extent extent_of(const cel::Type* derived) {
  if (derived->kind == cel::TypeKind::list) return {kFoundMax, 0};
  return {kProseBytesMax, 0};
}

std::vector<std::string> choices_of(const Field& field) {
  return {field.choices.begin(), field.choices.end()};
}

}  // namespace

FactSchema::FactSchema() {
  add_fields();
  add_groups();
  add_derived();
  slots_ = static_cast<uint32_t>(names_.size());
}

void FactSchema::add_fields() {
  for (size_t i = 0; i < fields().size(); ++i) {
    const Field& field = fields()[i];
    names_.push_back(full_name(field.kind, field.name));
    if (field.group != kNoGroup) continue;
    const cel::Type* type = scalar_type(field.type);
    if (field.list) type = cel::list_type(type);
    auto& environment = field.kind == Kind::request ? request_ : message_;
    environment.add(cel::Variable{.name = names_.back(),
                                  .type = type,
                                  .slot = static_cast<uint32_t>(i),
                                  .choices = choices_of(field),
                                  .extent = extent_of(field)});
  }
}

void FactSchema::add_groups() {
  for (size_t i = 0; i < groups().size(); ++i) {
    const Group& group = groups()[i];
    const auto slot = static_cast<uint32_t>(names_.size());
    names_.push_back(full_name(group.kind, group.name));
    auto& environment = group.kind == Kind::request ? request_ : message_;
    environment.add(cel::Variable{
        .name = names_.back(),
        .type = cel::list_type(group_type(static_cast<GroupId>(i))),
        .slot = slot,
        .choices = {},
        .extent = {kGroupItemsMax, 0}});
  }
}

void FactSchema::add_derived() {
  for (const auto table : {derived_request_facts(), derived_message_facts()}) {
    for (const DerivedFact& row : table) {
      const auto slot = static_cast<uint32_t>(names_.size());
      names_.push_back(full_name(row.kind, row.name));
      auto& environment = row.kind == Kind::request ? request_ : message_;
      environment.add(cel::Variable{.name = names_.back(),
                                    .type = row.type(),
                                    .slot = slot,
                                    .choices = {},
                                    .extent = extent_of(row.type())});
    }
  }
}

const Field* FactSchema::field_of(uint32_t slot) const {
  return slot < fields().size() ? &fields()[slot] : nullptr;
}

uint32_t FactSchema::group_slot(GroupId id) const {
  return static_cast<uint32_t>(fields().size() + id);
}

uint32_t FactSchema::derived_slot(size_t index) const {
  return static_cast<uint32_t>(fields().size() + groups().size() + index);
}

const DerivedFact* FactSchema::derived_of(uint32_t slot) const {
  const size_t first = fields().size() + groups().size();
  if (slot < first || slot >= slots_) return nullptr;
  const size_t index = slot - first;
  const auto requests = derived_request_facts();
  if (index < requests.size()) return &requests[index];
  return &derived_message_facts()[index - requests.size()];
}

namespace {

// The members of what a derived list holds, as groups are written.
void add_members(const DerivedFact& fact, const cel::Type& item,
                 std::vector<FactRow>& rows) {
  for (const cel::TypeField& member : item.fields) {
    const std::string name = fmt::format("{}[].{}", fact.name, member.name);
    rows.push_back({.kind = fact.kind,
                    .name = full_name(fact.kind, name),
                    .type = member.type->name,
                    .doc = member.doc,
                    .choices = {member.choices.begin(), member.choices.end()},
                    .example = "",
                    .source = "worked out by simwarden",
                    .derived = true,
                    .mandatory = false});
  }
}

bool is_last_member(const Field& row) {
  return row.group != kNoGroup && row.member + 1 == group(row.group).size;
}

void add_member_facts(const Group& group, std::vector<FactRow>& rows) {
  for (const MemberFact& member : member_facts(group.name)) {
    const std::string name = fmt::format("{}[].{}", group.name, member.name);
    rows.push_back({.kind = group.kind,
                    .name = full_name(group.kind, name),
                    .type = member.type()->name,
                    .doc = std::string(member.doc),
                    .choices = {},
                    .example = "",
                    .source = "worked out by simwarden",
                    .derived = true,
                    .mandatory = false});
  }
}

}  // namespace

std::vector<FactRow> FactSchema::rows() const {
  std::vector<FactRow> rows;
  std::set<const cel::Type*> told;
  for (const Field& field : fields()) {
    std::string type = scalar_type(field.type)->name;
    if (field.type == FieldType::date) type = "timestamp (date)";
    if (field.list) type = fmt::format("list({})", type);
    rows.push_back({.kind = field.kind,
                    .name = full_name(field.kind, field.name),
                    .type = type,
                    .doc = std::string(field.doc),
                    .choices = choices_of(field),
                    .example = std::string(field.example),
                    .source = std::string(field.source),
                    .derived = false,
                    .mandatory = field.mandatory});
    if (is_last_member(field)) add_member_facts(group(field.group), rows);
  }
  for (const auto table : {derived_request_facts(), derived_message_facts()}) {
    for (const DerivedFact& row : table) {
      rows.push_back({.kind = row.kind,
                      .name = full_name(row.kind, row.name),
                      .type = row.type()->name,
                      .doc = std::string(row.doc),
                      .choices = {},
                      .example = std::string(row.example),
                      .source = "worked out by simwarden",
                      .derived = true,
                      .mandatory = false});
      const cel::Type* item = row.type()->element;
      const bool fresh = item != nullptr && told.insert(item).second;
      if (fresh) add_members(row, *item, rows);
    }
  }
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return a.kind < b.kind;
  });
  return rows;
}

}  // namespace simwarden
