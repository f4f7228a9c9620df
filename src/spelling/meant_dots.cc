// SPDX-License-Identifier: Apache-2.0
#include "spelling/meant_dots.h"

#include <array>
#include <string_view>

#include "spelling/asked_hosts.h"
#include "spelling/drawn_signs.h"
#include "spelling/host_endings.h"
#include "spelling/host_parts.h"
#include "text/look_around.h"

namespace simwarden {
namespace {

using namespace std::string_view_literals;

std::string_view word_of(std::string_view t, const Sign& dot) {
  return t.substr(dot.at, dot.size);
}

std::string_view label_of(std::string_view t, const Sign& dot) {
  const size_t begin = label_before(t, dot.begin).begin;
  return t.substr(begin, dot.begin - begin);
}

// "the dot com bubble".
bool is_article_before(std::string_view t, const Sign& dot) {
  constexpr std::array<std::string_view, 6> kArticles = {"the",  "a",    "an",
                                                         "this", "that", "of"};
  return is_one_of(label_of(t, dot), kArticles);
}

// "en este punto es", "invierte en empresas punto com": no name of a host.
bool is_word_of_prose(std::string_view label) {
  constexpr std::array kOfProse = {
      "este"sv,    "ese"sv,      "aquel"sv,     "cada"sv,        "cualquier"sv,
      "dicho"sv,   "algun"sv,    "ningun"sv,    "otro"sv,        "mismo"sv,
      "cierto"sv,  "primer"sv,   "segundo"sv,   "tercer"sv,      "cuarto"sv,
      "quinto"sv,  "ultimo"sv,   "unico"sv,     "buen"sv,        "mejor"sv,
      "peor"sv,    "nuevo"sv,    "siguiente"sv, "proximo"sv,     "nuestro"sv,
      "vuestro"sv, "outro"sv,    "nosso"sv,     "determinado"sv, "questo"sv,
      "empresa"sv, "empresas"sv, "negocio"sv,   "negocios"sv,    "burbuja"sv,
      "algum"sv,   "certo"sv,    "qualquer"sv,  "sector"sv,      "mundo"sv,
      "bolha"sv};
  return is_one_of(label, kOfProse);
}

// Not the end of a word with an accent: "último".
bool begins_word(std::string_view t, size_t i) {
  const char32_t c = code_point_before(t, i).c;
  const bool spaced = c < 0xE00 || (c >= 0x1E00 && c < 0x2000);  // Latin again
  return i == 0 || !spaced || !is_word(c);
}

bool is_long_label(std::string_view t, const Sign& dot) {
  constexpr size_t kLabelMin = 4;
  return label_of(t, dot).size() >= kLabelMin &&
         begins_word(t, label_before(t, dot.begin).begin);
}

// "entra en demoshop punto com", "pide en demoshop punto es".
bool is_asked(std::string_view t, const Sign& dot) {
  const size_t label = label_before(t, dot.begin).begin;
  return !is_word_of_prose(label_of(t, dot)) &&
         (is_asked_behind(t, label) || is_placed_behind(t, label));
}

// No sentence goes on behind the ending.
bool is_last(std::string_view t, const Sign& dot) {
  const size_t end = dot.end + ending_letters(t, dot.end).size();
  const size_t next = end + (at(t, end) == ' ' ? 1 : 0);
  return !is_word(code_point_at(t, next).c);
}

// "demoshop kropka pl".
bool is_own_host(std::string_view t, const Sign& dot) {
  const std::string_view ending = ending_letters(t, dot.end);
  if (!is_ending(t, dot.end, Endings::all) || !is_long_label(t, dot)) {
    return false;
  }
  if (is_own_ending(word_of(t, dot), ending)) {
    return is_last(t, dot) || is_asked(t, dot);
  }
  return is_asked_ending(word_of(t, dot), ending) && is_last(t, dot) &&
         is_asked(t, dot);
}

// "demoshop punkt net": an ending that is no word where such a dot is one.
// "com" is one in Portuguese and Catalan; an "empresa punto com" has no host.
bool is_plain_host(std::string_view t, const Sign& dot) {
  constexpr std::array<std::string_view, 9> kSure = {
      "com", "net", "org", "xyz", "icu", "cyou", "biz", "invalid", "example"};
  constexpr std::array<std::string_view, 5> kOfProse = {
      "ponto", "pontu", "point", "punt", "punto"};
  const std::string_view ending = ending_letters(t, dot.end);
  const bool prose = ending == "com" &&
                     !(is_asked(t, dot) && is_last(t, dot)) &&
                     is_one_of(word_of(t, dot), kOfProse);
  const char next = at(t, dot.end + ending.size());
  return is_one_of(ending, kSure) && !prose && next != '\'' &&
         is_long_label(t, dot);
}

// A word of a sentence, too: "polka dot shop opens".
bool is_english(std::string_view ending) {
  constexpr std::array kWords = {"shop"sv, "store"sv,  "club"sv, "live"sv,
                                 "life"sv, "fun"sv,    "link"sv, "site"sv,
                                 "top"sv,  "website"sv};
  return is_one_of(ending, kWords);
}

bool is_path_behind(std::string_view t, size_t ending) {
  size_t i = ending + ending_letters(t, ending).size();
  while (is_one_of(at(t, i), " ([{")) ++i;
  return sign_at(t, i).sign == '/';
}

}  // namespace

bool is_dot_meant(std::string_view t, const Sign& dot, bool telling) {
  if (is_own_host(t, dot)) return true;
  if (!is_ending(t, dot.end, Endings::of_adverts)) return false;
  if (is_path_behind(t, dot.end)) return true;
  if (drawn_sign_at(t, dot.at) != nullptr) return is_plain_host(t, dot);
  if (!is_ascii(t[dot.at])) return true;
  const std::string_view ending = ending_letters(t, dot.end);
  if (is_wordy_ending(ending)) return telling && t[dot.at] != 'd';
  const bool shown =
      is_long_label(t, dot) && is_asked(t, dot) && is_last(t, dot);
  // "the reporting period net of tax".
  if (word_of(t, dot) == "period") return shown;
  if (t[dot.at] != 'd') return telling || shown || is_plain_host(t, dot);
  if (is_article_before(t, dot)) return false;
  return telling || !is_english(ending) || is_asked(t, dot) || is_last(t, dot);
}

bool is_apart_dot(std::string_view t, const Sign& dot) {
  if (dot.begin == dot.at || dot.end == dot.at + 1) return false;
  const bool prose = ending_letters(t, dot.end) == "com" && !is_last(t, dot);
  return !prose && is_plain_host(t, dot);
}

}  // namespace simwarden
