// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <optional>

#include <unicode/utf8.h>

#include "text/pieces.h"

// The way of nearly all texts: one walk, which writes the view as it goes. A
// calm character (letters.h) is what it is, whatever stands around: most are
// copied after a look at one bit, the others looked up. Words that mix Latin
// with look-alikes, and all that needs more than a look-up (emoji, styled
// letters, what is invisible, what composes), become islands: stretches between
// calm characters, which go through the steps by themselves and are written in
// their place.
namespace simwarden {
namespace {

// Of a byte of ASCII.
enum class Kind : uint8_t { calm, word, blank, escape, unseen };

constexpr std::array<Kind, 128> kKinds = [] {
  std::array<Kind, 128> kinds{};
  for (size_t c = 0; c < kinds.size(); ++c) {
    const size_t low = c | 0x20;
    const bool letter = low >= 'a' && low <= 'z';
    if (letter || (c >= '0' && c <= '9')) kinds[c] = Kind::word;
    if (c < ' ' || c == 0x7F) kinds[c] = Kind::unseen;
    if (c == ' ' || (c >= '\t' && c <= '\r')) kinds[c] = Kind::blank;
    if (c == '&' || c == '%' || c == '=' || c == '\\') {
      kinds[c] = Kind::escape;
    }
  }
  return kinds;
}();

// Every white space is " ".
constexpr std::array<char, 128> kLower = [] {
  std::array<char, 128> lower{};
  for (size_t c = 0; c < lower.size(); ++c) {
    const bool capital = c >= 'A' && c <= 'Z';
    lower[c] = static_cast<char>(capital ? c | 0x20 : c);
    if (kKinds[c] == Kind::blank) lower[c] = ' ';
  }
  return lower;
}();

// How the calm character is shown of which the bytes stand in the lower three
// (letters.h); 0 when none does.
uint32_t kept_of(uint32_t bytes) {
  if ((bytes & 0xC0C0F0) != 0x8080E0) return 0;
  const uint32_t c =
      (bytes & 0xF) << 12 | (bytes >> 2 & 0xFC0) | (bytes >> 16 & 0x3F);
  return kept_letters[c].load(std::memory_order_relaxed);
}

uint32_t three_bytes(const uint8_t* at) {
  return at[0] | at[1] << 8U | at[2] << 16U;
}

// The first byte is the lowest.
uint32_t as_little(uint32_t bytes) {
  const bool is_big = std::endian::native == std::endian::big;
  return is_big ? __builtin_bswap32(bytes) : bytes;
}

uint32_t four_bytes(const uint8_t* at) {
  uint32_t bytes = 0;
  std::memcpy(&bytes, at, sizeof bytes);
  return as_little(bytes);
}

void put_four(uint32_t bytes, char* to) {
  bytes = as_little(bytes);
  std::memcpy(to, &bytes, sizeof bytes);
}

// The character of two bytes there; 0 when what stands there has not two, or
// is overlong.
char32_t two_bytes(const uint8_t* at) {
  const uint32_t second = at[1] ^ 0x80U;
  if (at[0] < 0xC2 || at[0] > 0xDF || second >= 0x40) return 0;
  return (at[0] & 0x1FU) << 6 | second;
}

uint32_t put_utf8(char32_t c, char* to) {
  uint32_t size = 0;
  U8_APPEND_UNSAFE(to, size, c);
  return size;
}

}  // namespace

class Walk {
 public:
  Walk(std::string_view text, Views& views)
      : text_(text),
        in_(reinterpret_cast<const uint8_t*>(text.data())),
        size_(static_cast<uint32_t>(text.size())),
        disguise_(views.disguise),
        view_(views.plain) {
    view_.text.resize(text.size() + kRoom);
    to_ = view_.text.data();
  }

  // False when a character needs all of the text.
  bool run() {
    while (at_ < size_) {
      const bool taken = in_[at_] < 0x80 ? take_ascii() : take_character();
      if (!taken) return false;
    }
    if (escape_made_ && may_hold_escape({to_, out_})) return false;
    finish();
    return true;
  }

 private:
  // There is always more to write to than is left to be read, so that what does
  // not grow is written without asking.
  static constexpr uint32_t kRoom = 16;
  static constexpr uint32_t kNone = UINT32_MAX;
  static constexpr unsigned kMixed = kLatin | kForeign;

  // Letters and digits side by side, as far as they were walked.
  struct Word {
    uint32_t begin = 0;
    uint32_t out = 0;  // where it is written
    uint32_t end = kNone;
    unsigned traits = 0;
  };

  void finish() {
    view_.text.resize(out_);
    view_.end_map(out_);
  }

  bool take_ascii() {
    switch (kKinds[in_[at_]]) {
      case Kind::blank:
        add_space({at_, at_ + 1});
        ++at_;
        return true;
      case Kind::word: return take_ascii_word();
      case Kind::escape:
        if (holds_escape()) return false;
        break;
      case Kind::unseen: return take_island();
      case Kind::calm: break;
    }
    write_space(at_);
    to_[out_++] = text_[at_++];
    return true;
  }

  // What is written may be anything, for all that compilers know: the loops
  // count by themselves.
  bool take_ascii_word() {
    write_space(at_);
    const uint32_t begin = at_;
    const uint8_t* from = in_ + begin;
    const uint8_t* const end = in_ + size_;
    char* to = to_ + out_;
    bool letters = false;
    for (; from != end && *from < 0x80 && kKinds[*from] == Kind::word; ++from) {
      const bool capital = uint8_t(*from - 'A') < 26;
      letters |= *from >= 'A';
      *to++ = static_cast<char>(*from | (capital ? 0x20 : 0));
    }
    const uint32_t out = out_;
    at_ = static_cast<uint32_t>(from - in_);
    out_ += at_ - begin;
    return add_to_word(begin, out, letters ? unsigned{kLatin} : 0U);
  }

  bool take_character() {
    const uint32_t begin = at_;
    if (take_han()) return true;
    const unsigned letters = take_letters();
    if (at_ != begin) return add_to_word(begin, out_ - (at_ - begin), letters);
    auto next = static_cast<int32_t>(begin);
    UChar32 point = 0;
    U8_NEXT(in_, next, static_cast<int32_t>(size_), point);
    if (point < 0) return take_island();
    const auto c = static_cast<char32_t>(point);
    const LetterPage& page = letter_page(c);
    const Traits traits = page.traits[c & 0xFF];
    if (has(traits, kNeedsSteps)) return take_island();
    at_ = static_cast<uint32_t>(next);
    if (has(traits, kSpace)) {
      add_space({begin, at_});
      return true;
    }
    write_space(begin);
    const uint32_t out = out_;
    escape_made_ = escape_made_ || has(traits, kEscape);
    write(page.plain[c & 0xFF]);
    if (out_ - out != at_ - begin) {
      view_.map_made(out, out_ - out, begin, at_ - begin);
      make_room(at_);
    }
    return has(traits, kCalm) || add_to_word(begin, out, traits);
  }

  // Letters of two bytes that fold to such, side by side: Cyrillic, Greek.
  // Gives the traits of all of them.
  unsigned take_letters() {
    TwoBytes letter = letter_of_two(in_ + at_);
    if (letter.traits == 0) return 0;
    write_space(at_);
    const uint8_t* from = in_ + at_;
    char* to = to_ + out_;
    unsigned all = 0;
    do {
      all |= letter.traits;
      std::memcpy(to, letter.shown.data(), letter.shown.size());
      from += 2;
      to += 2;
      letter = letter_of_two(from);
    } while (letter.traits != 0);
    at_ = static_cast<uint32_t>(from - in_);
    out_ = static_cast<uint32_t>(to - to_);
    return all;
  }

  TwoBytes letter_of_two(const uint8_t* from) const {
    if (in_ + size_ - from < 2) return {};
    return kept_pairs[two_bytes(from)].load(std::memory_order_relaxed);
  }

  // Han, kana and their signs, as many as there are side by side.
  bool take_han() {
    if (size_ - at_ < 3 || !stays_at(in_ + at_)) return false;
    write_space(at_);
    Copying copying{in_ + at_, to_ + out_};
    do {
      copy_staying(copying);
    } while (take_kept(copying));
    at_ = static_cast<uint32_t>(copying.from - in_);
    out_ = static_cast<uint32_t>(copying.to - to_);
    return true;
  }

  struct Copying {
    const uint8_t* from;
    char* to;
  };

  // Eight or four bytes at a time, of which the next ones write the last again.
  void copy_staying(Copying& copying) const {
    auto [from, to] = copying;
    const uint8_t* const end = in_ + size_;
    for (; end - from >= 8 && stays_at(from) && stays_at(from + 3);
         from += 6, to += 6) {
      std::memcpy(to, from, 8);
    }
    for (; end - from > 3 && stays_at(from); from += 3, to += 3) {
      std::memcpy(to, from, 4);
    }
    if (end - from == 3 && stays_at(from)) {
      std::memcpy(to, from, 3);
      from += 3;
      to += 3;
    }
    copying = {from, to};
  }

  // A calm character that does not stay, and behind a traditional one more calm
  // ones, since those that stay are hard to foretell there. False when there is
  // none.
  bool take_kept(Copying& copying) {
    if (in_ + size_ - copying.from < 3) return false;
    const uint32_t kept = kept_of(three_bytes(copying.from));
    if (kept == 0) return false;
    if (kept >> 24 == 3) {
      take_mixed(copying);
      return true;
    }
    map_shorter(copying, kept >> 24);
    put_four(kept, copying.to);
    copying.from += 3;
    copying.to += kept >> 24;
    return true;
  }

  // As many are kept until they are mapped; behind them the row goes on anew.
  static constexpr size_t kShorterMax = 16;

  // Nothing in the loop depends on what a character is: a branch that is
  // foretold wrongly costs as much as several characters.
  void take_mixed(Copying& copying) {
    std::array<Copying, kShorterMax> shorter;
    std::array<uint32_t, kShorterMax> sizes;
    size_t count = 0;
    auto [from, to] = copying;
    const uint8_t* const end = in_ + size_;
    while (count < kShorterMax && end - from >= 3) {
      const uint32_t kept =
          kept_of(end - from > 3 ? four_bytes(from) : three_bytes(from));
      const uint32_t size = kept >> 24;
      if (size == 0) break;
      put_four(kept, to);
      shorter[count] = {from, to};
      sizes[count] = size;
      count += size != 3 ? 1 : 0;
      from += 3;
      to += size;
    }
    copying = {from, to};
    for (size_t i = 0; i < count; ++i) map_shorter(shorter[i], sizes[i]);
  }

  void map_shorter(const Copying& at, uint32_t size) {
    view_.map_made(static_cast<uint32_t>(at.to - to_), size,
                   static_cast<uint32_t>(at.from - in_), 3);
  }

  bool add_to_word(uint32_t begin, uint32_t out, unsigned traits) {
    if (begin != word_.end) word_ = {begin, out, begin, 0};
    word_.traits |= traits;
    word_.end = at_;
    const bool mixed = (word_.traits & kMixed) == kMixed;
    return !mixed || take_island();
  }

  // From the beginning of the word before to the next calm character.
  bool take_island() {
    if (word_.end == at_) {
      at_ = word_.begin;
      out_ = word_.out;
      view_.end_map(out_ + 1);
    }
    word_.end = kNone;
    const uint32_t begin = at_;
    Around around;
    if (begin > 0) around.before = character_before(begin);
    at_ = island_end(begin, around.after);
    decode(text_, {begin, at_}, disguise_, island_);
    if (begin > 0 && composes_with_before()) return false;
    const Traits traits = traits_of(island_);
    escape_made_ = escape_made_ || has(traits, kEscape);
    read_round(island_, traits, text_, around, disguise_);
    for (const Piece& piece : island_) write_piece(piece);
    go_on_copying();
    return true;
  }

  char32_t character_before(uint32_t at) const {
    auto begin = static_cast<int32_t>(at);
    UChar32 c = 0;
    U8_PREV(in_, 0, begin, c);
    return static_cast<char32_t>(c);
  }

  // Where the first calm character behind is, or the end.
  uint32_t island_end(uint32_t begin, char32_t& after) const {
    const auto size = static_cast<int32_t>(size_);
    auto end = static_cast<int32_t>(begin);
    for (int32_t at = end; at < size; end = at) {
      UChar32 c = 0;
      U8_NEXT(in_, at, size, c);
      if (c < 0 || !has(traits_of(static_cast<char32_t>(c)), kCalm)) continue;
      after = static_cast<char32_t>(c);
      break;
    }
    return static_cast<uint32_t>(end);
  }

  // A mark behind a calm character is that one's.
  bool composes_with_before() const {
    for (const Piece& piece : island_) {
      if (has(traits_of(piece.c), kIgnorable)) continue;
      return is_stroke(piece.c) || !starts_segment(piece.c);
    }
    return false;
  }

  void write_piece(const Piece& piece) {
    const Span span{piece.begin, piece.end};
    if (has(traits_of(piece.c), kSpace)) return add_space(span);
    write_space(piece.begin);
    const uint32_t out = out_;
    write(piece.c);
    view_.map(out, span.begin, out_ - out == span.size() ? 0 : span.size());
    make_room(piece.end);
  }

  void write(char32_t c) { out_ += put_utf8(c, to_ + out_); }

  // What is written next is a copy of what is read next.
  void go_on_copying() {
    view_.map(out_, at_, 0);
    make_room(at_);
  }

  // For all that is read from `at` on.
  void make_room(uint32_t at) {
    const size_t wanted = size_t{out_} + (size_ - at) + kRoom;
    if (wanted <= view_.text.size()) return;
    view_.text.resize(wanted + wanted / 4);
    to_ = view_.text.data();
  }

  void add_space(Span span) {
    if (space_.end == 0) space_.begin = span.begin;
    space_.end = span.end;
  }

  // Of what waits: one space between words, none before the first. `at`: where
  // reading goes on.
  void write_space(uint32_t at) {
    if (space_.end == 0) return;
    const bool copied = space_.size() == 1;
    const bool single = copied && space_.end == at && out_ != 0;
    if (out_ != 0) {
      if (!single) view_.map(out_, space_.begin, copied ? 0 : space_.size());
      to_[out_++] = ' ';
    }
    if (!single) view_.map(out_, at, 0);
    space_ = {};
  }

  // One look at the text, and at the signs in it, is enough for all of them.
  bool holds_escape() {
    if (!holds_escape_) holds_escape_ = may_hold_escape(text_);
    return *holds_escape_;
  }

  std::string_view text_;
  const uint8_t* in_;
  const uint32_t size_;
  Disguise& disguise_;
  View& view_;
  char* to_;
  uint32_t at_ = 0;   // read so far
  uint32_t out_ = 0;  // written so far
  Span space_;        // waits for a word behind it; end 0: none
  Word word_;
  bool escape_made_ = false;
  std::optional<bool> holds_escape_;
  Pieces island_;
};

bool see_in_one_walk(std::string_view text, Views& views) {
  return Walk(text, views).run();
}

}  // namespace simwarden
