// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/document.h"

// Paragraphs and notes name commands between backticks, as people write them:
// "Sign it with `audit checkpoint`." Each format sets them in its own way.
namespace simwarden {

struct ProseRun {
  std::string_view text;  // of the text that was cut, without backticks
  bool code = false;
};

// The runs in their order, none empty. A backtick without a second one is
// text.
std::vector<ProseRun> prose_runs(std::string_view text);

// The period, what it is compared with, and what moment the report shows.
std::string below_title(const Document& document);

}  // namespace simwarden
