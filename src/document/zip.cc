// SPDX-License-Identifier: Apache-2.0
#include "document/zip.h"

#include "document/unpack.h"
#include "document/zip_table.h"

namespace simwarden {
namespace {

using namespace std::string_view_literals;

constexpr uint16_t kStored = 0;
constexpr uint16_t kDeflated = 8;

class Reader {
 public:
  Reader(DocumentBudget& budget, WantedInZip wanted)
      : budget_(budget), wanted_(wanted) {}

  ZipReading read(std::string_view bytes) {
    const ZipTable table = read_zip_table(bytes, budget_.entries);
    budget_.entries -= table.places.size();
    out_.cut = table.more;
    if (!table.whole || table.more) note(FileReading::partly);
    if (table.overlaps) note(FileReading::bomb);
    if (table.places.empty() && !table.whole) note(FileReading::broken);
    for (const ZipPlace& place : table.places) {
      if (!place.is_folder()) add(place);
    }
    return std::move(out_);
  }

 private:
  void add(const ZipPlace& place) {
    ZipEntry& first = out_.entries.emplace_back();
    first.name = place.names.front();
    first.size = place.size;
    first.reading = content(place, first);
    note_of(first.reading);
    const ZipEntry like{.size = place.size, .reading = first.reading};
    for (size_t i = 1; i < place.names.size(); ++i) {
      out_.entries.push_back(like);
      out_.entries.back().name = place.names[i];
      note(FileReading::partly);
    }
  }

  FileReading content(const ZipPlace& place, ZipEntry& entry) {
    if (place.broken) return FileReading::broken;
    if (place.is_encrypted()) return FileReading::encrypted;
    if (place.method != kStored && place.method != kDeflated) {
      note(FileReading::partly);
      return FileReading::not_looked_into;
    }
    if (budget_.unpacked == 0) {
      out_.cut = true;
      return FileReading::left_out;
    }
    Unpacked some = unpack(place, kZipFrontBytes);
    const bool wanted = wanted_(entry.name, some.bytes);
    if (!some.whole && budget_.unpacked == 0) {
      entry.bytes = std::move(some.bytes);
      out_.cut = true;
      return FileReading::left_out;
    }
    if (wanted && !some.whole) some = unpack(place, budget_.unpacked);
    entry.bytes = std::move(some.bytes);
    if (!wanted) return unwanted(place);
    if (some.full) return over_a_bound(place.packed.size(), entry.bytes.size());
    return some.whole ? FileReading::read : FileReading::partly;
  }

  // Whoever unpacks all of the archive gets it.
  static FileReading unwanted(const ZipPlace& place) {
    const bool large = place.size > DocumentBudget().unpacked;
    const auto size = static_cast<size_t>(place.size);
    return large && over_a_bound(place.packed.size(), size) == FileReading::bomb
               ? FileReading::bomb
               : FileReading::not_looked_into;
  }

  // Files may lie in each other, so that each pays for the bytes that it reads.
  Unpacked unpack(const ZipPlace& place, size_t bytes_max) {
    const size_t most = std::min(bytes_max, budget_.unpacked);
    Unpacked out = place.method == kDeflated
                       ? unpack_deflate(place.packed, most, budget_.unpacked)
                       : stored(place.packed, most);
    budget_.pay_for_unpacking(out.cost);
    return out;
  }

  static Unpacked stored(std::string_view bytes, size_t bytes_max) {
    Unpacked out;
    out.bytes = bytes.substr(0, bytes_max);
    out.whole = out.bytes.size() == bytes.size();
    out.full = !out.whole;
    out.cost = out.bytes.size();
    return out;
  }

  void note_of(FileReading file) {
    const bool all =
        file == FileReading::read || file == FileReading::not_looked_into;
    if (all) return;
    const bool told = file == FileReading::bomb ||
                      file == FileReading::encrypted ||
                      file == FileReading::too_large;
    note(told ? file : FileReading::partly);
  }

  // The worst that came up.
  void note(FileReading reading) {
    constexpr FileReading kWorst[] = {
        FileReading::bomb,      FileReading::broken, FileReading::encrypted,
        FileReading::too_large, FileReading::partly, FileReading::read};
    for (const FileReading worse : kWorst) {
      if (out_.reading == worse) return;
      if (reading != worse) continue;
      out_.reading = reading;
      return;
    }
  }

  DocumentBudget& budget_;
  WantedInZip wanted_;
  ZipReading out_;
};

}  // namespace

bool is_zip(std::string_view bytes) {
  return bytes.starts_with("PK\x03\x04"sv) || bytes.starts_with("PK\x05\x06"sv);
}

bool ends_as_zip(std::string_view bytes) {
  return find_zip_end(bytes).has_value();
}

ZipReading read_zip(std::string_view bytes, DocumentBudget& budget,
                    WantedInZip wanted) {
  return Reader(budget, wanted).read(bytes);
}

}  // namespace simwarden
