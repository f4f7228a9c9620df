// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "document/budget.h"

// The words of a field of Word, `HYPERLINK "https://demo.example/a"`, as .docx
// and .rtf have them.
namespace simwarden {

struct FieldReading {
  // Where it leads or what it fetches; a view of the words, empty for nowhere.
  std::string_view target;
  bool runs = false;  // DDE, which starts programs
};

// ISO 29500-1, 17.16.5.
FieldReading read_field(std::string_view words);

// Has a scheme, or is a file on another machine.
bool is_address(std::string_view target);
// Paths of the writer's own disk ("file:///C:\\…") lead nobody anywhere.
bool is_local(std::string_view target);

// Takes a target that leads somewhere into `links`, cut to its bound. False:
// the budget has no room for it.
bool keep_link(std::string_view target, DocumentBudget& budget,
               std::vector<std::string>& links);

}  // namespace simwarden
