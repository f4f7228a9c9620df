// SPDX-License-Identifier: Apache-2.0
#include "spelling/parted_names.h"

#include <algorithm>
#include <array>

#include "spelling/prefixes.h"
#include "text/look_around.h"

namespace simwarden {
namespace {

// "o_k" of "d-e-m-o_k-a".
bool is_joined(std::string_view letters) {
  for (size_t i = 1; i < letters.size(); ++i) {
    if (letters[i] != '_' && letters[i - 1] != '_') return false;
  }
  return true;
}

// Behind a space, a dash or brackets between two characters of a name.
size_t behind_apart(std::string_view t, size_t i) {
  constexpr size_t kSignsMax = 2;  // "】【"
  constexpr std::u32string_view kSigns = U" -[](){}【】「」";
  for (size_t n = 0; n < kSignsMax; ++n) {
    const CodePoint p = code_point_at(t, i);
    if (kSigns.find(p.c) == kSigns.npos) break;
    i += p.size;
  }
  return i;
}

// What parts characters, and how many such signs stand between two.
constexpr std::u32string_view kParting =
    U" .,|*-~·•/+:=^'\"()[]{}<>【】「」、。";
constexpr size_t kPartingMax = 3;

constexpr bool is_in_parting(char32_t c) {
  return kParting.find(c) != kParting.npos;
}

bool is_parting(char32_t c) {
  static constexpr auto kAscii = [] {
    std::array<bool, 128> signs{};
    for (char32_t i = 0; i < signs.size(); ++i) signs[i] = is_in_parting(i);
    return signs;
  }();
  return c < kAscii.size() ? kAscii[c] : is_in_parting(c);
}

size_t behind_parting(std::string_view t, size_t i) {
  for (size_t n = 0; n < kPartingMax && i < t.size(); ++n) {
    const CodePoint p = code_point_at(t, i);
    if (!is_parting(p.c)) break;
    i += p.size;
  }
  return i;
}

size_t before_parting(std::string_view t, size_t i) {
  for (size_t n = 0; n < kPartingMax && i > 0; ++n) {
    const CodePoint p = code_point_before(t, i);
    if (!is_parting(p.c)) break;
    i -= p.size;
  }
  return i;
}

// Characters on one side of the sign, from it outwards.
struct Side {
  std::string letters;
  size_t edge = 0;     // behind the last of them, or where the first begins
  size_t singles = 0;  // that stand apart
};

constexpr size_t kNameMax = 32;

Side read_right(std::string_view t, size_t i) {
  Side side;
  side.edge = i;
  std::string_view parting;
  for (size_t k = behind_parting(t, i); side.letters.size() <= kNameMax;) {
    const size_t begin = k;
    while (is_name_char(at(t, k)) && k - begin <= kNameMax) ++k;
    const bool single = k - begin == 1;
    if (k == begin || (!single && !side.letters.empty())) break;
    side.letters += t.substr(begin, k - begin);
    side.edge = k;
    if (!single) break;
    const size_t next = behind_parting(t, k);
    const std::string_view gap = t.substr(k, next - k);
    side.singles += is_alnum(side.letters.back()) ? 1 : 0;
    if (gap.empty() || (!parting.empty() && gap != parting)) break;
    parting = gap;
    k = next;
  }
  return side;
}

Side read_left(std::string_view t, size_t i) {
  Side side;
  side.edge = i;
  std::string_view parting;
  for (size_t k = before_parting(t, i); side.letters.size() <= kNameMax;) {
    const size_t end = k;
    while (k > 0 && is_name_char(t[k - 1]) && end - k <= kNameMax) --k;
    const bool single = end - k == 1;
    if (k == end || (!single && !side.letters.empty())) break;
    side.letters.insert(0, t.substr(k, end - k));
    side.edge = k;
    if (!single) break;
    const size_t next = before_parting(t, k);
    const std::string_view gap = t.substr(next, k - next);
    side.singles += is_alnum(side.letters.front()) ? 1 : 0;
    if (gap.empty() || (!parting.empty() && gap != parting)) break;
    parting = gap;
    k = next;
  }
  return side;
}

// "t e l e g r a m d e m o": the service goes before the name.
void drop_service(std::string_view t, Side& left) {
  for (const std::string_view service :
       {"telegram", "whatsapp", "instagram", "insta", "wechat", "discord",
        "snapchat", "viber", "signal", "line"}) {
    constexpr size_t kLeast = 2;
    if (!left.letters.starts_with(service)) continue;
    if (left.letters.size() < service.size() + kLeast) continue;
    left.letters.erase(0, service.size());
    for (size_t n = 0; n < service.size(); ++n) {
      left.edge = behind_parting(t, left.edge + 1);
    }
    return;
  }
}

}  // namespace

bool may_be_apart(std::string_view t, size_t i) {
  if (before(t, i) == '_' || at(t, i + 1) == '_' || i == 0) return false;
  const bool left = !is_alnum(t[i - 1]) || !is_alnum(before(t, i - 1));
  return left || !is_alnum(at(t, i + 1)) || !is_alnum(at(t, i + 2));
}

bool read_apart_name(std::string_view t, Range sign, Respelling& out) {
  constexpr size_t kSinglesMin = 4;
  constexpr size_t kNameMin = 5;
  Side left = read_left(t, sign.begin);
  const Side right = read_right(t, sign.end);
  if (left.singles + right.singles < kSinglesMin) return false;
  if (left.letters.empty() || right.letters.empty()) return false;
  drop_service(t, left);
  out = {left.edge, right.edge, left.letters + "_" + right.letters,
         How::spaced};
  return out.with.size() >= kNameMin && out.with.size() <= kNameMax;
}

namespace {

// A number, and nothing of its script behind it: the end, or Han.
bool is_last_number(std::string_view t, size_t piece, size_t end) {
  const std::string_view last = t.substr(piece, end - piece);
  if (last.find_first_not_of("0123456789") != last.npos) return false;
  for (size_t n = 0; n < 2 && is_one_of(at(t, end), " ,.!"); ++n) ++end;
  return end >= t.size() || !is_ascii(t[end]);
}

// "de mo _ yu er": pieces of three letters at most around a "_" that stands
// alone; with `numbered` also "de mo bu ka 88". Gives its end, `begin` for
// none.
size_t read_pieces(std::string_view t, size_t begin, size_t longest,
                   bool numbered, std::string& name) {
  constexpr size_t kPieceMax = 3;
  constexpr size_t kPiecesMin = 4;
  size_t end = begin;
  size_t last = begin;
  size_t pieces = 0;
  bool sign = false;
  for (size_t i = begin; name.size() <= longest; ++i) {
    const size_t piece = i;
    while (is_name_char(at(t, i)) && i - piece <= kPieceMax) ++i;
    const std::string_view letters = t.substr(piece, i - piece);
    if (letters.empty() || letters.size() > kPieceMax) break;
    sign = sign || letters == "_";
    name += letters;
    last = piece;
    end = i;
    ++pieces;
    if (at(t, i) != ' ') break;
  }
  const bool told =
      sign ? name.back() != '_' : numbered && is_last_number(t, last, end);
  const bool whole = told && pieces >= kPiecesMin;
  if (!whole) name.clear();
  return whole ? end : begin;
}

// "d.e.m.o.8.8": one sign between all of them, a letter first and a digit or
// "_" among them: no version and no host. Gives its end, `begin` for none.
size_t read_dotted(std::string_view t, size_t begin, size_t longest,
                   std::string& name) {
  constexpr size_t kLettersMin = 5;
  const char sign = at(t, begin + 1);
  if (!is_one_of(sign, ".|*/,") || !is_letter(at(t, begin))) return begin;
  size_t end = begin;
  for (size_t i = begin; name.size() <= longest; i += 2) {
    if (!is_name_char(at(t, i)) || is_name_char(at(t, i + 1))) break;
    name += t[i];
    end = i + 1;
    if (at(t, end) != sign) break;
  }
  const bool goes_on = at(t, end) == sign && is_name_char(at(t, end + 1));
  const bool told = name.find_first_of("0123456789_") != name.npos;
  if (!goes_on && told && name.size() >= kLettersMin) return end;
  name.clear();
  return begin;
}

}  // namespace

size_t read_spaced_name(std::string_view t, size_t begin, size_t longest,
                        bool numbered, std::string& name) {
  constexpr size_t kApartMin = 3;
  size_t end = read_pieces(t, begin, longest, numbered, name);
  if (end == begin) end = read_dotted(t, begin, longest, name);
  if (end != begin) return end;
  bool tail = false;  // "_" stood behind some characters
  for (size_t i = begin; name.size() <= longest;) {
    const size_t piece = i;
    while (is_name_char(at(t, i))) ++i;
    const std::string_view letters = t.substr(piece, i - piece);
    const bool apart = letters.size() <= 1 || is_joined(letters);
    if (letters.empty() || (!apart && !tail)) break;
    name += letters;
    end = i;
    tail = tail || (letters.back() == '_' && name.size() > kApartMin);
    const size_t next = behind_apart(t, i);
    if (!apart || next == i) break;
    i = next;
  }
  return end;
}

}  // namespace simwarden
