// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace simwarden {

// `text` as it may stand in HTML and XML 1.0, between tags and in the quotes of
// an attribute: the signs of markup and white space but " " as references, so
// that no reader joins lines, and a control character, which XML cannot hold,
// as U+FFFD. REQUIRES: UTF-8.
std::string markup_escaped(std::string_view text);

}  // namespace simwarden
