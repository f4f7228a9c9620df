// SPDX-License-Identifier: Apache-2.0
#include "spelling/encoded_text.h"

#include <algorithm>
#include <string>

#include <boost/archive/iterators/binary_from_base64.hpp>
#include <boost/archive/iterators/transform_width.hpp>

#include "text/look_around.h"

namespace simwarden {
namespace {

// "a@b.test" and a link of twelve characters.
constexpr size_t kWordMin = 16;
// Longer words are files.
constexpr size_t kWordMax = 512;
constexpr size_t kBeforeFigureMax = 64;

bool is_base64(char c) {
  return is_alnum(c) || c == '+' || c == '/';
}

// The word around `i`, without its padding; empty when an earlier figure of it
// was asked about.
Range word_around(std::string_view t, size_t i) {
  Range word{i, i};
  while (word.begin > 0 && is_base64(t[word.begin - 1]) &&
         i - word.begin < kBeforeFigureMax) {
    if (is_digit(t[--word.begin])) return {i, i};
  }
  while (is_base64(at(t, word.end)) && word.end - i < kWordMax) ++word.end;
  return word;
}

// REQUIRES: all of `text` is of the alphabet.
std::string decoded(std::string_view text) {
  using namespace boost::archive::iterators;
  using Bytes = transform_width<binary_from_base64<const char*>, 8, 6>;
  constexpr size_t kBitsOfCharacter = 6;
  std::string bytes(text.size() * kBitsOfCharacter / 8, '\0');
  std::copy_n(Bytes(text.data()), bytes.size(), bytes.begin());
  return bytes;
}

bool is_link(std::string_view text) {
  return text.starts_with("http://") || text.starts_with("https://") ||
         text.starts_with("t.me/") || text.starts_with("wa.me/");
}

bool is_mail(std::string_view text) {
  const size_t sign = text.find('@');
  if (sign == text.npos || sign == 0) return false;
  const size_t dot = text.find('.', sign);
  return dot != text.npos && dot > sign + 1 && dot + 2 < text.size() &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return is_alnum(c) || is_capital(c) || is_one_of(c, "@._+-");
         });
}

}  // namespace

bool read_base64(const View& plain, std::string_view raw, size_t i,
                 Respelling& out) {
  const std::string_view t = plain.text;
  if (!is_base64(before(t, i)) && !is_base64(at(t, i + 1))) return false;
  const Range word = word_around(t, i);
  const size_t size = word.end - word.begin;
  if (size < kWordMin || size > kWordMax) return false;
  if (is_one_of(before(t, word.begin), "=_-./?&%")) return false;
  const Span span = plain.original(word.begin, word.end);
  const std::string_view written = raw.substr(span.begin, span.size());
  const auto in_alphabet = [](char c) { return is_base64(c) || is_capital(c); };
  if (!std::all_of(written.begin(), written.end(), in_alphabet)) return false;
  std::string text = decoded(written);
  const bool printable = std::all_of(text.begin(), text.end(),
                                     [](char c) { return c > ' ' && c < 127; });
  if (!printable || (!is_link(text) && !is_mail(text))) return false;
  text = small_letters(text);
  size_t end = word.end;
  while (at(t, end) == '=' && end - word.end < 2) ++end;
  out = {word.begin, end, std::move(text), How::encoded};
  return true;
}

}  // namespace simwarden
