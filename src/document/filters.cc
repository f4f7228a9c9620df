// SPDX-License-Identifier: Apache-2.0
#include "document/filters.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

#include "diag/hex.h"
#include "document/names.h"

namespace simwarden {
namespace {

Unpacked hex(std::string_view packed, size_t bytes_max) {
  Unpacked out;
  int half = -1;
  for (const char c : packed) {
    if (c == '>') break;
    const int value = hex_digit(c);
    if (value < 0) continue;
    if (half < 0) {
      half = value;
      continue;
    }
    if (out.bytes.size() >= bytes_max) {
      out.full = true;
      return out;
    }
    out.bytes += static_cast<char>(half * 16 + value);
    half = -1;
  }
  if (half >= 0) out.bytes += static_cast<char>(half * 16);
  return out;
}

void append_four(std::string& out, uint32_t value, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    out += static_cast<char>(value >> (24 - 8 * i) & 0xFF);
  }
}

Unpacked base85(std::string_view packed, size_t bytes_max) {
  constexpr size_t kGroup = 5;
  Unpacked out;
  uint32_t value = 0;
  size_t count = 0;
  if (packed.starts_with("<~")) packed.remove_prefix(2);
  for (const char c : packed) {
    if (c == '~') break;
    if (out.bytes.size() >= bytes_max) {
      out.full = true;
      return out;
    }
    if (c == 'z' && count == 0) {
      append_four(out.bytes, 0, 4);
    } else if (c >= '!' && c <= 'u') {
      value = value * 85 + static_cast<uint32_t>(c - '!');
      if (++count < kGroup) continue;
      append_four(out.bytes, value, 4);
      value = 0;
      count = 0;
    }
  }
  if (count < 2) return out;
  for (size_t i = count; i < kGroup; ++i) value = value * 85 + 84;
  append_four(out.bytes, value, count - 1);
  return out;
}

Unpacked run_lengths(std::string_view packed, size_t bytes_max) {
  constexpr size_t kEnd = 128;
  Unpacked out;
  for (size_t i = 0; i + 1 < packed.size();) {
    const auto length = static_cast<unsigned char>(packed[i++]);
    if (length == kEnd) break;
    if (out.bytes.size() + kEnd > bytes_max) {
      out.full = true;
      break;
    }
    if (length < kEnd) {
      out.bytes.append(packed.substr(i, size_t{length} + 1));
      i += size_t{length} + 1;
    } else {
      out.bytes.append(257 - size_t{length}, packed[i++]);
    }
  }
  return out;
}

// Codes of 9 to 12 bits; each adds an entry: where it stands in what was
// written so far.
class Lzw {
 public:
  Unpacked run(std::string_view packed, size_t bytes_max) {
    for (const char c : packed) {
      bits_ = (bits_ << 8 | static_cast<unsigned char>(c)) & 0xFFFFFF;
      held_ += 8;
      if (held_ < width_) continue;
      held_ -= width_;
      const uint32_t code = bits_ >> held_ & ((1U << width_) - 1);
      if (out_.bytes.size() + kEntriesMax > bytes_max) {
        out_.full = true;
        break;
      }
      if (!take(code)) break;
    }
    return std::move(out_);
  }

 private:
  static constexpr uint32_t kClear = 256;
  static constexpr uint32_t kEnd = 257;
  static constexpr size_t kEntriesMax = 4096;
  struct Entry {
    size_t begin = 0;
    size_t size = 0;
  };

  bool take(uint32_t code) {
    if (code == kEnd) return false;
    if (code == kClear) {
      next_ = kEnd + 1;
      width_ = 9;
      last_ = {};
      return true;
    }
    if (code >= next_ + (last_.size > 0 ? 1 : 0)) return false;
    const size_t begin = out_.bytes.size();
    // The entry before gets one byte more: the first of this one.
    if (last_.size > 0 && next_ < kEntriesMax) {
      entries_[next_++] = {last_.begin, last_.size + 1};
    }
    if (code < kClear) {
      out_.bytes += static_cast<char>(code);
    } else {
      const Entry entry = entries_[code];
      for (size_t i = 0; i < entry.size; ++i) {
        out_.bytes += out_.bytes[entry.begin + i];
      }
    }
    last_ = {begin, out_.bytes.size() - begin};
    if (next_ + 1 >= (1U << width_) && width_ < 12) ++width_;
    return true;
  }

  Unpacked out_;
  std::array<Entry, kEntriesMax> entries_;
  uint32_t next_ = kEnd + 1;
  uint32_t width_ = 9;
  uint32_t bits_ = 0;
  uint32_t held_ = 0;
  Entry last_;
};

Unpacked lzw(std::string_view packed, size_t bytes_max) {
  return Lzw().run(packed, bytes_max);
}

struct Filter {
  std::string_view name;
  std::string_view short_name;
  Unpacked (*undo)(std::string_view packed, size_t bytes_max);
};
constexpr std::array kFilters = {
    Filter{"ASCIIHexDecode", "AHx", hex},
    Filter{"ASCII85Decode", "A85", base85},
    Filter{"RunLengthDecode", "RL", run_lengths},
    Filter{"LZWDecode", "LZW", lzw},
};

unsigned char paeth(int left, int above, int corner) {
  const int guess = left + above - corner;
  const int to_left = std::abs(guess - left);
  const int to_above = std::abs(guess - above);
  const int to_corner = std::abs(guess - corner);
  if (to_left <= to_above && to_left <= to_corner) {
    return static_cast<unsigned char>(left);
  }
  return static_cast<unsigned char>(to_above <= to_corner ? above : corner);
}

std::string undo_tiff_rows(std::string_view bytes, size_t row, size_t pixel) {
  std::string out(bytes);
  for (size_t i = 0; i < out.size(); ++i) {
    if (i % row >= pixel) out[i] = static_cast<char>(out[i] + out[i - pixel]);
  }
  return out;
}

}  // namespace

std::vector<std::string> filters_of(std::string_view dictionary) {
  std::vector<std::string> out;
  for (size_t at = dictionary.find('/'); at != dictionary.npos;
       at = dictionary.find('/', at)) {
    const PdfName key = read_name(dictionary, ++at);
    if (key.name != "Filter" && key.name != "F") continue;
    size_t i = skip_blanks_and_comments(dictionary, key.end);
    const bool list = i < dictionary.size() && dictionary[i] == '[';
    if (list) i = skip_blanks_and_comments(dictionary, i + 1);
    while (i < dictionary.size() && dictionary[i] == '/' &&
           out.size() < kFiltersMax) {
      PdfName name = read_name(dictionary, i + 1);
      out.push_back(std::move(name.name));
      if (!list) return out;
      i = skip_blanks_and_comments(dictionary, name.end);
    }
    return out;
  }
  return out;
}

std::optional<Unpacked> undo_filter(std::string_view name,
                                    std::string_view packed, size_t bytes_max) {
  const auto* found =
      std::find_if(kFilters.begin(), kFilters.end(), [&](const Filter& filter) {
        return name == filter.name || name == filter.short_name;
      });
  if (found == kFilters.end()) return {};
  return found->undo(packed, bytes_max);
}

std::string undo_png_rows(std::string_view bytes, size_t row, size_t pixel) {
  std::string out;
  out.reserve(bytes.size());
  std::string above(row, '\0');
  std::string now(row, '\0');
  while (!bytes.empty()) {
    const char kind = bytes[0];
    const std::string_view written = bytes.substr(1, row);
    bytes.remove_prefix(1 + written.size());
    for (size_t i = 0; i < written.size(); ++i) {
      const auto up = static_cast<unsigned char>(above[i]);
      const auto left =
          static_cast<unsigned char>(i < pixel ? 0 : now[i - pixel]);
      const auto corner =
          static_cast<unsigned char>(i < pixel ? 0 : above[i - pixel]);
      int guess = 0;
      if (kind == 1) guess = left;
      if (kind == 2) guess = up;
      if (kind == 3) guess = (left + up) / 2;
      if (kind == 4) guess = paeth(left, up, corner);
      now[i] = static_cast<char>(written[i] + guess);
    }
    out.append(now, 0, written.size());
    above.swap(now);
  }
  return out;
}

std::string unpredicted(std::string_view dictionary, std::string_view bytes) {
  constexpr uint64_t kTiff = 2;
  constexpr uint64_t kPng = 10;
  const uint64_t predictor = number_of(dictionary, "Predictor");
  if (predictor != kTiff && predictor < kPng) return std::string(bytes);
  const auto at_least = [&](std::string_view name, uint64_t usual) {
    const uint64_t value = number_of(dictionary, name);
    return static_cast<size_t>(value == 0 ? usual : value);
  };
  const size_t colours = std::min<size_t>(at_least("Colors", 1), 32);
  const size_t bits = std::min<size_t>(at_least("BitsPerComponent", 8), 16);
  const size_t said = (at_least("Columns", 1) * colours * bits + 7) / 8;
  const size_t row = std::min(said, bytes.size());
  const size_t pixel = std::max<size_t>(1, colours * bits / 8);
  return predictor == kTiff ? undo_tiff_rows(bytes, row, pixel)
                            : undo_png_rows(bytes, row, pixel);
}

}  // namespace simwarden
