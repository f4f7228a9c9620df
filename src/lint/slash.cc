// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "lint/findings.h"

namespace simwarden {
namespace {

using Is = RegexPiece::Is;

class Looker {
 public:
  Looker(const RegexSite& site, Findings& findings)
      : site_(site), findings_(findings) {}

  void look() {
    for (size_t i = 0; i + 1 < site_.pieces.size(); ++i) {
      if (!is_text(i, "/")) continue;
      const bool edge = is_text(i + 1, "b") && is_at_edge(i);
      const bool counted = is_class_letter(i + 1) && is_repeated(i + 2);
      if (!edge && !counted) continue;
      const std::string_view letter = site_.of(site_.pieces[i + 1]);
      findings_.add(
          *site_.file,
          site_.place(site_.pieces[i].begin, site_.pieces[i + 1].end),
          fmt::format("/{0} is a slash and a letter; \\{0} may be meant",
                      letter),
          fmt::format("\\{}?", letter));
    }
  }

 private:
  bool is_text(size_t i, std::string_view text) const {
    return i < site_.pieces.size() && site_.pieces[i].is == Is::text &&
           site_.of(site_.pieces[i]) == text;
  }
  bool is_class_letter(size_t i) const {
    return is_text(i, "d") || is_text(i, "w") || is_text(i, "s");
  }
  // /d+ /d{4}; "/s?" is what a plural may look like.
  bool is_repeated(size_t i) const {
    return i < site_.pieces.size() && site_.pieces[i].is == Is::repeats &&
           site_.of(site_.pieces[i]) != "?";
  }
  bool ends(size_t i) const {
    return i >= site_.pieces.size() || site_.pieces[i].is == Is::bar ||
           site_.pieces[i].is == Is::close;
  }
  bool begins(size_t i) const {
    return i == 0 || site_.pieces[i - 1].is == Is::bar ||
           site_.pieces[i - 1].is == Is::open ||
           site_.pieces[i - 1].is == Is::flags;
  }

  // At the beginning of an alternative, or at its end behind a word; not at the
  // end of an address (t\.me/b) nor of "a/b".
  bool is_at_edge(size_t slash) const {
    if (begins(slash)) return true;
    if (!ends(slash + 2)) return false;
    for (size_t i = slash; !begins(i); --i) {
      const std::string_view piece = site_.of(site_.pieces[i - 1]);
      const bool of_address = piece == "." || piece == "\\.";
      if (of_address || (piece == "/" && !begins(i - 1))) return false;
    }
    return !begins(slash - 1);
  }

  const RegexSite& site_;
  Findings& findings_;
};

}  // namespace

namespace looks {

void slash(const Reading& reading, Findings& findings) {
  for (const RegexSite& site : reading.regexes) Looker(site, findings).look();
}

}  // namespace looks
}  // namespace simwarden
