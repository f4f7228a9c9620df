// SPDX-License-Identifier: Apache-2.0
// Elements are entered and never left: all that is wanted stands at the front.
// Some programs write them without a length, and the content in pieces.
#include "mail/signed_content.h"

#include <algorithm>
#include <cstdint>

#include "mail/words.h"

namespace simwarden {
namespace {

using namespace std::string_view_literals;

constexpr uint8_t kOctets = 0x04;
constexpr uint8_t kName = 0x06;
constexpr uint8_t kSequence = 0x30;
constexpr uint8_t kExplicit = 0xA0;
constexpr uint8_t kConstructed = 0x20;
constexpr std::string_view kSignedData =
    "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02"sv;
// Algorithms and pieces inside each other; programs write two or three.
constexpr int kDepthMax = 8;

struct Element {
  uint8_t tag = 0;
  std::optional<size_t> size;  // nothing: up to two bytes of zero
};

class Ber {
 public:
  explicit Ber(std::string_view bytes) : rest_(bytes) {}

  std::optional<std::string> content() {
    if (!enter(kSequence) || !take_name(kSignedData) || !enter(kExplicit) ||
        !enter(kSequence)) {
      return {};
    }
    // Version and algorithms.
    if (!skip(0) || !skip(0)) return {};
    if (!enter(kSequence) || !skip(0) || !enter(kExplicit)) return {};
    std::string out;
    if (!take_octets(out, 0)) return {};
    return out;
  }

 private:
  std::optional<Element> head() {
    if (rest_.size() < 2) return {};
    Element element{byte(0), byte(1)};
    rest_.remove_prefix(2);
    constexpr size_t kLong = 0x80;
    if (*element.size == kLong) {
      element.size.reset();
    } else if (*element.size > kLong) {
      const size_t count = *element.size - kLong;
      if (count > 4 || rest_.size() < count) return {};
      element.size = 0;
      for (size_t i = 0; i < count; ++i) {
        element.size = *element.size << 8 | byte(i);
      }
      rest_.remove_prefix(count);
    }
    return element;
  }

  uint8_t byte(size_t i) const { return static_cast<uint8_t>(rest_[i]); }

  bool enter(uint8_t tag) {
    const auto element = head();
    return element && element->tag == tag;
  }

  bool take_name(std::string_view name) {
    const auto element = head();
    if (!element || element->tag != kName || !rest_.starts_with(name) ||
        element->size != name.size()) {
      return false;
    }
    rest_.remove_prefix(name.size());
    return true;
  }

  bool at_end() const { return rest_.starts_with("\0\0"sv); }

  bool skip(int depth) {
    const auto element = head();
    if (!element || depth > kDepthMax) return false;
    if (element->size) {
      if (rest_.size() < *element->size) return false;
      rest_.remove_prefix(*element->size);
      return true;
    }
    while (!at_end()) {
      if (!skip(depth + 1)) return false;
    }
    rest_.remove_prefix(2);
    return true;
  }

  // A mail that was cut short has less of it.
  bool take_octets(std::string& out, int depth) {
    const auto element = head();
    if (!element || depth > kDepthMax) return false;
    if (element->tag == kOctets && element->size) {
      const std::string_view piece = rest_.substr(0, *element->size);
      out += piece;
      rest_.remove_prefix(piece.size());
      return true;
    }
    if (element->tag != (kOctets | kConstructed)) return false;
    const size_t after =
        element->size ? rest_.size() - std::min(rest_.size(), *element->size)
                      : 0;
    while (rest_.size() > after && !(at_end() && !element->size)) {
      if (!take_octets(out, depth + 1)) return !out.empty();
    }
    if (!element->size && at_end()) rest_.remove_prefix(2);
    return true;
  }

  std::string_view rest_;
};

}  // namespace

bool may_be_signed(std::string_view type, std::string_view name) {
  constexpr std::string_view kSuffix = ".p7m";
  const bool named =
      name.size() >= kSuffix.size() &&
      same_word(name.substr(name.size() - kSuffix.size()), kSuffix);
  return type == "application/pkcs7-mime" ||
         type == "application/x-pkcs7-mime" ||
         (type == "application/octet-stream" && named);
}

std::optional<std::string> signed_content(std::string_view bytes) {
  return Ber(bytes).content();
}

}  // namespace simwarden
