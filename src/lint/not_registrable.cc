// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "diag/ascii.h"
#include "link/hosts.h"
#include "link/link.h"
#include "lint/findings.h"
#include "lint/lints.h"
#include "policy/unasked_lists.h"

// A list of domains is asked about the registrable part of a host alone:
// neither "www.shop.example" nor "com.es" is ever found in it. A suffix stands
// for what was registered under it, where the entry says so.
namespace simwarden {
namespace {

// Asked about whole hosts as well.
bool is_of_hosts(std::string_view name) {
  const UnaskedListRow* row = unasked_list(name);
  return row != nullptr && row->of == "domain" && row->or_of == "host";
}

void look_at(const SourceText& file, const YamlNode& value, bool suffix,
             Findings& findings) {
  const std::string written = small_letters(value.scalar);
  if (written.find_first_of("[/:@ *") != std::string::npos) return;  // P196
  const std::string domain = registrable_domain(written);
  if (suffix && is_known_suffix(written)) return;
  if (suffix) {
    findings.add(file, value.place,
                 fmt::format("{} is no suffix that names are registered under",
                             value.scalar),
                 {}, "leave suffix out, or write one: gov.tw");
    return;
  }
  if (domain == written) return;
  if (domain.empty()) {
    findings.add(
        file, value.place, fmt::format("{} is nobody's domain", value.scalar),
        {},
        "write each name that was registered under it, with its "
        "ending: shop.example; or say suffix: true, where only offices "
        "register under it");
    return;
  }
  findings.add(
      file, value.place,
      fmt::format("{} is a host of {}", value.scalar, domain), {},
      fmt::format("write {}, or put the host into a list of: host", domain));
}

}  // namespace

void look_for_unregistrable(const ListSite& site, Findings& findings) {
  const NamedList& list = *site.list;
  if (list.of != "domain" || is_of_hosts(list.name)) return;
  if (is_of_hosts(list.adds_to)) return;
  const YamlNode* entries = site.root.find("entries");
  if (entries == nullptr) return;
  for (const YamlNode& item : entries->items) {
    const bool table = item.type == YamlNode::Type::mapping;
    const YamlNode* value = table ? item.find("value") : &item;
    const bool suffix = table && item.find("suffix") != nullptr;
    if (value != nullptr) look_at(*site.file, *value, suffix, findings);
  }
}

namespace looks {

void not_registrable(const Reading& reading, Findings& findings) {
  for (const ListSite& site : reading.lists) {
    look_for_unregistrable(site, findings);
  }
}

}  // namespace looks
}  // namespace simwarden
