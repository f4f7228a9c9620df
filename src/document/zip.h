// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "document/budget.h"

// A ZIP archive -> the names and, where they are wanted, the bytes of the files
// in it.
//
//   DocumentBudget budget;
//   for (const ZipEntry& one : read_zip(bytes, budget, wanted).entries) …
//
// APPNOTE 6.3.10. Names are those of the table of contents, which programs show
// and Android installs by, and where a file says another name of itself that
// name too, as an entry of its own without bytes. Files that the table leaves
// out, in front of those that it has, and files of an archive that lost its
// table are found by their own heads. Stored and deflated files are unpacked;
// no others, and none that is encrypted. Linear in the bytes and in what they
// unpack to, which the budget bounds. Nothing is written anywhere.
//
// Any thread.
namespace simwarden {

// The first bytes of a file, by which it is told whether anybody wants it.
inline constexpr size_t kZipFrontBytes = 4096;
// The end of a longer name is kept.
inline constexpr size_t kZipNameBytesMax = 1024;

struct ZipEntry {
  std::string name;   // UTF-8, "/" between folders
  uint64_t size = 0;  // as the archive says
  std::string bytes;  // of what nobody wanted kZipFrontBytes at most
  // read or partly: `bytes` are those of the file. Else encrypted, broken,
  // too_large, bomb, left_out, or not_looked_into when nobody wanted it or it
  // is packed in another way.
  FileReading reading = FileReading::not_looked_into;
};

struct ZipReading {
  // read, partly, broken, too_large, bomb (files that lie in each other too) or
  // encrypted (one of the files is).
  FileReading reading = FileReading::read;
  std::vector<ZipEntry> entries;  // in the order of the table; no folders
  bool cut = false;               // the budget of the message was reached
};

using WantedInZip = bool (*)(std::string_view name, std::string_view front);

// A ZIP archive by its first bytes, or by the record at its end, by which
// programs find one behind other bytes.
bool is_zip(std::string_view bytes);
bool ends_as_zip(std::string_view bytes);

// REQUIRES: is_zip(bytes) or ends_as_zip(bytes).
ZipReading read_zip(std::string_view bytes, DocumentBudget& budget,
                    WantedInZip wanted);

}  // namespace simwarden
