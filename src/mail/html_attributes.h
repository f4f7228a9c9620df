// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include <libxml/xmlstring.h>

#include "mail/words.h"

namespace simwarden {

inline std::string_view view_of(const xmlChar* text) {
  return text == nullptr ? std::string_view()
                         : reinterpret_cast<const char*>(text);
}

// Of an element, as libxml2 tells them: names and values in turn.
class Attributes {
 public:
  explicit Attributes(const xmlChar** pairs) : pairs_(pairs) {}
  std::string_view operator[](std::string_view name) const {
    const xmlChar** const pair = find(name);
    return pair == nullptr ? std::string_view() : view_of(pair[1]);
  }
  bool has(std::string_view name) const { return find(name) != nullptr; }

 private:
  const xmlChar** find(std::string_view name) const {
    for (const xmlChar** p = pairs_; p != nullptr && p[0] != nullptr; p += 2) {
      if (same_word(view_of(p[0]), name)) return p;
    }
    return nullptr;
  }

  const xmlChar** pairs_;
};

}  // namespace simwarden
