// SPDX-License-Identifier: Apache-2.0
#include "document/pdf.h"

#include <algorithm>
#include <optional>

#include "diag/hex.h"
#include "document/samples.h"
#include "document/unpack.h"
#include "text/charset.h"

namespace simwarden {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kBlanks = "\0\t\n\f\r "sv;

// A dictionary with its words: what stands between an object's beginning and
// its stream. Longer ones have tables inside that say nothing of pictures.
constexpr size_t kDictionaryBytesMax = 4096;

// A string in parentheses that begins at `i` (7.3.4.2), or as far as it goes.
std::string literal_string(std::string_view bytes, size_t i) {
  std::string out;
  int depth = 0;
  for (; i < bytes.size() && out.size() < kPdfTargetBytesMax; ++i) {
    const char c = bytes[i];
    if (c == '(' && depth++ == 0) continue;
    if (c == ')' && --depth == 0) break;
    if (c != '\\') {
      out += c;
      continue;
    }
    if (++i >= bytes.size()) break;
    constexpr std::string_view kEscapes = "nrtbf";
    constexpr std::string_view kMeant = "\n\r\t\b\f";
    const size_t escape = kEscapes.find(bytes[i]);
    if (escape != kEscapes.npos) {
      out += kMeant[escape];
    } else if (bytes[i] >= '0' && bytes[i] <= '7') {
      int value = 0;
      size_t end = i;
      while (end < std::min(i + 3, bytes.size()) && bytes[end] >= '0' &&
             bytes[end] <= '7') {
        value = value * 8 + bytes[end++] - '0';
      }
      out += static_cast<char>(value);
      i = end - 1;
    } else if (bytes[i] != '\n' && bytes[i] != '\r') {
      out += bytes[i];
    }
  }
  return out;
}

// "<68747470>" (7.3.4.3).
std::string hex_string(std::string_view bytes, size_t i) {
  std::string out;
  int half = -1;
  for (++i; i < bytes.size() && bytes[i] != '>'; ++i) {
    const int value = hex_digit(bytes[i]);
    if (value < 0) continue;
    if (half < 0) {
      half = value;
      continue;
    }
    out += static_cast<char>(half * 16 + value);
    half = -1;
    if (out.size() >= kPdfTargetBytesMax) break;
  }
  return out;
}

// Strings are in UTF-16 with a mark, or in ASCII (7.9.2.2).
std::string as_utf8(std::string bytes) {
  if (bytes.starts_with("\xFE\xFF"sv)) {
    return to_utf8(std::string_view(bytes).substr(2), "utf-16be").view.text;
  }
  if (count_utf8(bytes).bad == 0) return bytes;
  return to_utf8(bytes, "windows-1252").view.text;
}

class Reader {
 public:
  Reader(std::string_view bytes, PdfBudget& budget)
      : bytes_(bytes), budget_(budget) {}

  PdfReading read() {
    out_.reading = FileReading::read;
    size_t at = 0;
    while (true) {
      const size_t begin = bytes_.find("stream", at);
      find_links(bytes_.substr(at, begin - at));
      if (begin == bytes_.npos) break;
      at = begin + 6;
      if (++streams_ > kPdfStreamsMax) {
        note(FileReading::partly);
        break;
      }
      const bool ends = begin >= 3 && bytes_.substr(begin - 3, 3) == "end";
      if (!ends) at = stream(begin, at);
    }
    return std::move(out_);
  }

 private:
  // A stream whose keyword stands at `begin`; gives where it ends.
  size_t stream(size_t begin, size_t at) {
    if (at < bytes_.size() && bytes_[at] == '\r') ++at;
    if (at < bytes_.size() && bytes_[at] == '\n') ++at;
    const size_t end = std::min(bytes_.find("endstream", at), bytes_.size());
    const size_t from = begin - std::min(begin, kDictionaryBytesMax);
    std::string_view words = bytes_.substr(from, begin - from);
    const size_t object = words.rfind("obj");
    if (object != words.npos) words = words.substr(object);
    content(words, bytes_.substr(at, end - at));
    return end;
  }

  void content(std::string_view dictionary, std::string_view data) {
    if (data.starts_with("\xFF\xD8\xFF"sv)) return picture(std::string(data));
    if (!may_be_zlib(data)) return;
    const Unpacked unpacked = unpack_zlib(data, budget_.unpacked);
    budget_.unpacked -= unpacked.bytes.size();
    if (unpacked.full) return over(data.size(), unpacked.bytes.size());
    if (!unpacked.whole) note(FileReading::partly);
    // Packed twice: of what is packed once more, the pictures are not looked
    // for.
    if (may_be_zlib(unpacked.bytes)) {
      const Unpacked inner = unpack_zlib(unpacked.bytes, budget_.unpacked);
      budget_.unpacked -= inner.bytes.size();
      if (inner.full) over(data.size(), inner.bytes.size());
      find_links(inner.bytes);
      return;
    }
    if (auto file = picture_of_samples(dictionary, data, unpacked.bytes)) {
      return picture(std::move(*file));
    }
    find_links(unpacked.bytes);
  }

  void over(size_t packed, size_t unpacked) {
    const bool bomb = unpacked / kBombPixelsPerByte > packed;
    note(bomb ? FileReading::bomb : FileReading::too_large);
  }

  // The worst that came up.
  void note(FileReading reading) {
    if (out_.reading == FileReading::bomb) return;
    if (reading == FileReading::partly && out_.reading != FileReading::read) {
      return;
    }
    out_.reading = reading;
  }

  void picture(std::string file) {
    if (budget_.pictures == 0) return note(FileReading::partly);
    --budget_.pictures;
    out_.pictures.push_back(std::move(file));
  }

  // "/URI (https://…)"; "/S /URI" names the kind of action.
  void find_links(std::string_view bytes) {
    constexpr std::string_view kKey = "/URI";
    for (size_t at = bytes.find(kKey); at != bytes.npos;
         at = bytes.find(kKey, at + kKey.size())) {
      const size_t value = bytes.find_first_not_of(kBlanks, at + kKey.size());
      if (value == bytes.npos) return;
      const char first = bytes[value];
      if (first != '(' && first != '<') continue;
      std::string target = first == '(' ? literal_string(bytes, value)
                                        : hex_string(bytes, value);
      target = as_utf8(std::move(target));
      if (target.empty()) continue;
      if (budget_.links == 0) return note(FileReading::partly);
      --budget_.links;
      out_.links.push_back(std::move(target));
    }
  }

  std::string_view bytes_;
  PdfBudget& budget_;
  PdfReading out_;
  size_t streams_ = 0;
};

// The word stands in the trailer or in the dictionary of a table of contents,
// which are never encrypted themselves (7.6.1).
bool is_encrypted(std::string_view bytes) {
  constexpr std::string_view kWord = "/Encrypt";
  for (size_t at = bytes.find(kWord); at != bytes.npos;
       at = bytes.find(kWord, at + kWord.size())) {
    const size_t next = at + kWord.size();
    // "/EncryptMetadata" is another word.
    const bool whole = next >= bytes.size() ||
                       kBlanks.find(bytes[next]) != kBlanks.npos ||
                       bytes[next] == '<';
    if (whole) return true;
  }
  return false;
}

}  // namespace

// Readers look for the mark in the first bytes (Annex I).
bool is_pdf(std::string_view bytes) {
  constexpr size_t kFront = 1024;
  return bytes.substr(0, kFront).find("%PDF-") != bytes.npos;
}

PdfReading read_pdf(std::string_view bytes, PdfBudget& budget) {
  PdfReading out;
  if (bytes.size() > kPdfBytesMax) {
    out.reading = FileReading::too_large;
  } else if (is_encrypted(bytes)) {
    out.reading = FileReading::encrypted;
  } else {
    return Reader(bytes, budget).read();
  }
  return out;
}

}  // namespace simwarden
