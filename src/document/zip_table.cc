// SPDX-License-Identifier: Apache-2.0
// Programs go by the table of contents at the end. An archive in front of
// another one, which some programs open instead, and one without a table are
// read by the heads of their files.
#include "document/zip_table.h"

#include <algorithm>
#include <utility>

#include "diag/characters.h"
#include "document/zip.h"
#include "text/charset.h"

namespace simwarden {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kHead = "PK\x03\x04"sv;
constexpr std::string_view kRow = "PK\x01\x02"sv;
constexpr std::string_view kEnd = "PK\x05\x06"sv;
constexpr std::string_view kEnd64 = "PK\x06\x06"sv;
constexpr std::string_view kEnd64Place = "PK\x06\x07"sv;
constexpr std::string_view kDescriptor = "PK\x07\x08"sv;
constexpr size_t kHeadBytes = 30;
constexpr size_t kRowBytes = 46;
constexpr size_t kEndBytes = 22;
constexpr size_t kEnd64PlaceBytes = 20;
constexpr size_t kCommentMax = 65'535;
constexpr uint32_t kElsewhere = 0xFFFFFFFF;  // in an extra field (4.5.3)

// Of what is not there: 0.
uint64_t number(std::string_view bytes, size_t at, size_t size) {
  uint64_t value = 0;
  if (at > bytes.size() || bytes.size() - at < size) return 0;
  for (size_t i = size; i-- > 0;) {
    value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  }
  return value;
}
uint16_t number16(std::string_view bytes, size_t at) {
  return static_cast<uint16_t>(number(bytes, at, 2));
}
uint32_t number32(std::string_view bytes, size_t at) {
  return static_cast<uint32_t>(number(bytes, at, 4));
}

std::string_view piece(std::string_view bytes, uint64_t at, uint64_t size) {
  return bytes.substr(std::min<uint64_t>(at, bytes.size()), size);
}

std::string readable(std::string_view raw) {
  std::string name =
      count_utf8(raw).bad == 0 ? std::string(raw) : to_utf8(raw).view.text;
  std::replace(name.begin(), name.end(), '\\', '/');
  std::replace(name.begin(), name.end(), '\0', ' ');
  if (name.size() <= kZipNameBytesMax) return name;
  size_t from = name.size() - kZipNameBytesMax;
  while (from < name.size() && is_continuation(name[from])) ++from;
  return name.substr(from);
}

// An entry has a name in its row, one in Unicode and one at its head; whoever
// gives it more wants somebody to look them all up.
constexpr size_t kNamesMax = 4;

// False: it has too many.
bool add_name(ZipPlace& place, std::string_view raw) {
  if (place.names.size() == kNamesMax) return false;
  std::string name = readable(raw);
  const auto same = std::find(place.names.begin(), place.names.end(), name);
  if (same == place.names.end()) place.names.push_back(std::move(name));
  return true;
}

// Calls take(id, data) for each extra field (4.5).
template <typename Take>
void for_each_extra(std::string_view extra, const Take& take) {
  for (size_t at = 0; at + 4 <= extra.size();) {
    const size_t size = number16(extra, at + 2);
    take(number16(extra, at), piece(extra, at + 4, size));
    at += 4 + size;
  }
}

class Table {
 public:
  Table(std::string_view bytes, size_t places_max)
      : bytes_(bytes), places_max_(places_max) {}

  ZipTable read() {
    const auto end = find_zip_end(bytes_);
    if (!end || !directory(*end)) out_.whole = false;
    in_gaps();
    find_overlaps();
    return std::move(out_);
  }

 private:
  // False when there is no table. Bytes in front of the archive shift all.
  bool directory(size_t end) {
    uint64_t size = number32(bytes_, end + 12);
    uint64_t begin = number32(bytes_, end + 16);
    uint64_t count = number16(bytes_, end + 10);
    size_t behind = end;
    if (const auto large = end64(end)) {
      behind = *large;
      count = number(bytes_, behind + 32, 8);
      size = number(bytes_, behind + 40, 8);
      begin = number(bytes_, behind + 48, 8);
    }
    if (count == 0 && behind == 0) return true;
    size_t at = behind - std::min<uint64_t>(size, behind);
    if (!piece(bytes_, at, 4).starts_with(kRow)) {
      at = static_cast<size_t>(std::min<uint64_t>(begin, bytes_.size()));
      if (!piece(bytes_, at, 4).starts_with(kRow)) return false;
    }
    shift_ = at >= begin ? at - begin : 0;
    rows(at);
    const bool all = out_.more || out_.places.size() == count;
    out_.whole = out_.whole && all;
    return true;
  }

  std::optional<size_t> end64(size_t end) const {
    if (end < kEnd64PlaceBytes) return {};
    const size_t place = end - kEnd64PlaceBytes;
    if (!piece(bytes_, place, 4).starts_with(kEnd64Place)) return {};
    const uint64_t at = number(bytes_, place + 8, 8);
    if (!piece(bytes_, at, 4).starts_with(kEnd64)) return {};
    return static_cast<size_t>(at);
  }

  void rows(size_t at) {
    while (piece(bytes_, at, 4).starts_with(kRow)) {
      if (out_.places.size() >= places_max_) {
        out_.more = true;
        return;
      }
      at += row(bytes_.substr(at));
    }
  }

  size_t row(std::string_view row) {
    ZipPlace place;
    place.flags = number16(row, 8);
    place.method = number16(row, 10);
    uint64_t packed = number32(row, 20);
    place.size = number32(row, 24);
    const size_t name_size = number16(row, 28);
    const size_t extra_size = number16(row, 30);
    uint64_t head = number32(row, 42);
    (void)add_name(place, piece(row, kRowBytes, name_size));
    for_each_extra(piece(row, kRowBytes + name_size, extra_size),
                   [&](uint16_t id, std::string_view data) {
                     constexpr uint16_t kLarge = 1;
                     constexpr uint16_t kUnicodeName = 0x7075;
                     if (id == kUnicodeName && data.size() > 5 &&
                         !add_name(place, data.substr(5))) {
                       out_.whole = false;
                     }
                     size_t at = 0;
                     for (uint64_t* value : {&place.size, &packed, &head}) {
                       if (id != kLarge || *value != kElsewhere) continue;
                       *value = number(data, at, 8);
                       at += 8;
                     }
                   });
    find_bytes(place, head, packed);
    out_.places.push_back(std::move(place));
    return kRowBytes + name_size + extra_size + number16(row, 32);
  }

  void find_bytes(ZipPlace& place, uint64_t head, uint64_t packed) {
    const std::string_view bytes =
        head < bytes_.size() ? piece(bytes_, head + shift_, bytes_.size())
                             : std::string_view();
    place.broken = !bytes.starts_with(kHead);
    if (place.broken) {
      out_.whole = false;
      return;
    }
    place.head = static_cast<size_t>(bytes.data() - bytes_.data());
    const size_t name_size = number16(bytes, 26);
    if (!add_name(place, piece(bytes, kHeadBytes, name_size))) {
      out_.whole = false;
    }
    place.packed =
        piece(bytes, kHeadBytes + name_size + number16(bytes, 28), packed);
    if (place.packed.size() < packed) out_.whole = false;
  }

  // Files that the table leaves out: another archive in front, or what another
  // table has.
  void in_gaps() {
    const size_t listed = out_.places.size();
    size_t at = 0;
    for (const auto& [begin, end] : spans()) {
      if (begin > at) walk(at, begin);
      at = std::max(at, end);
    }
    walk(at, bytes_.size());
    if (out_.places.size() > listed) out_.whole = false;
  }

  // The files whose heads stand between these, one behind the other.
  void walk(size_t begin, size_t end) {
    const std::string_view bytes = bytes_.substr(0, end);
    size_t at = bytes.find(kHead, begin);
    while (at != bytes.npos) {
      if (out_.places.size() >= places_max_) {
        out_.more = true;
        return;
      }
      at = bytes.find(kHead, head(bytes, at));
    }
  }

  // Gives where its bytes end.
  size_t head(std::string_view bytes, size_t at) {
    ZipPlace place;
    const std::string_view rest = bytes.substr(at);
    place.head = at;
    place.flags = number16(rest, 6);
    place.method = number16(rest, 8);
    place.size = number32(rest, 22);
    const size_t name_size = number16(rest, 26);
    add_name(place, piece(rest, kHeadBytes, name_size));
    const size_t begin = kHeadBytes + name_size + number16(rest, 28);
    size_t size = number32(rest, 18);
    constexpr uint16_t kSizesBehind = 8;  // a data descriptor has them
    if ((place.flags & kSizesBehind) != 0 && size == 0) {
      size = next_mark(rest, begin) - begin;
    }
    place.packed = piece(rest, begin, size);
    const size_t end = at + begin + place.packed.size();
    out_.places.push_back(std::move(place));
    return std::max(at + kHead.size(), std::min(end, bytes.size()));
  }

  static size_t next_mark(std::string_view bytes, size_t from) {
    size_t at = bytes.find("PK", from);
    for (; at != bytes.npos; at = bytes.find("PK", at + 1)) {
      const std::string_view mark = bytes.substr(at, 4);
      if (mark == kHead || mark == kRow || mark == kDescriptor) return at;
    }
    return std::max(from, bytes.size());
  }

  // Where the files lie, in their order there.
  std::vector<std::pair<size_t, size_t>> spans() const {
    std::vector<std::pair<size_t, size_t>> spans;
    for (const ZipPlace& one : out_.places) {
      if (one.broken) continue;
      const auto end = static_cast<size_t>(one.packed.data() +
                                           one.packed.size() - bytes_.data());
      spans.emplace_back(one.head, std::max(end, one.head + 1));
    }
    std::sort(spans.begin(), spans.end());
    return spans;
  }

  // No program that packs files lets two have the same bytes.
  void find_overlaps() {
    size_t end_before = 0;
    for (const auto& [begin, end] : spans()) {
      if (begin < end_before) out_.overlaps = true;
      end_before = std::max(end_before, end);
    }
  }

  std::string_view bytes_;
  size_t places_max_;
  ZipTable out_;
  uint64_t shift_ = 0;
};

}  // namespace

std::optional<size_t> find_zip_end(std::string_view bytes) {
  if (bytes.size() < kEndBytes) return {};
  size_t at = bytes.size() - kEndBytes;
  const size_t lowest = at - std::min(at, kCommentMax);
  for (at = bytes.rfind(kEnd, at); at != bytes.npos && at >= lowest;
       at = bytes.rfind(kEnd, at - 1)) {
    const size_t comment = number16(bytes, at + 20);
    if (at + kEndBytes + comment <= bytes.size()) return at;
    if (at == 0) break;
  }
  return {};
}

ZipTable read_zip_table(std::string_view bytes, size_t places_max) {
  return Table(bytes, places_max).read();
}

}  // namespace simwarden
