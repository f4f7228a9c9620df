// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "lint/findings.h"

// RE2's \b lies between a letter of ASCII and anything else: before "último"
// it is there only behind such a letter, which nobody means.
namespace simwarden {
namespace {

using Is = RegexPiece::Is;

// Of alphabets that part words by blanks: Latin beyond ASCII, Greek, Cyrillic.
bool is_accented_letter(std::string_view text) {
  if (text.size() == 3) return text >= "\u1E00" && text <= "\u1FFF";
  if (text.size() != 2 || text == "\u00D7" || text == "\u00F7") return false;
  return (text >= "\u00C0" && text <= "\u024F") ||
         (text >= "\u0370" && text <= "\u052F");
}

class Looker {
 public:
  Looker(const RegexSite& site, Findings& findings)
      : site_(site), findings_(findings) {}

  void look() {
    for (size_t i = 0; i < site_.pieces.size(); ++i) {
      if (site_.of(site_.pieces[i]) != "\\b") continue;
      if (!tell(i, first_behind(i))) tell(i, last_before(i));
    }
  }

 private:
  static constexpr size_t kNone = SIZE_MAX;

  bool is(size_t at, Is what) const {
    return at < site_.pieces.size() && site_.pieces[at].is == what;
  }
  bool is_accented(size_t at) const {
    return is(at, Is::text) && is_accented_letter(site_.of(site_.pieces[at]));
  }
  // "ú?" may be missing.
  bool may_be_missing(size_t at) const {
    return is(at + 1, Is::repeats) && site_.pieces[at + 1].least == 0;
  }

  // The letter that an alternative behind it begins with: \búl, \b(?:fin|úl).
  size_t first_behind(size_t edge) const {
    size_t at = edge + 1;
    while (is(at, Is::open)) ++at;
    const bool in_group = at > edge + 1;
    for (int depth = 1; at < site_.pieces.size(); ++at) {
      if (is_accented(at) && !may_be_missing(at)) return at;
      if (!in_group) return kNone;
      at = next_alternative(at, depth);
    }
    return kNone;
  }
  // The bar of the group that `at` is in; the end when there is none.
  size_t next_alternative(size_t at, int depth) const {
    for (; at < site_.pieces.size(); ++at) {
      if (is(at, Is::bar) && depth == 1) return at;
      depth += is(at, Is::open);
      depth -= is(at, Is::close);
      if (depth == 0) break;
    }
    return site_.pieces.size();
  }

  // The letter right before it: má\b, (?:mamá|mama)\b.
  size_t last_before(size_t edge) const {
    if (edge == 0) return kNone;
    size_t at = edge - 1;
    if (!is(at, Is::close)) return is_accented(at) ? at : kNone;
    for (int depth = 0; at > 0; --at) {
      depth += is(at, Is::close);
      depth -= is(at, Is::open);
      if (depth == 0) break;
      const bool ends = depth == 1 && (is(at, Is::close) || is(at, Is::bar));
      if (ends && is_accented(at - 1)) return at - 1;
    }
    return kNone;
  }

  bool tell(size_t edge, size_t letter) {
    if (letter == kNone) return false;
    findings_.add(
        *site_.file, site_.place(site_.pieces[edge]),
        fmt::format("\\b is no edge of a word beside {}: it knows the letters "
                    "of ASCII alone",
                    site_.of(site_.pieces[letter])),
        "only between a-z and another sign");
    return true;
  }

  const RegexSite& site_;
  Findings& findings_;
};

}  // namespace

namespace looks {

void ascii_edge(const Reading& reading, Findings& findings) {
  for (const RegexSite& site : reading.regexes) Looker(site, findings).look();
}

}  // namespace looks
}  // namespace simwarden
