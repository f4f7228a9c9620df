// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "diag/ascii.h"
#include "lint/findings.h"

namespace simwarden {
namespace {

using Is = RegexPiece::Is;

// Endings that hosts in messages have again and again, and that words do not.
constexpr std::array<std::string_view, 22> kEndings = {
    "com", "net", "org",  "info", "biz",  "me",    "ly",  "gl",
    "cc",  "io",  "co",   "cn",   "hk",   "ru",    "xyz", "top",
    "vip", "app", "shop", "site", "link", "online"};

class Looker {
 public:
  Looker(const RegexSite& site, Findings& findings)
      : site_(site), findings_(findings) {}

  void look() {
    for (size_t i = 1; i < site_.pieces.size(); ++i) {
      if (site_.pieces[i].is != Is::any || !is_letter(i - 1)) continue;
      const std::string after = word_from(i + 1);
      const bool www = ends_www(i) && !after.empty();
      if (!www && !is_ending(i + 1, after)) continue;
      findings_.add(*site_.file, site_.place(site_.pieces[i]),
                    fmt::format("this dot is any character, not only the one "
                                "of {}",
                                www ? "www." + after : "." + after));
    }
  }

 private:
  bool is_letter(size_t i) const {
    if (i >= site_.pieces.size() || site_.pieces[i].is != Is::text)
      return false;
    const char c = site_.text[site_.pieces[i].begin];
    return is_ascii_letter(c) || is_digit(c);
  }

  std::string word_from(size_t i) const {
    std::string word;
    for (; is_letter(i); ++i) word += site_.of(site_.pieces[i]);
    return word;
  }

  bool ends_www(size_t dot) const {
    return dot >= 3 && word_from(dot - 3) == "www" &&
           (dot == 3 || !is_letter(dot - 4));
  }

  // The word is an ending, and nothing but the end of a host follows: a path,
  // the edge of a word, the end of the alternative.
  bool is_ending(size_t first, const std::string& word) const {
    const auto* found = std::find(kEndings.begin(), kEndings.end(), word);
    if (found == kEndings.end()) return false;
    const size_t next = first + word.size();
    if (next >= site_.pieces.size()) return true;
    const RegexPiece& piece = site_.pieces[next];
    const std::string_view text = site_.of(piece);
    return piece.is == Is::close || piece.is == Is::bar || text == "/" ||
           text == "\\/" || text == "\\b" || piece.is == Is::edge ||
           text == "[/?]";
  }

  const RegexSite& site_;
  Findings& findings_;
};

}  // namespace

namespace looks {

void open_dot(const Reading& reading, Findings& findings) {
  for (const RegexSite& site : reading.regexes) Looker(site, findings).look();
}

}  // namespace looks
}  // namespace simwarden
