// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "intake/intake.h"

// Which format a file has, and how its header reads.
namespace simwarden {

// By the end of the name, without .gz and .zst; nullopt when it says nothing.
std::optional<Format> format_by_name(std::string_view path);
// A file in cur/ or new/ of a Maildir (inputs.cc).
bool lies_in_maildir(const std::string& path);
// By the first bytes; nullopt when they could be anything.
std::optional<Format> format_by_bytes(std::string_view bytes,
                                      const Mapping* mapping);

struct Header {
  std::vector<std::string> names;
  char delimiter = ',';
  size_t size = 0;    // bytes of the header row
  bool said = false;  // the delimiter, by a line "sep="
};
// The header at the front of a table. The delimiter is the one of , ; tab |
// that gives the most names of fields. Nullopt when there is no whole row.
std::optional<Header> read_header(std::string_view bytes, bool at_end,
                                  Format format, const Mapping* mapping);

}  // namespace simwarden
