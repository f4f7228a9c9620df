// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Where the files of a ZIP archive lie, by its table of contents or by their
// own heads (APPNOTE 6.3.10, 4.3.7 and 4.3.12).
namespace simwarden {

struct ZipPlace {
  std::vector<std::string> names;  // UTF-8; one at least, no two the same
  uint64_t size = 0;
  uint16_t flags = 0;
  uint16_t method = 0;
  size_t head = 0;          // where its own head begins
  std::string_view packed;  // its bytes, as they are packed
  bool broken = false;      // it has no head there

  bool is_folder() const { return size == 0 && names.front().ends_with('/'); }
  bool is_encrypted() const { return (flags & 1) != 0; }
};

struct ZipTable {
  std::vector<ZipPlace> places;
  bool whole = true;  // nothing was missing or contradicted itself
  bool more = false;  // than `places_max`
  bool overlaps = false;
};

ZipTable read_zip_table(std::string_view bytes, size_t places_max);

// Where the record at the end begins; nothing without one that fits.
std::optional<size_t> find_zip_end(std::string_view bytes);

}  // namespace simwarden
