// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "contact/scene.h"

// Where markup says that a link stands: "[shown](target)", "[url=target]" of
// forums, "<a href=target>shown</a>", "<img src>", "<meta refresh>" … What the
// target is, links.cc reads.
namespace simwarden {

struct LinkPlace {
  Range target;  // of the text
  Range whole;   // with the markup around
  Range shown;   // empty when nothing is shown in its place
  bool picture = false;
  bool exact = false;  // the target ends the URL, whatever stands in it
};

// REQUIRES: text[i] == '['.
std::optional<LinkPlace> bracket_place(std::string_view text, size_t i);
// REQUIRES: text[i] == '<'.
std::optional<LinkPlace> tag_place(std::string_view text, size_t i);

}  // namespace simwarden
