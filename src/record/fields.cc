// SPDX-License-Identifier: Apache-2.0
// The families' parts put together: kinds, groups and the index by name are
// worked out here once, at the first question, and never change.
#include "record/fields.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

#include "diag/check.h"
#include "record/families.h"

namespace simwarden {
namespace {

// What the rows themselves do not say about a repeated group.
struct GroupRow {
  Kind kind;
  std::string_view name;
  std::string_view doc;
  bool mandatory;
  bool short_form = false;
};
constexpr GroupRow kGroupRows[] = {
    {Kind::request, "auth.factors",
     "The challenges that were put to the applicant.", true},
    {Kind::request, "notifications",
     "The notices that were sent about the request.", false},
    {Kind::request, "evidence", "The files that were kept about the request.",
     false},
    {Kind::message, "authentication_results",
     "What the trusted receiver found out about the sender of a mail.", false},
    {Kind::message, "html_links", "The links of a mail's HTML.", false},
    {Kind::message, "attachments", "The files that were attached.", false,
     true},
    {Kind::message, "images", "The pictures of a mail.", false},
    {Kind::message, "file_links", "The links of attached PDF files.", false,
     true},
    {Kind::message, "qr_codes",
     "QR and bar codes in pictures, and drawn in the text.", false, true},
};

struct Table {
  std::vector<Field> fields;
  std::vector<Group> groups;
  std::array<FieldId, 3> first{};  // by kind, and the end
  std::array<std::unordered_map<std::string_view, FieldId>, 2> by_name;
};

GroupId group_of(const Table& table, const Field& row) {
  const size_t bracket = row.name.find("[]");
  if (bracket == std::string_view::npos) return kNoGroup;
  for (size_t i = 0; i < table.groups.size(); ++i) {
    const Group& candidate = table.groups[i];
    if (candidate.kind == row.kind &&
        candidate.name == row.name.substr(0, bracket)) {
      return GroupId(i);
    }
  }
  CHECK(false, "every name with [] has its line in kGroupRows");
  return kNoGroup;
}

void add_row(Table& table, Kind kind, Field row) {
  const auto id = FieldId(table.fields.size());
  row.kind = kind;
  row.id = id;
  row.group = group_of(table, row);
  if (row.group != kNoGroup) {
    Group& owner = table.groups[row.group];
    if (owner.size == 0) owner.first = id;
    CHECK(owner.first + owner.size == id, "members of a group are neighbours");
    row.member = owner.size++;
  }
  table.by_name[size_t(kind)].emplace(row.name, id);
  table.fields.push_back(row);
}

Table build() {
  Table table;
  for (const GroupRow& row : kGroupRows) {
    table.groups.push_back({.kind = row.kind,
                            .name = row.name,
                            .doc = row.doc,
                            .mandatory = row.mandatory,
                            .short_form = row.short_form});
  }
  for (const std::span<const Field> family :
       {envelope_fields(), line_fields(), request_fields(), identity_fields(),
        care_fields(), history_fields(), outcome_fields()}) {
    for (const Field& row : family) add_row(table, Kind::request, row);
  }
  table.first[size_t(Kind::message)] = FieldId(table.fields.size());
  for (const Field& row : message_fields()) add_row(table, Kind::message, row);
  table.first[2] = FieldId(table.fields.size());
  return table;
}

const Table& table() {
  static const Table kTable = build();
  return kTable;
}

std::string expected_text(FieldFormat format) {
  switch (format) {
    case FieldFormat::e164:
      return "a number with + and country code, as in +447700900123";
    case FieldFormat::country: return "two capital letters (ISO 3166-1)";
    case FieldFormat::currency: return "three capital letters (ISO 4217)";
    case FieldFormat::sha256: return "64 hex digits";
    case FieldFormat::correlation:
      return "at most 256 letters, digits and -_:;./<>{}";
    case FieldFormat::semver: return "a version, as in 1.0.0";
    case FieldFormat::host:
      return "a host, as in www.example.com, or the http address of a page";
    case FieldFormat::hours:
      return "hours, as in 09:00-18:00 or Mo-Sa 09:00-18:00; 00:00-24:00 is "
             "all day";
    case FieldFormat::prose: return "a text";
    default:
      return fmt::format("a text of at most {} KiB", kShortTextBytesMax >> 10);
  }
}

}  // namespace

std::string_view name_of(Kind kind) {
  return kind == Kind::request ? "request" : "message";
}

std::string_view name_of(FieldType type) {
  constexpr std::string_view kNames[] = {
      "boolean", "integer", "number", "text", "choice", "timestamp", "date"};
  return kNames[size_t(type)];
}

std::span<const Field> fields() {
  return table().fields;
}

std::span<const Field> fields_of(Kind kind) {
  const auto& first = table().first;
  const size_t begin = first[size_t(kind)];
  return fields().subspan(begin, first[size_t(kind) + 1] - begin);
}

FieldId first_field(Kind kind) {
  return table().first[size_t(kind)];
}

std::span<const Group> groups() {
  return table().groups;
}

std::optional<FieldId> find_field(Kind kind, std::string_view name) {
  const auto& index = table().by_name[size_t(kind)];
  const auto found = index.find(name);
  if (found == index.end()) return std::nullopt;
  return found->second;
}

std::optional<GroupId> find_group(Kind kind, std::string_view name) {
  for (size_t i = 0; i < groups().size(); ++i) {
    if (groups()[i].kind == kind && groups()[i].name == name) return GroupId(i);
  }
  return std::nullopt;
}

Keep keep_of(const Field& field) {
  if (field.keep != Keep::by_class) return field.keep;
  if (field.type != FieldType::text) return Keep::value;
  switch (field.privacy) {
    case Privacy::open: return Keep::value;
    case Privacy::phone:
    case Privacy::document:
    case Privacy::address:
    case Privacy::sim:
    case Privacy::ip:
    case Privacy::email: return Keep::token;
    case Privacy::unsaid:  // never more than that it was there
    case Privacy::name:
    case Privacy::code:
    case Privacy::free_text: break;
  }
  return Keep::presence;
}

std::string_view name_of(Keep keep) {
  constexpr std::string_view kNames[] = {"by_class", "value", "token",
                                         "excerpt", "presence"};
  return kNames[size_t(keep)];
}

size_t bytes_max(const Field& field) {
  size_t longest = 0;
  for (const std::string_view choice : field.choices) {
    longest = std::max(longest, choice.size());
  }
  if (field.type == FieldType::choice) return longest;
  return field.format == FieldFormat::prose ? kProseBytesMax
                                            : kShortTextBytesMax;
}

std::string expected(const Field& field) {
  switch (field.type) {
    case FieldType::boolean: return "true or false";
    case FieldType::timestamp:
      return "a time with a zone, as in 2026-03-02T10:15:30+08:00";
    case FieldType::date: return "a date, as in 2026-03-02";
    case FieldType::text: return expected_text(field.format);
    case FieldType::choice: break;
    default: {
      const std::string noun =
          field.type == FieldType::integer ? "a whole number" : "a number";
      if (field.format == FieldFormat::hour) return noun + " from 0 to 23";
      if (field.format == FieldFormat::fraction) return noun + " from 0 to 1";
      return field.format == FieldFormat::not_negative ? noun + ", 0 or more"
                                                       : noun;
    }
  }
  std::string words = "one of ";
  for (const std::string_view choice : field.choices) {
    if (words.size() > 7) words += ", ";
    words += choice;
  }
  return words;
}

}  // namespace simwarden
