// SPDX-License-Identifier: Apache-2.0
#include "spelling/spelled_names.h"

#include <algorithm>
#include <array>
#include <vector>

#include "diag/check.h"
#include "spelling/number_words.h"
#include "spelling/prefixes.h"
#include "spelling/sign_words.h"
#include "spelling/tables.h"
#include "spelling/told_words.h"
#include "text/look_around.h"
#include "text/tables.h"

namespace simwarden {
namespace {

constexpr size_t kLettersInAll = 26;
// Longer than any account.
constexpr size_t kNameMax = 32;
// ", - " between two letters.
constexpr size_t kSeparatorMax = 3;

struct LetterName {
  std::string_view text;
  uint8_t language = 0;
  char letter = '\0';
};

class LetterNames {
 public:
  LetterNames() : rows_(kRows) {
    for (const TableRow& row : rows_of(tables::letter_names, 3)) add_row(row);
    for (auto& row : rows_) {
      std::stable_sort(row.begin(), row.end(),
                       [](const LetterName& a, const LetterName& b) {
                         return a.text.size() > b.text.size();
                       });
    }
  }

  // How many letters make a name, and whether one needs a long name.
  struct Language {
    size_t least = 0;
    bool needs_long = false;
  };
  Language language(size_t i) const { return languages_[i]; }

  // The longest of `language` at `i`, or nullptr.
  const LetterName* find(std::string_view t, size_t i, size_t language) const {
    for (const LetterName& one : rows_[row_of(t, i)]) {
      if (one.language != language || !starts_at(t, i, one.text)) continue;
      if (is_parted_behind(t, i + one.text.size())) return &one;
    }
    return nullptr;
  }

  // Languages that have a name for a letter at `i`, as bits.
  uint64_t languages_at(std::string_view t, size_t i) const {
    uint64_t bits = 0;
    for (const LetterName& one : rows_[row_of(t, i)]) {
      if (starts_at(t, i, one.text)) bits |= uint64_t{1} << one.language;
    }
    return bits;
  }

 private:
  static constexpr size_t kRows = 256;
  // By two bytes: names of one ASCII letter are the letter itself.
  static size_t row_of(std::string_view t, size_t i) {
    const auto first = static_cast<unsigned char>(at(t, i));
    const auto second = static_cast<unsigned char>(at(t, i + 1));
    return (first * 31U + second) % kRows;
  }

  void add_row(const TableRow& row) {
    const size_t language = languages_.size();
    CHECK(language < 64, "languages are told apart by bits");
    languages_.push_back({static_cast<size_t>(row[1][0] - '0'),
                          row[1].find("long") != row[1].npos});
    char letter = 'a';
    each_part(row[2], ';', [&](std::string_view names) {
      each_part(names, ',', [&](std::string_view name) {
        const bool itself = name.size() == 1;  // or "-"
        if (itself) return;
        rows_[row_of(name, 0)].push_back(
            {name, static_cast<uint8_t>(language), letter});
      });
      ++letter;
    });
    CHECK(letter == 'a' + kLettersInAll, "a row has a name for each letter");
  }

  template <typename Each>
  static void each_part(std::string_view text, char sign, Each&& each) {
    while (!text.empty()) {
      const size_t end = std::min(text.find(sign), text.size());
      each(trimmed(text.substr(0, end)));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }

  std::vector<Language> languages_;
  std::vector<std::vector<LetterName>> rows_;
};

const LetterNames& letter_names() {
  static const LetterNames kNames;
  return kNames;
}

// "d as in dog", "D comme Denise", "D wie Dora".
constexpr std::array<std::string_view, 28> kAsIn = {
    "as in", "like", "for",     "is for", "comme", "wie",  "como",
    "come",  "de",   "di",      "jak",    "ako",   "som",  "kuten",
    "mint",  "ca",   "як",      "как",    "مثل",   "gibi", "seperti",
    "như",   "van",  "gaya ng", "से",      "के जैसे",  "の",   "처럼"};

size_t behind_separator(std::string_view t, size_t i) {
  constexpr std::u32string_view kSigns = U" -,.;:/|*·–—、،。~'\"()[]";
  for (size_t n = 0; n < kSeparatorMax; ++n) {
    const CodePoint p = code_point_at(t, i);
    if (i >= t.size() || kSigns.find(p.c) == kSigns.npos) break;
    i += p.size;
  }
  return i;
}

// Bytes of " as in " at `i`; 0 when no such words stand there.
size_t as_in_size(std::string_view t, size_t i) {
  if (at(t, i) != ' ') return 0;
  for (const std::string_view as : kAsIn) {
    if (starts_at(t, i + 1, as) && at(t, i + 1 + as.size()) == ' ') {
      return as.size() + 2;
    }
  }
  return 0;
}

// A letter that stands alone; not of "d'une", "cê".
bool is_single(std::string_view t, size_t i) {
  return is_letter(at(t, i)) && at(t, i + 1) != '\'' &&
         !is_word(code_point_at(t, i + 1).c);
}

// One reading in one language.
class Reading {
 public:
  Reading(std::string_view t, size_t language) : t_(t), language_(language) {}

  void read(size_t begin) {
    for (size_t k = begin; text_.size() < kNameMax;) {
      const size_t behind = token(k);
      if (behind == k) break;
      end_ = behind;
      k = behind_separator(t_, behind);
      see_gap(t_.substr(behind, k - behind));
      k = behind_joint(k);
    }
    while (!text_.empty() && is_one_of(text_.back(), "_.-")) text_.pop_back();
  }

  bool is_name() const {
    constexpr size_t kNameMin = 4;
    constexpr size_t kFew = 2;
    const auto language = letter_names().language(language_);
    if (letters_ < language.least || text_.size() < kNameMin) return false;
    // "d.e.m.o.k.a.i": nobody parts a word so.
    constexpr size_t kPartedMin = 5;
    if (same_sign_ && letters_ >= kPartedMin && !gap_.empty()) return true;
    if (explained_ >= kFew || (numbers_ > 0 && letters_ >= kNameMin)) {
      return true;
    }
    return named_ >= kFew && (long_ || !language.needs_long);
  }
  bool is_spelled_word() const {
    constexpr size_t kNamedMin = 2;
    constexpr size_t kLettersMin = 3;
    return named_ >= kNamedMin && letters_ >= kLettersMin &&
           letters_ == text_.size();
  }
  size_t end() const { return end_; }
  const std::string& text() const { return text_; }

 private:
  // "then", and "and" before figures.
  size_t behind_joint(size_t k) const {
    const size_t then = told_behind(Saying::then, t_, k);
    if (then != 0) return behind_separator(t_, k + then);
    constexpr std::array<std::string_view, 9> kAnd = {
        "and ", "et ", "und ", "en ", "och ", "og ", "ve ", "dan ", "y "};
    for (const std::string_view word : kAnd) {
      const size_t behind = k + word.size();
      if (starts_at(t_, k, word) && is_digit(at(t_, behind))) return behind;
    }
    return k;
  }

  // Between two tokens; the last one has whatever comes behind the name.
  void see_gap(std::string_view gap) {
    if (last_gap_seen_) {
      if (gap_.empty()) gap_ = last_gap_;
      same_sign_ = same_sign_ && last_gap_ == gap_ &&
                   gap_.find_first_not_of(' ') != gap_.npos;
    }
    last_gap_ = gap;
    last_gap_seen_ = true;
  }

  // Behind what stands for a character at `k`; `k` when nothing does.
  size_t token(size_t k) {
    if (is_single(t_, k)) return letter(k, t_[k], 1);
    if (const LetterName* name = letter_names().find(t_, k, language_)) {
      constexpr size_t kLong = 3;
      ++named_;
      long_ = long_ || name->text.size() >= kLong;
      return letter(k, name->letter, name->text.size());
    }
    if (letters_ == 0) return k;
    return sign_or_number(k);
  }

  size_t letter(size_t k, char c, size_t size) {
    text_ += c;
    ++letters_;
    return explained(k + size, c);
  }

  // Behind "as in dog" of "d as in dog".
  size_t explained(size_t k, char c) {
    const size_t as_in = as_in_size(t_, k);
    if (as_in == 0 || base_letter(k + as_in) != c) return k;
    ++explained_;
    return word_end(k + as_in);
  }

  // Without its accent: "émile".
  char base_letter(size_t i) const {
    const CodePoint p = code_point_at(t_, i);
    if (p.c < 0x80) return static_cast<char>(p.c);
    constexpr std::u32string_view kAccented = U"àáâãäåæçèéêëìíîïñòóôõöøùúûüý";
    constexpr std::string_view kBase = "aaaaaaaceeeeiiiinoooooouuuuy";
    const size_t place = kAccented.find(p.c);
    return place == kAccented.npos ? '\0' : kBase[place];
  }

  size_t word_end(size_t i) const {
    constexpr size_t kWordMax = 24;
    const size_t begin = i;
    while (i < t_.size() && i - begin < kWordMax) {
      const CodePoint p = code_point_at(t_, i);
      if (!is_word(p.c)) break;
      i += p.size;
    }
    return i;
  }

  size_t sign_or_number(size_t k) {
    if (at(t_, k) == '_') return add("_", k + 1);
    if (is_digit(at(t_, k))) return figures(k);
    if (const SignWord* word = sign_word_at(t_, k)) {
      if (is_one_of(word->sign, "_.-")) {
        return add({&word->sign, 1}, k + word->text.size());
      }
    }
    const SpokenNumber number = spoken_number_at(t_, k);
    if (number.size == 0) return k;
    ++numbers_;
    return add(std::to_string(number.value), k + number.size);
  }

  size_t figures(size_t k) {
    constexpr size_t kFiguresMax = 6;
    const size_t begin = k;
    while (is_digit(at(t_, k)) && k - begin < kFiguresMax) ++k;
    return is_alnum(at(t_, k)) ? begin : add(t_.substr(begin, k - begin), k);
  }

  size_t add(std::string_view text, size_t end) {
    text_ += text;
    return end;
  }

  std::string_view t_;
  size_t language_;
  std::string text_;
  size_t letters_ = 0;
  size_t named_ = 0;      // by the name of the letter
  size_t explained_ = 0;  // "as in dog"
  size_t numbers_ = 0;    // in words
  bool long_ = false;
  std::string_view gap_;
  std::string_view last_gap_;
  bool last_gap_seen_ = false;
  bool same_sign_ = true;
  size_t end_ = 0;
};

// Languages in which a name may begin at `i`, as bits. A quick look: single
// letters are of all, so that the first name of a letter behind them tells.
uint64_t languages_at(std::string_view t, size_t i) {
  constexpr size_t kSinglesMax = 4;
  constexpr uint64_t kAny = 1;  // letters alone are read alike in each
  for (size_t n = 0; n < kSinglesMax; ++n) {
    if (!is_single(t, i)) return letter_names().languages_at(t, i);
    if (as_in_size(t, i + 1) != 0) return kAny;
    i = behind_separator(t, i + 1);
  }
  return kAny;
}

// The longest reading that begins at `i` and is what `is` asks for.
SpelledName reading_at(std::string_view t, size_t i,
                       bool (Reading::*is)() const) {
  SpelledName found;
  uint64_t languages = languages_at(t, i);
  for (size_t k = 0; languages != 0; ++k, languages >>= 1U) {
    if ((languages & 1U) == 0) continue;
    Reading reading(t, k);
    reading.read(i);
    if (!(reading.*is)() || reading.text().size() <= found.text.size()) {
      continue;
    }
    found = {{i, reading.end()}, reading.text()};
  }
  return found;
}

}  // namespace

SpelledName find_spelled_name(std::string_view t, size_t begin, size_t reach) {
  const size_t last = std::min(t.size(), begin + reach);
  for (size_t i = begin; i < last; i += code_point_at(t, i).size) {
    if (is_digit(t[i]) || !is_parted_before(t, i)) continue;
    SpelledName name = reading_at(t, i, &Reading::is_name);
    if (!name.text.empty()) return name;
  }
  return {};
}

SpelledName spelled_word_at(std::string_view t, size_t begin) {
  return reading_at(t, begin, &Reading::is_spelled_word);
}

namespace {

size_t behind_letters(std::string_view t, size_t i) {
  const size_t begin = i;
  while (i - begin <= kNameMax && (is_alnum(at(t, i)) || at(t, i) == '_')) ++i;
  return i;
}

size_t behind_space(std::string_view t, size_t i) {
  return at(t, i) == ' ' ? i + 1 : i;
}

// "a punto de" is prose, and "tele: dot x" begins with no name.
bool is_signed_name(const SpelledName& name, size_t signs) {
  constexpr size_t kNameMin = 6;
  constexpr size_t kFirstMin = 3;
  const size_t sign = name.text.find_first_of("._-");
  return signs > 0 && name.text.size() >= kNameMin && sign >= kFirstMin &&
         is_alnum(name.text.back());
}

}  // namespace

SpelledName read_signed_name(std::string_view t, size_t begin) {
  SpelledName name{{begin, begin}, ""};
  size_t signs = 0;
  for (size_t i = begin; name.text.size() <= kNameMax;) {
    const size_t end = behind_letters(t, i);
    if (end == i || sign_word_at(t, i) != nullptr) break;
    const size_t next = behind_space(t, end);
    const SignWord* word = sign_word_at(t, next);
    name.text += t.substr(i, end - i);
    name.range.end = end;
    if (word == nullptr || !is_one_of(word->sign, "._-")) break;
    const std::string_view label = t.substr(i, end - i);
    i = behind_space(t, next + word->text.size());
    const size_t last = behind_letters(t, i);
    const bool prose = is_prose_before_sign(label) ||
                       is_prose_behind_sign(t.substr(i, last - i));
    if (last == i || prose) break;
    name.text += word->sign;
    ++signs;
  }
  return is_signed_name(name, signs) ? name : SpelledName{};
}

SpelledName read_pieced_name(std::string_view t, size_t begin) {
  constexpr size_t kFirstMin = 3;
  constexpr size_t kJoinReach = 40;
  const size_t first = told_behind(Saying::first, t, begin);
  const size_t from = first == 0 ? begin : behind_separator(t, begin + first);
  const size_t end = behind_letters(t, from);
  if (end - from < kFirstMin || end - from > kNameMax) return {};
  size_t next = behind_separator(t, end);
  const size_t then = told_behind(Saying::then, t, next);
  if (then == 0) return {};
  next = behind_separator(t, next + then);
  const size_t last = behind_letters(t, next);
  if (last == next || last - next > kNameMax) return {};
  const std::string_view piece = t.substr(next, last - next);
  const bool figures = std::all_of(piece.begin(), piece.end(), is_digit);
  const bool joined =
      told_words(Saying::join).found_in(t.substr(last, kJoinReach));
  if (!figures && !joined) return {};
  return {{from, last},
          std::string(t.substr(from, end - from)) + std::string(piece)};
}

}  // namespace simwarden
