// SPDX-License-Identifier: Apache-2.0
#include "spelling/key_letters.h"

#include <algorithm>
#include <array>
#include <string>

#include "spelling/phone_words.h"
#include "text/look_around.h"

// Numbers of North America have three figures and seven. What is dialled
// behind the seventh is not heard, so that longer words are written.
namespace simwarden {
namespace {

constexpr std::string_view kKeys = "22233344455566677778889999";  // ITU-T E.161
constexpr std::array<std::string_view, 8> kTollFree = {
    "800", "822", "833", "844", "855", "866", "877", "888"};
// Of Britain and Australia, where six letters or seven follow.
constexpr std::array<std::string_view, 4> kService = {"0800", "0808", "1300",
                                                      "1800"};
constexpr size_t kAreaDigits = 3;
constexpr size_t kLineDigits = 7;
constexpr size_t kServiceDigits = 6;
constexpr size_t kWrittenMax = 12;  // letters of the longest words seen
constexpr size_t kLettersMin = 3;
constexpr size_t kCallReach = 40;

// "SIM-SWAP", "555-SIMS".
struct Line {
  std::string figures;
  size_t letters = 0;  // told by as many
  size_t written = 0;  // letters and figures
  size_t end = 0;
  bool apart = false;  // its words
};

// Bytes of the dash at `i`, as programs correct it too; 0 for none.
size_t dash_at(std::string_view t, size_t i) {
  const CodePoint p = code_point_at(t, i);
  return p.c == U'-' || (p.c >= 0x2010 && p.c <= 0x2015) ? p.size : 0;
}

// `spaced`: its words may stand apart, seven keys in all: "SIM SWAP".
Line read_line(std::string_view t, size_t i, bool spaced) {
  Line line;
  for (line.end = i; line.written <= kWrittenMax; ++line.end) {
    const char c = at(t, line.end);
    const bool gap = spaced && is_one_of(c, " .") && line.written < kLineDigits;
    const size_t sign = gap ? 1 : dash_at(t, line.end);
    if (sign != 0 && line.written > 0 && is_alnum(at(t, line.end + sign))) {
      line.apart = line.apart || gap;
      line.end += sign - 1;
      continue;
    }
    if (!is_alnum(c)) break;
    if (line.written++ >= kLineDigits) continue;
    line.letters += is_letter(c) ? 1 : 0;
    line.figures += is_letter(c) ? kKeys[static_cast<size_t>(c - 'a')] : c;
  }
  return line;
}

bool is_word_of_keys(const Line& line, size_t digits) {
  return line.written >= digits && line.written <= kWrittenMax &&
         line.letters >= kLettersMin;
}

size_t behind_signs(std::string_view t, size_t i) {
  constexpr size_t kSignsMax = 2;  // ") "
  for (size_t n = 0; n < kSignsMax && i < t.size(); ++n) {
    const size_t sign = is_one_of(t[i], " .()") ? 1 : dash_at(t, i);
    if (sign == 0) break;
    i += sign;
  }
  return i;
}
size_t figures_end(std::string_view t, size_t i) {
  constexpr size_t kFiguresMax = 5;
  size_t end = i;
  while (end - i < kFiguresMax && is_digit(at(t, end))) ++end;
  return end;
}

class KeyReader {
 public:
  KeyReader(const View& plain, std::string_view raw, size_t i)
      : plain_(plain), t_(plain.text), raw_(raw), begin_(i) {}

  bool read(Respelling& out) const {
    if (is_alnum(before(t_, begin_)) ||
        is_one_of(before(t_, begin_), "-_/.@=#")) {
      return false;
    }
    const size_t end = figures_end(t_, begin_);
    const std::string_view first = t_.substr(begin_, end - begin_);
    if (is_glued(first, end)) return read_area(begin_ + 1, true, out);
    if (is_one_of(first, kService)) return read_service(first, end, out);
    if (first == "1") return read_area(behind_signs(t_, end), true, out);
    return first.size() == kAreaDigits && read_area(begin_, false, out);
  }

 private:
  // "1800SIMSWAP".
  bool is_glued(std::string_view first, size_t end) const {
    return first.size() == kAreaDigits + 1 && first[0] == '1' &&
           is_one_of(first.substr(1), kTollFree) && is_letter(at(t_, end));
  }

  // The area's three figures stand at `i`.
  bool read_area(size_t i, bool country, Respelling& out) const {
    const size_t end = figures_end(t_, i);
    const std::string_view area = t_.substr(i, end - i);
    const size_t first = behind_signs(t_, end);
    const bool glued = first == end;
    if (area.size() != kAreaDigits || area[0] < '2' ||
        (glued && i != begin_ + 1)) {
      return false;
    }
    const bool asked = is_asked();
    const Line line = read_line(t_, first, country && asked);
    if (!is_word_of_keys(line, kLineDigits)) return false;
    const bool free = country && is_one_of(area, kTollFree) && !glued;
    const bool joined = free && before(t_, first) == '-';
    if (!joined && !is_in_capitals({first, line.end})) return false;
    const bool sure = free && !line.apart;
    if (!sure && (line.written != kLineDigits || !asked)) return false;
    const bool plus = before(t_, begin_) == '+';
    out = {plus ? begin_ - 1 : begin_, line.end,
           (country ? "+1" : "") + std::string(area) + line.figures,
           How::as_is};
    return true;
  }

  bool read_service(std::string_view prefix, size_t end,
                    Respelling& out) const {
    const size_t dash = dash_at(t_, end);
    if (dash == 0) return false;
    const Line line = read_line(t_, end + dash, false);
    const bool word = is_word_of_keys(line, kServiceDigits) &&
                      line.written <= kLineDigits &&
                      line.letters == line.written;
    if (!word || !is_in_capitals({end, line.end}) || !is_asked()) return false;
    out = {begin_, line.end, std::string(prefix) + line.figures, How::as_is};
    return true;
  }

  bool is_in_capitals(Range range) const {
    const Span span = plain_.original(range.begin, range.end);
    const std::string_view written = raw_.substr(span.begin, span.size());
    return std::none_of(written.begin(), written.end(), is_small);
  }

  bool is_asked() const {
    const size_t from = begin_ - std::min(begin_, kCallReach);
    return asks_to_call(t_.substr(from, begin_ - from));
  }

  const View& plain_;
  std::string_view t_;
  std::string_view raw_;
  size_t begin_;
};

}  // namespace

bool read_key_letters(const View& plain, std::string_view raw, size_t i,
                      Respelling& out) {
  return KeyReader(plain, raw, i).read(out);
}

}  // namespace simwarden
