// SPDX-License-Identifier: Apache-2.0
#include "document/pdf.h"

#include <algorithm>
#include <optional>

#include "diag/ascii.h"
#include "diag/hex.h"
#include "document/filters.h"
#include "document/names.h"
#include "document/pdf_text.h"
#include "document/pdf_tokens.h"
#include "document/samples.h"
#include "document/unpack.h"
#include "text/charset.h"

namespace simwarden {
namespace {

using namespace std::string_view_literals;

// A dictionary with its words: what stands between an object's beginning and
// its stream. Longer ones have tables inside that say nothing of pictures.
constexpr size_t kDictionaryBytesMax = 4096;

// Strings are in UTF-16 or UTF-8 with a mark, or in ASCII (7.9.2.2).
std::string as_utf8(std::string bytes) {
  if (bytes.starts_with("\xFE\xFF"sv)) {
    return to_utf8(std::string_view(bytes).substr(2), "utf-16be").view.text;
  }
  bytes.erase(0, bytes.size() - behind_utf8_mark(bytes).size());
  if (count_utf8(bytes).bad == 0) return bytes;
  return to_utf8(bytes, "windows-1252").view.text;
}

// The string that stands at `i`; nothing when none does.
std::optional<std::string> string_at(std::string_view bytes, size_t i) {
  const std::string_view rest = bytes.substr(i);
  if (rest.starts_with('(')) {
    return as_utf8(literal_string(bytes, i, kDocumentTargetBytesMax).bytes);
  }
  if (rest.starts_with('<') && !rest.starts_with("<<")) {
    return as_utf8(hex_string(bytes, i, kDocumentTargetBytesMax).bytes);
  }
  return {};
}

// The host of a file that lies elsewhere (7.11.5), of the base of all links
// (12.6.4.8).
bool is_address(std::string_view target) {
  return target.find("://") != target.npos;
}

// What a document shows in clear that says it is encrypted.
bool is_in_clear(std::string_view target) {
  return is_address(target) ||
         (target.find(':') != target.npos &&
          std::all_of(target.begin(), target.end(),
                      [](char c) { return c > ' ' && c <= '~'; }));
}

// "/Encrypt 9 0 R", or what it refers to.
bool names_encryption(const PdfMembers& members) {
  const std::string_view value = value_of(members, "Encrypt");
  return value.starts_with("<<") || reference_in(value).has_value();
}

class Reader {
 public:
  Reader(std::string_view bytes, DocumentBudget& budget)
      : bytes_(bytes), budget_(budget), text_(budget) {}

  PdfReading read() {
    out_.reading = FileReading::read;
    size_t at = 0;
    while (true) {
      const size_t begin = bytes_.find("stream", at);
      find_links(bytes_.substr(at, begin - at));
      text_.add_clear(bytes_.substr(at, begin - at));
      if (begin == bytes_.npos) break;
      at = begin + 6;
      if (++streams_ > kPdfStreamsMax) {
        leave_out();
        break;
      }
      const bool ends = begin >= 3 && bytes_.substr(begin - 3, 3) == "end";
      if (ends) continue;
      const std::string_view words = words_before(begin);
      // Streams of few bytes may all have the same words in front of them.
      if (!budget_.pay_for_work(words.size())) {
        leave_out();
        break;
      }
      at = stream(words, at);
    }
    if (refers_ && named_.empty()) note(FileReading::partly);
    for (std::string& target : named_) {
      if (refers_) add_link(std::move(target));
    }
    read_text();
    return std::move(out_);
  }
  // By the dictionary of a table of contents that is a stream (7.5.8).
  bool says_encrypted() const { return encrypted_; }

 private:
  // What stands in front of a stream, behind the number of its object.
  std::string_view words_before(size_t begin) {
    const size_t from = begin - std::min(begin, kDictionaryBytesMax);
    const std::string_view words = bytes_.substr(from, begin - from);
    object_ = last_object(words);
    const size_t object = words.rfind("obj");
    return object == words.npos ? words : words.substr(object);
  }

  // A stream whose keyword ends at `at`; gives where it ends. Of what is
  // no stream, or not packed, or broken, all is read as it stands there.
  size_t stream(std::string_view words, size_t at) {
    const size_t plain = at;
    while (at < bytes_.size() && (bytes_[at] == ' ' || bytes_[at] == '\t'))
      ++at;
    if (at < bytes_.size() && bytes_[at] == '\r') ++at;
    if (at < bytes_.size() && bytes_[at] == '\n') ++at;
    if (end_ < at) {
      end_ = std::min(bytes_.find("endstream", at), bytes_.size());
    }
    note_encryption(words);
    return content(words, bytes_.substr(at, end_ - at)) ? end_ : plain;
  }

  void note_encryption(std::string_view words) {
    if (encrypted_ || !has_name(words, "XRef")) return;
    const size_t begin = words.find("<<");
    if (begin == words.npos) return;
    encrypted_ = names_encryption(members_of(words.substr(begin)));
  }

  // False when there may be more in it.
  bool content(std::string_view dictionary, std::string_view data) {
    std::string own;
    const size_t packed = data.size();
    const size_t layers = unfilter(dictionary, data, own);
    if (data.starts_with("\xFF\xD8\xFF"sv)) {
      take_text(dictionary, data);
      picture(std::string(data));
      return true;
    }
    if (!may_be_zlib(data)) {
      if (auto file = picture_of_samples(dictionary, data)) {
        take_text(dictionary, data);
        picture(std::move(*file));
        return true;
      }
      if (layers > 0) {
        plain(dictionary, unpredicted(dictionary, data));
      } else {
        as_it_stands(dictionary, data);
      }
      return layers > 0;
    }
    const Unpacked unpacked = unpack_zlib(data, budget_.unpacked);
    budget_.pay_for_unpacking(unpacked.cost);
    if (unpacked.full) {
      over(data.size(), unpacked.bytes.size());
      return true;
    }
    inside(dictionary, data, unpacked.bytes);
    if (unpacked.whole) return true;
    note(FileReading::partly);
    // What is read once more counts like what is unpacked, or streams inside
    // each other would all be read to the end.
    if (packed > budget_.unpacked) {
      budget_.unpacked = 0;
      return false;
    }
    budget_.unpacked -= packed;
    take_text(dictionary, data);
    return false;
  }

  // Undoes what stands in front of Flate and JPEG.
  size_t unfilter(std::string_view dictionary, std::string_view& data,
                  std::string& own) {
    size_t layers = 0;
    for (const std::string& filter : filters_of(dictionary)) {
      const std::string_view some = data.substr(0, budget_.unpacked);
      auto unpacked = undo_filter(filter, some, budget_.unpacked);
      if (!unpacked) break;
      const size_t made = unpacked->bytes.size();
      budget_.pay_for_unpacking(std::max(some.size(), made));
      if (unpacked->full || some.size() < data.size()) over(data.size(), made);
      own = std::move(unpacked->bytes);
      data = own;
      ++layers;
    }
    return layers;
  }

  void inside(std::string_view dictionary, std::string_view packed,
              const std::string& bytes) {
    // Packed twice: of what is packed once more, the pictures are not looked
    // for.
    if (may_be_zlib(bytes)) {
      const Unpacked inner = unpack_zlib(bytes, budget_.unpacked);
      budget_.pay_for_unpacking(inner.cost);
      if (inner.full) over(packed.size(), inner.bytes.size());
      if (!inner.bytes.empty()) return plain(dictionary, inner.bytes);
    }
    if (auto file = picture_of_samples(dictionary, bytes)) {
      take_text(dictionary, bytes);
      return picture(std::move(*file));
    }
    plain(dictionary, unpredicted(dictionary, bytes));
  }

  void plain(std::string_view dictionary, std::string_view bytes) {
    find_links(bytes);
    take_text(dictionary, bytes);
  }

  // Also of what looks like a picture: the program of a page may do so.
  void take_text(std::string_view dictionary, std::string_view bytes) {
    if (!PdfText::wants(dictionary, bytes)) return;
    text_.add({object_, dictionary, std::string(bytes)});
  }

  // Of a stream that is not packed; its links are found with what stands around
  // it. What is read once more counts like what is unpacked.
  void as_it_stands(std::string_view dictionary, std::string_view data) {
    if (data.size() > budget_.unpacked) return note(FileReading::partly);
    budget_.unpacked -= data.size();
    take_text(dictionary, data);
  }

  void read_text() {
    out_.text = text_.read();
    if (text_.is_cut()) note(FileReading::partly);
  }

  void over(size_t packed, size_t unpacked) {
    note(over_a_bound(packed, unpacked));
  }

  void leave_out() {
    budget_.cut = true;
    note(FileReading::partly);
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
    PdfBlanks blanks(bytes);
    for (size_t at = bytes.find('/'); at != bytes.npos;
         at = bytes.find('/', at)) {
      const auto [name, end] = read_name(bytes, ++at);
      const bool is_link = name == "URI";
      const bool may_lead = name == "F" || name == "UF" || name == "Base";
      if (!is_link && !may_lead) continue;
      const size_t value = blanks.skip(end);
      if (value >= bytes.size()) break;
      if (is_link && is_digit(bytes[value])) refers_ = true;
      if (bytes[value] != '(' && bytes[value] != '<') continue;
      if (strings_++ > kStringsMax || budget_.links == 0) {
        return note(FileReading::partly);
      }
      auto target = string_at(bytes, value);
      if (target && (is_link || is_address(*target))) {
        add_link(std::move(*target));
      }
    }
    find_named(bytes);
  }

  // Strings that stand alone, so that links refer to them.
  void find_named(std::string_view bytes) {
    for (const std::string_view sign : {"(http"sv, "<68747470"sv}) {
      for (size_t at = bytes.find(sign);
           at != bytes.npos && named_.size() < kNamedMax;
           at = bytes.find(sign, at + sign.size())) {
        named_.push_back(*string_at(bytes, at));
      }
    }
  }

  void add_link(std::string target) {
    if (target.empty()) return;
    if (budget_.links == 0) return note(FileReading::partly);
    --budget_.links;
    out_.links.push_back(std::move(target));
  }

  static constexpr size_t kNamedMax = 1000;
  // Each may run to the bound of its bytes.
  static constexpr size_t kStringsMax = 5'000;

  std::string_view bytes_;
  DocumentBudget& budget_;
  PdfReading out_;
  PdfText text_;
  uint32_t object_ = 0;  // whose stream is read
  size_t streams_ = 0;
  size_t end_ = 0;  // the "endstream" behind what was read
  size_t strings_ = 0;
  bool encrypted_ = false;
  bool refers_ = false;  // the target of a link stands elsewhere
  std::vector<std::string> named_;
};

// A trailer that says so (7.6.1); remarks, strings and other objects may have
// the word and mean nothing. Each is read up to the next one at most.
bool has_trailer_of_encrypted(std::string_view bytes) {
  constexpr std::string_view kWord = "trailer";
  for (size_t at = bytes.find(kWord); at != bytes.npos;) {
    at += kWord.size();
    const size_t next = bytes.find(kWord, at);
    if (names_encryption(members_of(bytes.substr(at, next - at)))) return true;
    at = next;
  }
  return false;
}

}  // namespace

// Readers look for the mark in the first bytes (Annex I).
bool is_pdf(std::string_view bytes) {
  constexpr size_t kFront = 1024;
  return bytes.substr(0, kFront).find("%PDF-") != bytes.npos;
}

PdfReading read_pdf(std::string_view bytes, DocumentBudget& budget) {
  PdfReading out;
  if (bytes.size() > kPdfBytesMax) {
    out.reading = FileReading::too_large;
  } else {
    Reader reader(bytes, budget);
    out = reader.read();
    const bool encrypted =
        reader.says_encrypted() || has_trailer_of_encrypted(bytes);
    if (!encrypted) return out;
    // Programs go by one trailer of several, and show what is not encrypted for
    // all that it says: what could be read was. Of what is, nothing can: its
    // streams unpack to nothing, its strings are no addresses.
    if (out.reading != FileReading::bomb) out.reading = FileReading::encrypted;
    std::erase_if(out.links, [](const std::string& target) {
      return !is_in_clear(target);
    });
  }
  return out;
}

}  // namespace simwarden
