// SPDX-License-Identifier: Apache-2.0
#include "text/views.h"

#include <algorithm>
#include <optional>

#include <unicode/utf8.h>

#include "text/pieces.h"

// Most messages are ASCII, and for these folding is lower case and single
// spaces: short loops over bytes that compilers turn into vector instructions,
// and no map at all when white space is single. Anything else goes step by
// step over code points (pieces.h).
namespace simwarden {
namespace {

// What a text of ASCII needs; bytes are looked at without a branch.
struct AsciiNeeds {
  bool steps = false;     // it is not ASCII
  bool escapes = false;   // it holds & % or =
  bool lower = false;     // capitals, or white space that is no " "
  bool collapse = false;  // white space twice, at the beginning or at the end
};

uint8_t is_blank(uint8_t c) {
  return static_cast<uint8_t>((c == ' ') | (uint8_t(c - '\t') < 5));
}

AsciiNeeds needs_of(std::string_view text) {
  if (text.empty()) return {};
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  uint8_t high = 0;
  uint8_t escape = 0;
  uint8_t lower = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const uint8_t c = bytes[i];
    const uint8_t capital = uint8_t(c - 'A') < 26;
    high |= c;
    escape |= static_cast<uint8_t>((c == '&') | (c == '%') | (c == '='));
    lower |= static_cast<uint8_t>(capital | (uint8_t(c - '\t') < 5));
  }
  if ((high & 0x80) != 0) return {.steps = true};
  uint8_t twice = is_blank(bytes[0]) | is_blank(bytes[text.size() - 1]);
  for (size_t i = 1; i < text.size(); ++i) {
    twice |= static_cast<uint8_t>(is_blank(bytes[i]) & is_blank(bytes[i - 1]));
  }
  return {false, escape != 0, lower != 0, twice != 0};
}

// Every white space to " ", every capital to its small letter.
void lower(std::string& text) {
  for (char& c : text) {
    const auto byte = static_cast<uint8_t>(c);
    const bool capital = uint8_t(byte - 'A') < 26;
    const bool blank = uint8_t(byte - '\t') < 5;
    const uint8_t small = byte | static_cast<uint8_t>(capital ? 0x20 : 0);
    c = static_cast<char>(blank ? ' ' : small);
  }
}

// Behind the text, there is white space.
char next_to(std::string_view text, size_t at) {
  return at + 1 < text.size() ? text[at + 1] : ' ';
}

View plain_of_ascii(std::string_view text, const AsciiNeeds& needs) {
  View flat;
  flat.text.assign(text);
  if (needs.lower) lower(flat.text);
  if (!needs.collapse) return flat;
  View view;
  view.text.reserve(text.size());
  const std::string_view from = flat.text;
  const auto word_at = [&](size_t at) {
    while (at < from.size() && from[at] == ' ') ++at;
    return at;
  };
  size_t at = word_at(0);
  while (at < from.size()) {
    size_t gap = at;
    while (gap < from.size() &&
           (from[gap] != ' ' || next_to(from, gap) != ' ')) {
      ++gap;
    }
    const size_t next = word_at(gap);
    view.append(flat, at, gap);
    if (next < from.size()) {
      view.append(" ",
                  {static_cast<uint32_t>(gap), static_cast<uint32_t>(next)});
    }
    at = next;
  }
  return view;
}

// Where every character folds by itself, as in nearly all Chinese or Russian
// messages, one walk is enough: what stays is copied in stretches. Nothing when
// some character needs the steps.
class SingleWalk {
 public:
  explicit SingleWalk(std::string_view text)
      : text_(text), writer_(view_, text) {
    view_.text.reserve(text.size());
  }

  std::optional<View> run() {
    constexpr unsigned kStays = kLetter | kLatin;
    unsigned seen = 0;
    const auto size = static_cast<uint32_t>(text_.size());
    for (uint32_t at = 0; at < size;) {
      const uint32_t begin = at;
      const char32_t c = next(at);
      if (c == kBroken) return std::nullopt;
      const LetterPage& page = letter_page(c);
      const Traits traits = page.traits[c & 0xFF];
      seen |= traits;
      if ((traits & ~kStays) == 0 && !space_) continue;
      if (!take(c, {begin, at}, page)) return std::nullopt;
    }
    const bool mixed = (seen & kLatin) != 0 && (seen & kForeign) != 0;
    if (mixed) return std::nullopt;  // in one word, perhaps
    copy_to(space_ ? space_->begin : size);
    return std::move(view_);
  }

 private:
  static constexpr char32_t kBroken = 0xFFFFFFFF;

  // Han and kana have three bytes.
  char32_t next(uint32_t& at) const {
    const auto* bytes = reinterpret_cast<const uint8_t*>(text_.data());
    if (text_.size() - at >= 3) {
      const uint32_t lead = bytes[at];
      const uint32_t second = bytes[at + 1] ^ 0x80U;
      const uint32_t third = bytes[at + 2] ^ 0x80U;
      const bool plain = lead > 0xE0 && lead < 0xED;  // no overlong, surrogate
      if (plain && (second | third) < 0x40) {
        at += 3;
        return (lead & 0xF) << 12 | second << 6 | third;
      }
    }
    auto i = static_cast<int32_t>(at);
    UChar32 c = 0;
    U8_NEXT(bytes, i, static_cast<int32_t>(text_.size()), c);
    at = static_cast<uint32_t>(i);
    return c < 0 ? kBroken : static_cast<char32_t>(c);
  }

  bool take(char32_t c, Span span, const LetterPage& page) {
    constexpr unsigned kNeedsSteps =
        kIgnorable | kEmoji | kDressed | kStyled | kMark | kSegment;
    const Traits traits = page.traits[c & 0xFF];
    if (has(traits, kNeedsSteps)) return false;
    if (has(traits, kEscape) && (c >= 0x80 || holds_escape())) return false;
    if (has(traits, kSpace)) {
      if (!space_) space_ = Span{span.begin, span.begin};
      space_->end = span.end;
      return true;
    }
    if (space_) write_space();
    if (!has(traits, kChanges | kTraditional)) return true;
    copy_to(span.begin);
    writer_.put({page.plain[c & 0xFF], span.begin, span.end});
    copied_ = span.end;
    return true;
  }

  // One look at the text, and at the signs in it, is enough for all of them.
  bool holds_escape() {
    if (!holds_escape_) holds_escape_ = may_hold_escape(text_);
    return *holds_escape_;
  }

  void write_space() {
    copy_to(space_->begin);
    if (!view_.text.empty()) writer_.put({' ', space_->begin, space_->end});
    copied_ = space_->end;
    space_.reset();
  }

  void copy_to(uint32_t end) {
    writer_.copy(copied_, end);
    copied_ = end;
  }

  std::string_view text_;
  View view_;
  ViewWriter writer_;
  uint32_t copied_ = 0;        // so far
  std::optional<Span> space_;  // waits for a word behind it
  std::optional<bool> holds_escape_;
};

// The part of the text that is shown; never half a character.
std::string_view shown_part(std::string_view text) {
  if (text.size() <= kTextBytesMax) return text;
  auto end = static_cast<int32_t>(kTextBytesMax);
  U8_SET_CP_START(reinterpret_cast<const uint8_t*>(text.data()), 0, end);
  return text.substr(0, static_cast<size_t>(end));
}

struct Steps {
  std::string_view text;
  Disguise& disguise;
  // What a reader takes the letters for, too; a resolver does not.
  bool reads_shapes = true;

  // From bytes to folded pieces.
  Pieces run() {
    Pieces pieces = decode(text, disguise);
    Traits traits = simwarden::traits_of(pieces);
    if (has(traits, kEscape) && unescape(pieces, disguise)) {
      traits = simwarden::traits_of(pieces);
    }
    pieces = round(std::move(pieces), traits);
    if (!has(traits, kEscape) || !unescape(pieces, disguise)) return pieces;
    traits = simwarden::traits_of(pieces);
    return round(std::move(pieces), traits);
  }

 private:
  Pieces round(Pieces pieces, Traits traits) {
    if (has(traits, kIgnorable | kEmoji | kStyled | kMark)) {
      count_disguises(pieces, disguise);
    }
    if (has(traits, kIgnorable)) drop_invisible(pieces);
    if (reads_shapes && has(traits, kEmoji | kDressed)) {
      pieces = read_emoji(pieces);
    }
    if (has(traits, kSegment | kChanges)) pieces = fold(pieces);
    // A Latin letter may compose with a mark that its double had.
    if (reads_shapes && has(traits, kForeign) &&
        unmask_words(pieces, text, disguise)) {
      pieces = fold(pieces);
    }
    if (reads_shapes && has(traits, kTraditional)) simplify(pieces);
    return pieces;
  }
};

}  // namespace

Traits traits_of(const Pieces& pieces) {
  unsigned traits = 0;
  for (const Piece& piece : pieces) traits |= traits_of(piece.c);
  return static_cast<Traits>(traits);
}

Views see_step_by_step(std::string_view text) {
  const std::string_view shown = shown_part(text);
  Views views;
  views.raw = text;
  views.cut = shown.size() != text.size();
  views.plain = write_collapsed(Steps{shown, views.disguise}.run(), shown);
  return views;
}

std::string fold_letters(std::string_view text) {
  Disguise ignored;
  Steps steps{text, ignored, false};
  return std::move(write_collapsed(steps.run(), text).text);
}

// Character by character: pages of letters are for texts, which need more of
// them than this.
std::string simplify(std::string_view text) {
  const bool ascii = std::all_of(text.begin(), text.end(),
                                 [](char c) { return uint8_t(c) < 0x80; });
  if (ascii) return std::string(text);
  Disguise ignored;
  Pieces pieces = decode(text, ignored);
  for (Piece& piece : pieces) piece.c = simplified(piece.c);
  View view;
  ViewWriter writer(view, text);
  for (const Piece& piece : pieces) writer.put(piece);
  return std::move(view.text);
}

Views see(std::string_view text) {
  const std::string_view shown = shown_part(text);
  const AsciiNeeds needs = needs_of(shown);
  Views views;
  views.raw = text;
  views.cut = shown.size() != text.size();
  if (needs.steps) {
    if (auto plain = SingleWalk(shown).run()) {
      views.plain = *std::move(plain);
      return views;
    }
    return see_step_by_step(text);
  }
  if (needs.escapes && may_hold_escape(shown)) return see_step_by_step(text);
  views.plain = plain_of_ascii(shown, needs);
  return views;
}

}  // namespace simwarden
