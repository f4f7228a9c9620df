// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

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

}  // namespace simwarden
