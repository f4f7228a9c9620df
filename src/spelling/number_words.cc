// SPDX-License-Identifier: Apache-2.0
#include "spelling/number_words.h"

#include <algorithm>
#include <bitset>
#include <string>

#include "spelling/number_table.h"
#include "spelling/numbers.h"
#include "spelling/told_words.h"
#include "text/look_around.h"

// A run is read once for each language that knows its first word; the longest
// reading counts. So "sei" or "once" in a sentence of another language ends
// its run at the next word.
namespace simwarden {
namespace {

// Domain notes D.2 step 6: shorter runs are ordinary numbers.
constexpr size_t kDigitsMin = 5;
// With tens and hundreds: "two hundred fifty, sixty" is an amount.
constexpr size_t kDigitsOfTensMin = 8;
constexpr size_t kWordsMin = 2;
// ", — " is the longest that anybody writes between two numbers.
constexpr size_t kSeparatorMax = 4;
// Figures in front of the first word: "+1 (202) 555 zero …".
constexpr size_t kFiguresBackMax = 24;

bool is_odd(uint8_t language) {
  return language == kAnyLanguage || number_table().is_sound(language);
}

// "— scratch that, ", ", ой, нет, ": behind the words that take back what
// stands before `i`; `i` without such.
size_t behind_correction(std::string_view t, size_t i) {
  constexpr size_t kWordsMax = 3;
  constexpr size_t kSignsMax = 4;
  constexpr std::u32string_view kSigns = U" -,.;:!…—–、،。";
  size_t behind = i;
  for (size_t words = 0, k = i; words < kWordsMax; ++words) {
    for (size_t n = 0; n < kSignsMax; ++n) {
      const CodePoint p = code_point_at(t, k);
      if (kSigns.find(p.c) == kSigns.npos) break;
      k += p.size;
    }
    const size_t word = told_behind(Saying::correct, t, k);
    if (words > 0) behind = k;
    if (word == 0) break;
    k += word;
    behind = k;
  }
  return behind;
}

// The letter o for a zero, and a Cyrillic three: "9oo", "оо", "2з".
char zero_letter(char32_t c) {
  if (c == U'o' || c == U'\u043E' || c == U'\u03BF') return '0';
  return c == U'\u0437' ? '3' : '\0';
}

// One run in one language.
class Reading {
 public:
  Reading(std::string_view t, uint8_t language) : t_(t), language_(language) {}

  // `begin` stands on a figure or a word.
  void read(size_t begin) {
    for (size_t k = begin; digits_.size() < kRunDigitsMax;) {
      size_t behind = is_digit(at(t_, k)) ? figures(k) : word(k);
      if (behind == k) behind = figures_with_letters(k);
      if (behind == k) break;
      k = behind_separator(behind);
      if (k == t_.size()) break;
    }
  }

  // "one two three, no, one two four": the last figures stand anew.
  void correct() {
    constexpr size_t kDigitsWrongMax = 6;
    if (digits_.size() < kDigitsOfTensMin) return;
    const size_t behind = behind_correction(t_, end_);
    if (behind == end_) return;
    Reading right(t_, language_);
    right.read(behind);
    const size_t size = right.digits_.size();
    if (size == 0 || size > kDigitsWrongMax) return;
    digits_.replace(digits_.size() - size, size, right.digits_);
    end_ = right.end_;
  }

  size_t end() const { return end_; }
  const std::string& digits() const { return digits_; }
  // With a plus one word does: "+34 seis 00 000 000". A whole number in figures
  // has none behind it: "+44 20 7946 0000 one day only".
  bool is_number(bool plus) const {
    constexpr size_t kDigitsOfPlusMin = 9;
    constexpr size_t kWholeMin = 10;
    if (front_ >= kWholeMin) return false;
    if (plus && words_ > 0 && digits_.size() >= kDigitsOfPlusMin) return true;
    size_t least = tens_ ? kDigitsOfTensMin : kDigitsMin;
    if (is_odd(language_)) least = kDigitsOfOddMin;
    return words_ >= kWordsMin && digits_.size() >= least;
  }

 private:
  size_t figures(size_t k) {
    const size_t first = k;
    const size_t mixed = figures_end(k);
    if (zero_letter(code_point_at(t_, mixed).c) != '\0') {
      const size_t behind = figures_with_letters(k);
      if (behind != k) return behind;
    }
    while (is_digit(at(t_, k)) && k - first < kRunDigitsMax) {
      push(t_.substr(k, 1));
      ++k;
    }
    if (k - first != 1) last_ = 0;
    return end_ = k;
  }

  size_t figures_end(size_t k) const {
    const size_t first = k;
    while (is_digit(at(t_, k)) && k - first < kRunDigitsMax) ++k;
    return k;
  }

  // "9oo", "ooo": not one letter alone, which is a word.
  size_t figures_with_letters(size_t k) {
    constexpr size_t kFiguresMax = 8;
    std::string digits;
    size_t end = k;
    while (digits.size() < kFiguresMax) {
      const CodePoint p = code_point_at(t_, end);
      const bool figure = is_digit(at(t_, end));
      const char digit = figure ? at(t_, end) : zero_letter(p.c);
      if (digit == '\0') break;
      digits += digit;
      end += p.size;
    }
    if (digits.size() < 2 || !is_parted_behind(t_, end)) return k;
    push(digits);
    return end_ = end;
  }

  // Gives where the word at `k` ends; `k` when none stands there.
  size_t word(size_t k) {
    const NumberWord* word = number_table().find(t_, k, language_);
    if (word == nullptr || word->sense == Sense::plus) return k;
    const size_t behind = k + word->text.size();
    if (word->sense == Sense::joint) return digits_.empty() ? k : behind;
    const size_t front = digits_.size();
    if (!take(*word, behind)) return k;
    if (words_++ == 0) front_ = front;
    return end_ = behind;
  }

  bool take(const NumberWord& word, size_t behind) {
    const char digit = static_cast<char>('0' + word.value % 10);
    switch (word.sense) {
      case Sense::value: take_value(word, behind); return true;
      case Sense::many: {
        const size_t count = take_count();
        push(std::string(count == 0 ? 1 : count, digit));
        return true;
      }
      case Sense::repeat: repeat_ = word.value; return true;
      case Sense::times: {
        repeat_ = take_count();
        return repeat_ != 0;
      }
      case Sense::times_of: counted_ = last_ == 1; return counted_;
      case Sense::scale: return take_scale(word);
      default: return false;
    }
  }

  // "nine hundred one two three": figure by figure.
  bool is_read_out(const NumberWord& word, size_t behind) const {
    constexpr uint16_t kHundred = 100;
    if (value_ % kHundred != 0 || word.value > 9 || at(t_, behind) != ' ') {
      return false;
    }
    const NumberWord* next = number_table().find(t_, behind + 1, language_);
    return next != nullptr && next->sense == Sense::value && next->value <= 9;
  }

  void take_value(const NumberWord& word, size_t behind) {
    const bool added =
        room_ > word.value && word.value > 0 && !is_read_out(word, behind);
    const uint16_t whole =
        static_cast<uint16_t>(word.value + (added ? value_ : 0));
    if (counted_ && word.value > 0 && word.value < 10) {
      counted_ = false;
      return push_last(word.value - 1U);
    }
    if (added) digits_.resize(digits_.size() - last_);
    push(std::to_string(whole));
    tens_ = tens_ || whole > 9;
    value_ = whole;
    room_ = word.room;
  }

  // "sifuri mara tatu": the digit that stands there so many times more.
  void push_last(size_t times) {
    push(std::string(times, digits_.back()));
    last_ = 0;
  }

  // The digit before is a count: "tres" of "tres veces".
  size_t take_count() {
    if (last_ != 1 || digits_.back() == '0') return 0;
    const auto count = static_cast<size_t>(digits_.back() - '0');
    digits_.pop_back();
    last_ = 0;  // what stood before it is no count, and nothing is added to it
    room_ = 0;
    counted_ = false;
    return count;
  }

  bool take_scale(const NumberWord& word) {
    // "otuz iki, yüz yirmi": one hundred.
    if (apart_ && !digits_.empty()) {
      push(std::to_string(word.value));
      value_ = room_ = word.value;
      return tens_ = true;
    }
    // "nine hundred", "seventy-seven hundred".
    const bool tens = last_ == 2 && value_ < 100 && word.value == 100;
    if (last_ != 1 && !tens) return false;
    if (last_ == 1) value_ = static_cast<uint16_t>(digits_.back() - '0');
    digits_.resize(digits_.size() - last_);
    value_ = static_cast<uint16_t>(value_ * word.value);
    push(std::to_string(value_));
    room_ = word.value;
    tens_ = true;
    return true;
  }

  void push(std::string_view digits) {
    for (; repeat_ > 1 && digits.size() == 1; --repeat_) digits_ += digits;
    repeat_ = 0;
    counted_ = false;
    apart_ = false;
    digits_ += digits;
    last_ = digits.size();
    room_ = 0;
  }

  size_t behind_separator(size_t k) {
    for (size_t n = 0; n < kSeparatorMax && k < t_.size(); ++n) {
      const CodePoint p = code_point_at(t_, k);
      constexpr std::u32string_view kSigns = U" -,.;()/|*·・–—、،。‐…のー";
      if (kSigns.find(p.c) == kSigns.npos) return k;
      if (p.c != ' ' && p.c != '-') {
        room_ = 0;
        apart_ = true;
      }
      k += p.size;
    }
    return k;
  }

  std::string_view t_;
  uint8_t language_;
  std::string digits_;
  size_t words_ = 0;
  size_t front_ = 0;  // digits in front of the first word
  size_t end_ = 0;
  size_t last_ = 0;     // how many digits the last number has
  size_t repeat_ = 0;   // the next digit so often
  uint16_t value_ = 0;  // the last number
  uint16_t room_ = 0;   // what may be added to it is smaller
  bool counted_ = false;
  bool tens_ = false;
  bool apart_ = false;  // a sign parts the next number from the last
};

// In front of "then" before the word at `i`: "202-555-01 then forty-seven".
size_t skip_then_back(std::string_view t, size_t i, size_t floor) {
  if (before(t, i) != ' ') return i;
  const size_t size = told_before(Saying::then, t, i - 1);
  return size != 0 && i >= floor + size + 1 ? i - size - 1 : i;
}

// Figures in front of the first word belong to the run.
size_t figures_back(std::string_view t, size_t i, size_t floor) {
  size_t begin = i;
  for (size_t k = skip_then_back(t, i, floor);
       k > floor && i - k < kFiguresBackMax; --k) {
    const char c = t[k - 1];
    // "5000 oo6": a zero touches another, or a figure.
    const bool zero =
        c == 'o' && (is_digit(at(t, k)) || at(t, k) == 'o' ||
                     is_digit(before(t, k - 1)) || before(t, k - 1) == 'o');
    if (is_digit(c) || zero) begin = k - 1;
    if (!is_digit(c) && !zero && !is_one_of(c, " -.()")) break;
  }
  const bool glued = is_letter(before(t, begin)) || before(t, begin) == '_';
  return glued ? i : begin;
}

// "ek do" of "ek do teen", before the word at `i`.
size_t short_words_back(std::string_view t, size_t i, uint8_t language) {
  constexpr size_t kBack = 3;  // two letters and the space; a comma more
  constexpr size_t kWordsBackMax = 4;
  for (size_t n = 0; n < kWordsBackMax && i >= kBack; ++n) {
    const size_t comma = i > kBack && t[i - 2] == ',' ? 1 : 0;
    const size_t begin = i - kBack - comma;
    if (t[i - 1] != ' ' || !is_parted_before(t, begin)) return i;
    const NumberWord* word = number_table().find(t, begin, language);
    const bool digit = word != nullptr && word->sense == Sense::value;
    if (!digit || word->text.size() != kBack - 1) return i;
    i = begin;
  }
  return i;
}

// Over words that only sound like numbers.
size_t sounds_back(std::string_view t, size_t i, size_t floor,
                   uint8_t language) {
  constexpr size_t kWordsBackMax = 12;
  for (size_t n = 0; n < kWordsBackMax && i > floor; ++n) {
    const size_t begin = i - code_point_before(t, i).size;
    if (begin < floor || number_table().find(t, begin, language) == nullptr) {
      break;
    }
    i = begin;
  }
  return i;
}

// "44 77 oh oh 900 two": where the run round the word at `i` begins.
size_t number_begin(std::string_view t, size_t i, size_t floor,
                    uint8_t language) {
  constexpr size_t kTurnsMax = 4;
  if (number_table().is_sound(language)) {
    return sounds_back(t, i, floor, language);
  }
  for (size_t n = 0; n < kTurnsMax; ++n) {
    const size_t words = std::max(short_words_back(t, i, language), floor);
    const size_t begin = figures_back(t, words, floor);
    if (begin == i) break;
    i = begin;
  }
  return i;
}

// Where a "+" or a word for one begins before `i`; `i` when none does.
size_t plus_before(std::string_view t, size_t i, size_t floor,
                   uint8_t language) {
  const size_t end = before(t, i) == ' ' ? i - 1 : i;
  if (end > floor && t[end - 1] == '+') return end - 1;
  for (const NumberWord& word : number_table().plus_words()) {
    if (word.language != language || end < floor + word.text.size()) continue;
    const size_t begin = end - word.text.size();
    if (starts_at(t, begin, word.text) && is_parted_before(t, begin))
      return begin;
  }
  return i;
}

}  // namespace

void add_number_beginnings(Prefixes& prefixes, WordBeginnings& words) {
  number_table().each_beginning([&](std::string_view word) {
    prefixes.add(word);
    words.add(word);
  });
}

bool begins_number_word(std::string_view t, size_t i) {
  const auto begins = [](const NumberWord& word) {
    return word.sense <= Sense::repeat;
  };
  return number_table().find(t, i, kBeginningMin, begins) != nullptr &&
         is_parted_before(t, i);
}

namespace {

// The run in one language around the word at `i`, when it goes on behind `end`.
bool read_in(uint8_t language, std::string_view t, size_t i, size_t floor,
             size_t& end, Respelling& out) {
  const size_t begin = number_begin(t, i, floor, language);
  Reading reading(t, language);
  reading.read(begin);
  reading.correct();
  if (reading.end() <= end) return false;
  const size_t plus = plus_before(t, begin, floor, language);
  const bool number = reading.is_number(plus != begin);
  if (!number && is_odd(language)) return false;
  end = reading.end();
  out = {plus, end, (plus == begin ? "" : "+") + reading.digits(),
         number ? How::digit_words : How::as_is};
  return true;
}

}  // namespace

bool read_number_words(std::string_view t, size_t i, size_t floor, size_t& end,
                       Respelling& out) {
  end = i;
  out = {};
  std::bitset<kLanguagesMax> asked;
  const auto is_new = [&](const NumberWord& word) {
    return word.sense <= Sense::repeat && !asked.test(word.language);
  };
  while (const NumberWord* first =
             number_table().find(t, i, kBeginningMin, is_new)) {
    asked.set(first->language);
    read_in(first->language, t, i, floor, end, out);
  }
  if (out.how == How::as_is) {
    read_in(kAnyLanguage, t, i, floor, end, out);
  }
  return out.how == How::digit_words;
}

size_t told_plus_before(std::string_view t, size_t i) {
  constexpr size_t kLettersMin = 4;
  const size_t end = before(t, i) == ' ' ? i - 1 : i;
  if (!is_word(code_point_before(t, end).c)) return i;
  for (const NumberWord& word : number_table().plus_words()) {
    const size_t size = word.text.size();
    if (size < kLettersMin || end < size) continue;
    if (!starts_at(t, end - size, word.text)) continue;
    if (is_parted_before(t, end - size)) return end - size;
  }
  return i;
}

SpokenNumber spoken_number_at(std::string_view t, size_t i) {
  constexpr uint16_t kBelow = 100;
  const NumberWord* word =
      number_table().find(t, i, kBeginningMin, [](const NumberWord& one) {
        return one.sense == Sense::value && one.value < kBelow &&
               one.text.size() >= kBeginningMin;
      });
  if (word == nullptr) return {};
  return {word->value, word->text.size()};
}

}  // namespace simwarden
