// SPDX-License-Identifier: Apache-2.0
#include "facts/member_facts.h"

#include <algorithm>
#include <array>

#include "facts/file_names.h"
#include "facts/group_items.h"

namespace simwarden {
namespace {

FileName name_of_file(const Facts& facts, uint32_t index) {
  static const FieldId name = message_field("attachments[].name");
  return read_file_name(text_of(facts.record(), name, index));
}

cel::Value flag(bool value) {
  return cel::Value::of_bool(value);
}

cel::Value extension(Facts& facts, uint32_t index) {
  return cel::Value::of_string(name_of_file(facts, index).known_extension);
}

cel::Value type_differs(Facts& facts, uint32_t index) {
  static const FieldId type = message_field("attachments[].type");
  static const FieldId detected = message_field("attachments[].detected_type");
  return flag(type_contradicts(text_of(facts.record(), detected, index),
                               name_of_file(facts, index),
                               text_of(facts.record(), type, index)));
}

// Of a file of which nothing is said, nobody looked into it.
cel::Value looked_into(Facts& facts, uint32_t index) {
  static const FieldId reading = message_field("attachments[].reading");
  const Slot& slot = facts.record().member(reading, index);
  if (slot.state != SlotState::given) return flag(false);
  const auto what = field(reading).choices[static_cast<size_t>(slot.integer)];
  return flag(what == "read" || what == "partly");
}

constexpr MemberFact kRows[] = {
    {"html_links", "differs", cel::bool_type,
     "The shown text names another place than the link leads to.",
     [](Facts& f, uint32_t i) { return flag(f.html_link_differs(i)); }, true},
    {"attachments", "extension", cel::string_type,
     "The end of the name as a program goes by it, where it is a known one.",
     extension},
    {"attachments", "runs", cel::bool_type,
     "Opening it runs a program, or installs an app or a profile.",
     [](Facts& f, uint32_t i) { return flag(name_of_file(f, i).runs); }},
    {"attachments", "double_extension", cel::bool_type,
     "The name ends like a document and then in what runs or is a page.",
     [](Facts& f, uint32_t i) {
       return flag(name_of_file(f, i).double_extension);
     }},
    {"attachments", "reversed_name", cel::bool_type,
     "The name holds characters that turn the direction of its letters.",
     [](Facts& f, uint32_t i) { return flag(name_of_file(f, i).reversed); }},
    {"attachments", "type_differs", cel::bool_type,
     "What it holds is of another kind than its name or its type says.",
     type_differs},
    {"attachments", "looked_into", cel::bool_type,
     "What it holds was read for links and contacts.", looked_into},
};

}  // namespace

std::span<const MemberFact> member_facts(std::string_view group) {
  const auto* first =
      std::find_if(std::begin(kRows), std::end(kRows),
                   [&](const MemberFact& row) { return row.group == group; });
  const auto* last =
      std::find_if(first, std::end(kRows),
                   [&](const MemberFact& row) { return row.group != group; });
  return {first, last};
}

}  // namespace simwarden
