// SPDX-License-Identifier: Apache-2.0
#include "lint/findings.h"

#include "lint/lints.h"

namespace simwarden {

void Findings::add(const SourceText& file, Place place, std::string message,
                   std::string label, std::string help) {
  put(file.issue({}, place, std::move(message), std::move(label),
                 std::move(help)));
}

void Findings::add(const ConditionSite& site, cel::Range at,
                   std::string message, std::string label, std::string help) {
  Issues placed;
  cel::Complaints complaints(site.condition->source, site.origin, placed);
  complaints.add(
      {"", at, std::move(message), std::move(label), std::move(help)});
  put(placed.sorted().front());
}

void Findings::put(Issue issue) {
  issue.code = lint_.code;
  issue.severity = lint_.severity;
  if (issue.help.empty()) issue.help = lint_.help;
  into_.push_back(std::move(issue));
}

}  // namespace simwarden
