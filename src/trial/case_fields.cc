// SPDX-License-Identifier: Apache-2.0
#include "trial/case_fields.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "intake/intake.h"
#include "record/fields.h"

namespace simwarden {
namespace {

bool is_below(std::string_view path, std::string_view group) {
  return path.starts_with(group) && path.size() > group.size() &&
         (path[group.size()] == '.' || path[group.size()] == '[');
}

// How and where a key that no record has was written.
struct Written {
  std::string name;
  Place place;
};

// "chanel.id" of `with`, of which intake knows no more than "chanel".
std::optional<Written> written_in_case(const PackCase& wanted,
                                       const std::string& key) {
  for (const YamlNode::Entry& entry : wanted.recipe.with) {
    const std::string& said = entry.key.scalar;
    if (is_below(said, key)) return Written{said, entry.key.place};
    if (said == key || is_below(key, said)) {
      return Written{key, entry.key.place};
    }
  }
  return std::nullopt;
}

// In the base. Of a group that no record has the first member is named, too:
// "chanel.id" is like a field, and "chanel" like none.
std::optional<Written> written_in_base(const PackCase& wanted,
                                       const std::string& key) {
  const YamlNode* at = &wanted.recipe.record;
  std::optional<Written> found;
  std::string path;
  for (std::string_view rest = key; at != nullptr;) {
    const std::string_view step = rest.substr(0, rest.find_first_of(".["));
    const YamlNode* next = nullptr;
    for (const YamlNode::Entry& entry : at->entries) {
      if (!step.empty() && entry.key.scalar != step) continue;
      path += (path.empty() ? "" : ".") + entry.key.scalar;
      if (!step.empty() && entry.key.place.line > 0) {
        found = {path, entry.key.place};
      } else if (found) {
        found->name = path;
      }
      next = &entry.value;
      break;
    }
    at = next;
    rest.remove_prefix(std::min(rest.size(), step.size() + 1));
  }
  return found;
}

Written written(const PackCase& wanted, const std::string& key) {
  if (auto here = written_in_case(wanted, key)) return *here;
  if (auto there = written_in_base(wanted, key)) return *there;
  return {key, wanted.place};
}

std::string like(std::string_view key, Kind kind) {
  const bool message = kind == Kind::message;
  if (find_field(message ? Kind::request : Kind::message, key)) {
    return fmt::format("a {} has it, and the case is a {}",
                       message ? "request" : "message",
                       message ? "message" : "request");
  }
  std::vector<std::string> names;
  for (const Field& field : fields()) {
    if (field.kind == kind) names.emplace_back(field.name);
  }
  return did_you_mean(key, names);
}

using Told = std::set<std::pair<uint32_t, uint32_t>>;  // lines and columns

void check(const SourceText& file, const PackCase& wanted, Told& told,
           Issues& issues) {
  const Item item = parse_json(wanted.record_json, {});
  if (item.bad) {
    issues.add(file.issue("P198", wanted.place,
                          fmt::format("the record is none: {} {}",
                                      item.bad->code, item.bad->message)));
    return;
  }
  for (const std::string& key : item.unknown_keys) {
    const Written it = written(wanted, key);
    // Cases share what their base says.
    if (!told.emplace(it.place.line, it.place.column).second) continue;
    issues.add(file.issue("P197", it.place,
                          fmt::format("the record has no field {}", it.name),
                          {}, like(it.name, item.record.kind())));
  }
}

}  // namespace

void check_fields(const std::vector<PackCases>& packs, Issues& issues) {
  for (const PackCases& pack : packs) {
    Told told;
    for (const PackCase& wanted : pack.cases) {
      check(*pack.file, wanted, told, issues);
    }
  }
}

}  // namespace simwarden
