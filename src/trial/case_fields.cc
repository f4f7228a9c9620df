// SPDX-License-Identifier: Apache-2.0
#include "trial/case_fields.h"

#include <fmt/format.h>

#include "intake/intake.h"
#include "record/fields.h"

namespace simwarden {
namespace {

// Where a case says it itself; its name, where its base does.
Place place_of(const PackCase& wanted, std::string_view key) {
  for (const YamlNode::Entry& entry : wanted.recipe.with) {
    const std::string& said = entry.key.scalar;
    const bool within = key.starts_with(said) &&
                        (key.size() == said.size() || key[said.size()] == '.' ||
                         key[said.size()] == '[');
    if (within) return entry.key.place;
  }
  return wanted.place;
}

std::string like(std::string_view key) {
  std::vector<std::string> names;
  for (const Field& field : fields()) names.emplace_back(field.name);
  return did_you_mean(key, names);
}

void check(const SourceText& file, const PackCase& wanted, Issues& issues) {
  const Item item = parse_json(wanted.record_json, {});
  if (item.bad) {
    issues.add(file.issue("P198", wanted.place,
                          fmt::format("the record is none: {} {}",
                                      item.bad->code, item.bad->message)));
    return;
  }
  for (const std::string& key : item.unknown_keys) {
    issues.add(file.issue("P197", place_of(wanted, key),
                          fmt::format("the record has no field {}", key), {},
                          like(key)));
  }
}

}  // namespace

void check_fields(const std::vector<PackCases>& packs, Issues& issues) {
  for (const PackCases& pack : packs) {
    for (const PackCase& wanted : pack.cases) {
      check(*pack.file, wanted, issues);
    }
  }
}

}  // namespace simwarden
