// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include <unicode/utf8.h>

#include "text/entities.h"
#include "text/pieces.h"

// Five ways to write a character with other characters:
//
//   &#46; &period;   HTML Standard 13.5: read wherever one stands
//   %2E              RFC 3986 2.1: read where a text was made unreadable by it,
//                    not in the path of a link that is there to be seen, and
//                    not in "up to 20%"
//   =2E              RFC 2045 6.7, of mail that was stored as it came: read
//                    everywhere in a text that has letters in it that cannot
//                    be anything else (=E5=8A=A0), else only in long runs
//   \u0040           RFC 8259 7: read where it hides a letter, a digit or a
//                    sign of contacts, as no program that writes JSON does
//   demo\_x          CommonMark 2.4: read between letters and figures of ASCII
//
// A decoded character spans the whole escape.
namespace simwarden {
namespace {

int digit_of(char32_t c) {
  if (c >= '0' && c <= '9') return static_cast<int>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<int>(c - 'a') + 10;
  if (c >= 'A' && c <= 'F') return static_cast<int>(c - 'A') + 10;
  return 16;
}

bool is_letter(char32_t c) {
  return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}
bool is_digit(char32_t c) {
  return c >= '0' && c <= '9';
}

// Where windows-1252 has a sign and Unicode a control, browsers take the sign
// (HTML Standard 13.2.5.80).
constexpr std::array<char16_t, 32> kWindows1252 = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
    0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

char32_t character_of_number(uint32_t number) {
  constexpr char32_t kReplacement = 0xFFFD;
  const bool surrogate = number >= 0xD800 && number <= 0xDFFF;
  if (number == 0 || surrogate || number > 0x10FFFF) return kReplacement;
  if (number >= 0x80 && number <= 0x9F) return kWindows1252[number - 0x80];
  return number;
}

// What one escape, or a run of them, stands for.
struct Decoded {
  std::u32string text;
  size_t size = 0;  // pieces that it took
};

using Row = std::span<const Piece>;

// `row` begins behind "&#". Browsers read a number without ";" too.
std::optional<Decoded> numeric_entity(Row row) {
  const bool hex = !row.empty() && (row[0].c | 0x20) == 'x';
  const int base = hex ? 16 : 10;
  const size_t first = hex ? 1 : 0;
  size_t at = first;
  uint32_t number = 0;
  for (; at < row.size() && digit_of(row[at].c) < base; ++at) {
    if (number > 0x10FFFF) continue;  // it is none and stays none
    number = number * static_cast<uint32_t>(base) +
             static_cast<uint32_t>(digit_of(row[at].c));
  }
  if (at == first) return std::nullopt;
  if (at < row.size() && row[at].c == ';') ++at;
  return Decoded{{character_of_number(number)}, at + 2};
}

// `row` begins at "&". A name needs its ";", or "?a=1&copy=2" would break.
std::optional<Decoded> entity_at(Row row) {
  row = row.subspan(1);
  if (!row.empty() && row[0].c == '#') return numeric_entity(row.subspan(1));
  std::array<char, kEntityNameMax> name{};
  size_t size = 0;
  while (size < row.size() && size < name.size() &&
         (is_letter(row[size].c) || is_digit(row[size].c))) {
    name[size] = static_cast<char>(row[size].c);
    ++size;
  }
  if (size == 0 || size == row.size() || row[size].c != ';') {
    return std::nullopt;
  }
  const std::u32string_view text = html_character({name.data(), size});
  if (text.empty()) return std::nullopt;
  return Decoded{std::u32string(text), size + 2};
}

// The byte of "%2E" or "=2E" at `at`, or -1.
int byte_at(Row row, size_t at) {
  if (at + 2 >= row.size()) return -1;
  const int high = digit_of(row[at + 1].c);
  const int low = digit_of(row[at + 2].c);
  return high < 16 && low < 16 ? high * 16 + low : -1;
}

// "=" at the end of a line: the line goes on. Gives its pieces, or 0.
size_t soft_break_at(Row row, size_t at) {
  if (row[at].c != '=') return 0;
  size_t end = at + 1;
  if (end < row.size() && row[end].c == '\r') ++end;
  return end < row.size() && row[end].c == '\n' ? end + 1 - at : 0;
}

// Escapes of one kind, one right after the other.
struct Run {
  std::string bytes;
  std::vector<size_t> places;  // of each byte, and where the run ends
  bool hex_letter = false;     // A to F in some escape
};

Run run_at(Row row, size_t at) {
  Run run;
  const char32_t sign = row[at].c;
  while (at < row.size() && row[at].c == sign) {
    const int byte = byte_at(row, at);
    if (byte < 0) {
      const size_t skipped = run.bytes.empty() ? 0 : soft_break_at(row, at);
      // Only inside a run: what follows must be of it.
      if (skipped == 0 || at + skipped >= row.size() ||
          byte_at(row, at + skipped) < 0 || row[at + skipped].c != sign) {
        break;
      }
      at += skipped;
      continue;
    }
    run.bytes.push_back(static_cast<char>(byte));
    run.places.push_back(at);
    run.hex_letter |= !is_digit(row[at + 1].c) || !is_digit(row[at + 2].c);
    at += 3;
  }
  run.places.push_back(at);
  return run;
}

bool is_printable(UChar32 c) {
  return c >= 0x20 ? c != 0x7F : c == '\t' || c == '\n' || c == '\r';
}

// What a run says: characters, and which of its bytes gave each.
struct Reading {
  struct Part {
    char32_t c;
    size_t first;  // byte of the run
    size_t last;
  };
  std::vector<Part> parts;
  size_t readable = 0;   // bytes that gave printable characters
  bool foreign = false;  // a character beyond ASCII
};

// NOLINTNEXTLINE(readability-function-size): U8_NEXT has branches
Reading reading_of(const Run& run) {
  Reading reading;
  const auto* bytes = reinterpret_cast<const uint8_t*>(run.bytes.data());
  const auto size = static_cast<int32_t>(run.bytes.size());
  for (int32_t at = 0; at < size;) {
    const int32_t begin = at;
    UChar32 c = 0;
    U8_NEXT(bytes, at, size, c);
    if (c < 0 || !is_printable(c)) continue;
    reading.parts.push_back({static_cast<char32_t>(c),
                             static_cast<size_t>(begin),
                             static_cast<size_t>(at - 1)});
    reading.readable += static_cast<size_t>(at - begin);
    reading.foreign = reading.foreign || c >= 0x80;
  }
  return reading;
}

bool counts_as_hidden(char32_t c) {
  constexpr std::u32string_view kOfContacts = U"@./:_+";
  return c < 0x80 && (is_letter(c) || is_digit(c) ||
                      kOfContacts.find(c) != kOfContacts.npos);
}

constexpr size_t kJsonSize = 6;  // of "\u0040"

// The character of ASCII that `row` begins with an escape of; 0 for none.
char32_t json_escape_at(Row row) {
  if (row.size() < kJsonSize || (row[1].c | 0x20) != 'u') return 0;
  if (row[2].c != '0' || row[3].c != '0') return 0;
  const int high = digit_of(row[4].c);
  const int low = digit_of(row[5].c);
  return high < 8 && low < 16 ? static_cast<char32_t>(high * 16 + low) : 0;
}

// What a backslash stands before in Markdown, between two parts of a name.
bool is_escaped_sign(char32_t c) {
  return c == '_' || c == '.' || c == '-';
}

bool is_of_name(char32_t c) {
  return is_letter(c) || is_digit(c);
}

class Unescaper {
 public:
  Unescaper(Row row, Disguise& disguise) : row_(row), disguise_(disguise) {}

  // Gives true when something was decoded.
  bool run(Pieces& out) {
    quoted_ = is_quoted_printable();
    out.reserve(row_.size());
    size_t at = 0;
    while (at < row_.size()) {
      const char32_t c = row_[at].c;
      size_t taken = 0;
      if (c == '&') taken = take_entity(at, out);
      if (c == '%' || c == '=') taken = take_run(at, out);
      if (c == '\\') {
        taken = take_json(at, out);
        if (taken == 0) taken = take_markdown(at, out);
      }
      if (taken == 0) {
        note(c);
        out.push_back(row_[at]);
        taken = 1;
      }
      at += taken;
    }
    return changed_;
  }

 private:
  bool is_quoted_printable() const {
    for (size_t at = 0; at < row_.size();) {
      if (row_[at].c != '=' || byte_at(row_, at) < 0) {
        ++at;
        continue;
      }
      const Run run = run_at(row_, at);
      if (reading_of(run).foreign) return true;
      at = run.places.back();
    }
    return false;
  }

  // Behind "/" or "?" of a word, percent escapes belong to a link.
  void note(char32_t c) {
    if (c == '/' || c == '?') {
      in_link_ = true;
    } else if (c <= ' ' || c >= 0x7F || c == '"' || c == '<' || c == '>') {
      in_link_ = false;
      in_quoted_ = false;
    }
  }

  void emit(Pieces& out, char32_t c, size_t first, size_t end) {
    if (counts_as_hidden(c)) ++disguise_.escaped;
    out.push_back({c, row_[first].begin, row_[end - 1].end});
    changed_ = true;
  }

  size_t take_entity(size_t at, Pieces& out) {
    const auto decoded = entity_at(row_.subspan(at));
    if (!decoded) return 0;
    for (const char32_t c : decoded->text) {
      emit(out, c, at, at + decoded->size);
      note(c);
    }
    return decoded->size;
  }

  size_t take_json(size_t at, Pieces& out) {
    const char32_t c = json_escape_at(row_.subspan(at));
    if (!counts_as_hidden(c)) return 0;
    emit(out, c, at, at + kJsonSize);
    note(c);
    return kJsonSize;
  }

  // "demo\_x": no disguise, programs write it so.
  size_t take_markdown(size_t at, Pieces& out) {
    constexpr size_t kSize = 2;
    if (at + kSize >= row_.size() || !is_escaped_sign(row_[at + 1].c)) return 0;
    if (at == 0 || !is_of_name(row_[at - 1].c)) return 0;
    if (!is_of_name(row_[at + kSize].c)) return 0;
    out.push_back({row_[at + 1].c, row_[at].begin, row_[at + 1].end});
    note(row_[at + 1].c);
    changed_ = true;
    return kSize;
  }

  size_t take_run(size_t at, Pieces& out) {
    const bool percent = row_[at].c == '%';
    if (quoted_ && !percent) {
      if (const size_t size = soft_break_at(row_, at)) {
        changed_ = true;
        return size;
      }
    }
    if (byte_at(row_, at) < 0) return 0;
    const Run run = run_at(row_, at);
    const Reading reading = reading_of(run);
    const bool decodes =
        percent ? !in_link_ && is_percent_run(run, reading)
                : quoted_ || in_quoted_ || is_long_run(run, reading);
    if (decodes) {
      in_quoted_ = in_quoted_ || !percent;
      write(run, reading, out);
    } else {
      copy(at, run.places.back(), out);
    }
    return run.places.back() - at;
  }

  // Bytes that say nothing stay as they were written.
  void write(const Run& run, const Reading& reading, Pieces& out) {
    size_t byte = 0;
    for (const Reading::Part& part : reading.parts) {
      copy_bytes(run, byte, part.first, out);
      emit(out, part.c, run.places[part.first], run.places[part.last] + 3);
      byte = part.last + 1;
    }
    copy_bytes(run, byte, run.bytes.size(), out);
  }

  void copy_bytes(const Run& run, size_t first, size_t end, Pieces& out) {
    for (size_t i = first; i < end; ++i) {
      copy(run.places[i], run.places[i] + 3, out);
    }
  }

  void copy(size_t first, size_t end, Pieces& out) const {
    const auto begin = row_.begin();
    out.insert(out.end(), begin + static_cast<ptrdiff_t>(first),
               begin + static_cast<ptrdiff_t>(end));
  }

  char32_t before(const Run& run) const {
    const size_t first = run.places.front();
    return first == 0 ? U' ' : row_[first - 1].c;
  }
  char32_t behind(const Run& run) const {
    const size_t end = run.places.back();
    return end == row_.size() ? U' ' : row_[end].c;
  }

  // "10%20%30" is no escape; "%68%74" is none behind a digit only.
  bool is_percent_run(const Run& run, const Reading& reading) const {
    if (reading.readable * 2 < run.bytes.size()) return false;
    if (run.bytes == "%") return hides_escape(run);
    if (is_digit(before(run)) && !run.hex_letter) return false;
    return run.bytes.size() > 1 || is_single_escape(run, reading);
  }

  // "%2574" is "%74" written again.
  bool hides_escape(const Run& run) const {
    const size_t end = run.places.back();
    return end + 1 < row_.size() && digit_of(row_[end].c) < 16 &&
           digit_of(row_[end + 1].c) < 16;
  }

  // "t%2Eme", "t.me%2Fdemo", "%40demo", "hello%20world".
  bool is_single_escape(const Run& run, const Reading& reading) const {
    const char32_t c = reading.parts.front().c;
    if (is_digit(before(run)) || !is_letter(behind(run))) return false;
    constexpr std::u32string_view kOfContacts = U"@./:";
    if (kOfContacts.find(c) != kOfContacts.npos) return true;
    return is_letter(before(run)) && (is_letter(c) || is_digit(c) || c == ' ');
  }

  // "=68=74=74=70"; "x=40=41" is arithmetic or a query.
  bool is_long_run(const Run& run, const Reading& reading) const {
    constexpr size_t kRunMin = 3;
    if (run.bytes.size() < kRunMin) return false;
    if (reading.readable != run.bytes.size()) return false;
    const char32_t c = before(run);
    return !is_letter(c) && !is_digit(c);
  }

  Row row_;
  Disguise& disguise_;
  bool quoted_ = false;     // the text is quoted-printable
  bool in_link_ = false;    // the word so far is the beginning of a link
  bool in_quoted_ = false;  // the word so far has quoted-printable in it
  bool changed_ = false;
};

}  // namespace

bool unescape(Pieces& pieces, Disguise& disguise) {
  Pieces out;
  if (!Unescaper(pieces, disguise).run(out)) return false;
  pieces = std::move(out);
  return true;
}

// A byte beyond ASCII may fold to a letter or a digit.
bool may_hold_escape(std::string_view text) {
  const auto byte = [&](size_t i) -> char32_t {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : U' ';
  };
  const auto hex = [&](size_t i) {
    return byte(i) >= 0x80 || digit_of(byte(i)) < 16;
  };
  constexpr std::string_view kSigns = "&%=\\";
  for (size_t i = text.find_first_of(kSigns); i != text.npos;
       i = text.find_first_of(kSigns, i + 1)) {
    const char32_t next = byte(i + 1);
    if (text[i] == '\\') {
      if (next >= 0x80 || (next | 0x20) == 'u') return true;
      if (is_escaped_sign(next)) return true;
      continue;
    }
    if (text[i] == '&') {
      if (next == '#' || next >= 0x80 || is_letter(next)) return true;
      continue;
    }
    if (!hex(i + 1) || !hex(i + 2)) continue;
    // One "=2E" alone is never decoded.
    if (text[i] == '%' || next >= 0x80 || byte(i + 2) >= 0x80) return true;
    if (byte(i + 3) == '=' || byte(i + 3) >= 0x80) return true;
  }
  return false;
}

}  // namespace simwarden
