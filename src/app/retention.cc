// SPDX-License-Identifier: Apache-2.0
#include "app/retention.h"

#include <fmt/format.h>

#include "house/house.h"
#include "terminal/terminal.h"

namespace simwarden {

Result<Retention> retention_named(const std::string& name) {
  if (name.empty()) return Retention{};
  if (name == "customary") return customary_retention();
  const auto text = read_text_file(name);
  if (!text) return text.error();
  Issues issues;
  const auto retention = parse_retention(SourceText(name, *text), issues);
  if (!issues.empty()) {
    say_text(render(issues, wants_colour(stderr)));
  }
  if (retention) return *retention;
  return Error{Trouble::policy, name + ": is no retention policy"};
}

}  // namespace simwarden
