// SPDX-License-Identifier: Apache-2.0
#include "contact/number_words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <vector>

#include "contact/ascii.h"
#include "contact/numbers.h"
#include "contact/tables.h"
#include "diag/check.h"
#include "text/tables.h"

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
// Words of so few bytes are words of many languages: "do", "on", "に".
constexpr size_t kBeginningMin = 3;

enum class Sense : uint8_t {
  value,     // is a number
  many,      // as many of its digit as the one before says
  repeat,    // the next digit so often; up to here a run may begin
  times,     // between a count and a digit
  times_of,  // between a digit and a count
  scale,     // so many times the digit before
  joint,     // "and"
  plus
};

struct NumberWord {
  std::string_view text;
  uint8_t language = 0;
  Sense sense = Sense::value;
  uint16_t value = 0;
  uint16_t room = 0;  // a smaller number may be added to it
};

uint16_t number_of(std::string_view text) {
  uint16_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// What is left of `text` behind `front`; `text` when it has another front.
bool take_front(std::string_view& text, std::string_view front) {
  if (!text.starts_with(front)) return false;
  text.remove_prefix(front.size());
  return true;
}

// Calls `each` with the pieces of `text` between the signs.
template <typename Each>
void split(std::string_view text, char sign, Each&& each) {
  while (!text.empty()) {
    const size_t end = std::min(text.find(sign), text.size());
    each(trimmed(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

class NumberWords {
 public:
  NumberWords() {
    constexpr size_t kWordsAbout = 2000;
    words_.reserve(kWordsAbout);
    for (const TableRow& row : rows_of(tables::number_words, 3)) add_row(row);
    sort_by_bucket();
  }

  // The longest word of `least` bytes and more at `i` for which `fits` says
  // yes, or nullptr.
  template <typename Fits>
  const NumberWord* find(std::string_view t, size_t i, size_t least,
                         Fits&& fits) const {
    if (i >= t.size()) return nullptr;
    const size_t whole = WordBeginnings::key_size(t[i]);
    const NumberWord* found = find_of(whole, t, i, fits);
    for (size_t size = kHan; found == nullptr && size >= least; --size) {
      if (size < whole) found = find_of(size, t, i, fits);
    }
    return found;
  }

  const NumberWord* find(std::string_view t, size_t i, uint8_t language) const {
    return find(t, i, 1, [&](const NumberWord& word) {
      return word.language == language;
    });
  }

  template <typename Each>
  void each_beginning(Each&& each) const {
    for (const NumberWord& word : words_) {
      if (is_beginning(word)) each(word.text);
    }
  }

  const std::vector<NumberWord>& plus_words() const { return plus_; }

 private:
  static constexpr size_t kBuckets = 1024;
  static constexpr size_t kHan = WordBeginnings::kHan;

  // Of the words that have a key of `size` bytes.
  template <typename Fits>
  const NumberWord* find_of(size_t size, std::string_view t, size_t i,
                            Fits&& fits) const {
    const size_t own = WordBeginnings::key(t, i, size) % kBuckets;
    for (size_t k = begins_at_[own]; k < begins_at_[own + 1]; ++k) {
      const NumberWord& word = words_[k];
      if (!fits(word) || !starts_at(t, i, word.text)) continue;
      if (is_parted_behind(t, i + word.text.size())) return &word;
    }
    return nullptr;
  }

  static size_t bucket(const NumberWord& word) {
    return WordBeginnings::key(word.text, 0,
                               WordBeginnings::key_size(word.text)) %
           kBuckets;
  }

  void sort_by_bucket() {
    std::array<uint16_t, kBuckets + 1>& begins = begins_at_;
    for (const NumberWord& word : words_) ++begins[bucket(word) + 1];
    for (size_t i = 1; i < begins.size(); ++i) {
      begins[i] = static_cast<uint16_t>(begins[i] + begins[i - 1]);
    }
    std::vector<NumberWord> sorted(words_.size());
    std::array<uint16_t, kBuckets + 1> next = begins;
    for (const NumberWord& word : words_) {
      sorted[next[bucket(word)]++] = word;
    }
    words_ = std::move(sorted);
    for (size_t i = 0; i < kBuckets; ++i) {
      std::sort(words_.begin() + begins[i], words_.begin() + begins[i + 1],
                [](const NumberWord& a, const NumberWord& b) {
                  return a.text.size() > b.text.size();
                });
    }
  }

  void add_row(const TableRow& row) {
    if (languages_.empty() || languages_.back() != row[0]) {
      languages_.push_back(row[0]);
      CHECK(languages_.size() < 64, "languages are told apart by bits");
    }
    NumberWord word;
    word.language = static_cast<uint8_t>(languages_.size());
    const uint16_t step = read_sense(row[1], word);
    split(row[2], ';', [&](std::string_view spellings) {
      if (word.sense == Sense::value && step != 0) set_room(word);
      split(spellings, ',', [&](std::string_view text) {
        word.text = text;
        add(word);
      });
      word.value = static_cast<uint16_t>(word.value + step);
    });
  }

  // Sets sense and value; gives the step from one number to the next, 0 when
  // the room was told.
  static uint16_t read_sense(std::string_view text, NumberWord& word) {
    if (text == "times") word.sense = Sense::times;
    if (text == "times of") word.sense = Sense::times_of;
    if (text == "and") word.sense = Sense::joint;
    if (text == "plus") word.sense = Sense::plus;
    if (take_front(text, "many ")) word.sense = Sense::many;
    if (take_front(text, "repeat ")) word.sense = Sense::repeat;
    if (take_front(text, "scale ")) word.sense = Sense::scale;
    word.value = number_of(text);
    const size_t room = text.find('+');
    if (room != text.npos) word.room = number_of(text.substr(room + 1));
    if (room != text.npos) return 0;
    const size_t step = text.find(" by ");
    return step == text.npos ? 1 : number_of(text.substr(step + 4));
  }

  static void set_room(NumberWord& word) {
    word.room = 0;
    if (word.value >= 20 && word.value % 10 == 0) word.room = 10;
    if (word.value >= 100 && word.value % 100 == 0) word.room = 100;
  }

  void add(const NumberWord& word) {
    words_.push_back(word);
    if (word.sense == Sense::plus) plus_.push_back(word);
  }

  static bool is_beginning(const NumberWord& word) {
    const bool kana = code_point_at(word.text, 0).c - 0x3041U < 0xC0U;
    return word.sense <= Sense::repeat && word.text.size() >= kBeginningMin &&
           !(kana && word.text.size() == kHan);
  }

  std::vector<std::string_view> languages_;
  std::vector<NumberWord> words_;
  std::vector<NumberWord> plus_;
  std::array<uint16_t, kBuckets + 1> begins_at_{};  // in words_
};

const NumberWords& number_words() {
  static const NumberWords kWords;
  return kWords;
}

// One run in one language.
class Reading {
 public:
  Reading(std::string_view t, uint8_t language) : t_(t), language_(language) {}

  // `begin` stands on a figure or a word.
  void read(size_t begin) {
    for (size_t k = begin; digits_.size() < kRunDigitsMax;) {
      const size_t behind = is_digit(at(t_, k)) ? figures(k) : word(k);
      if (behind == k) break;
      k = behind_separator(behind);
      if (k == t_.size()) break;
    }
  }

  size_t end() const { return end_; }
  const std::string& digits() const { return digits_; }
  // With a plus one word does: "+34 seis 00 000 000".
  bool is_number(bool plus) const {
    constexpr size_t kDigitsOfPlusMin = 9;
    if (plus && words_ > 0 && digits_.size() >= kDigitsOfPlusMin) return true;
    const size_t least = tens_ ? kDigitsOfTensMin : kDigitsMin;
    return words_ >= kWordsMin && digits_.size() >= least;
  }

 private:
  size_t figures(size_t k) {
    const size_t first = k;
    while (is_digit(at(t_, k)) && k - first < kRunDigitsMax) {
      push(t_.substr(k, 1));
      ++k;
    }
    if (k - first != 1) last_ = 0;
    return end_ = k;
  }

  // Gives where the word at `k` ends; `k` when none stands there.
  size_t word(size_t k) {
    const NumberWord* word = number_words().find(t_, k, language_);
    if (word == nullptr || word->sense == Sense::plus) return k;
    const size_t behind = k + word->text.size();
    if (word->sense == Sense::joint) return digits_.empty() ? k : behind;
    if (!take(*word, behind)) return k;
    ++words_;
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
    const NumberWord* next = number_words().find(t_, behind + 1, language_);
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
    return count;
  }

  bool take_scale(const NumberWord& word) {
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
    digits_ += digits;
    last_ = digits.size();
    room_ = 0;
  }

  size_t behind_separator(size_t k) {
    for (size_t n = 0; n < kSeparatorMax && k < t_.size(); ++n) {
      const CodePoint p = code_point_at(t_, k);
      constexpr std::u32string_view kSigns = U" -,.;()/|*·–—、،。‐…の";
      if (kSigns.find(p.c) == kSigns.npos) return k;
      if (p.c != ' ' && p.c != '-') room_ = 0;
      k += p.size;
    }
    return k;
  }

  std::string_view t_;
  uint8_t language_;
  std::string digits_;
  size_t words_ = 0;
  size_t end_ = 0;
  size_t last_ = 0;     // how many digits the last number has
  size_t repeat_ = 0;   // the next digit so often
  uint16_t value_ = 0;  // the last number
  uint16_t room_ = 0;   // what may be added to it is smaller
  bool counted_ = false;
  bool tens_ = false;
};

// Figures in front of the first word belong to the run.
size_t figures_back(std::string_view t, size_t i, size_t floor) {
  size_t begin = i;
  for (size_t k = i; k > floor && i - k < kFiguresBackMax; --k) {
    const char c = t[k - 1];
    if (is_digit(c)) begin = k - 1;
    if (!is_digit(c) && !is_one_of(c, " -.()")) break;
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
    const NumberWord* word = number_words().find(t, begin, language);
    const bool digit = word != nullptr && word->sense == Sense::value;
    if (!digit || word->text.size() != kBack - 1) return i;
    i = begin;
  }
  return i;
}

// "44 77 oh oh 900 two": where the run round the word at `i` begins.
size_t number_begin(std::string_view t, size_t i, size_t floor,
                    uint8_t language) {
  constexpr size_t kTurnsMax = 4;
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
  for (const NumberWord& word : number_words().plus_words()) {
    if (word.language != language || end < floor + word.text.size()) continue;
    const size_t begin = end - word.text.size();
    if (starts_at(t, begin, word.text) && is_parted_before(t, begin))
      return begin;
  }
  return i;
}

}  // namespace

void add_number_beginnings(Prefixes& prefixes, WordBeginnings& words) {
  number_words().each_beginning([&](std::string_view word) {
    prefixes.add(word);
    words.add(word);
  });
}

bool begins_number_word(std::string_view t, size_t i) {
  const auto begins = [](const NumberWord& word) {
    return word.sense <= Sense::repeat;
  };
  return number_words().find(t, i, kBeginningMin, begins) != nullptr &&
         is_parted_before(t, i);
}

bool read_number_words(std::string_view t, size_t i, size_t floor, size_t& end,
                       Respelling& out) {
  end = i;
  bool found = false;
  uint64_t asked = 0;  // languages
  const auto is_new = [&](const NumberWord& word) {
    return word.sense <= Sense::repeat && (asked >> word.language & 1U) == 0;
  };
  while (const NumberWord* first =
             number_words().find(t, i, kBeginningMin, is_new)) {
    const uint8_t language = first->language;
    asked |= uint64_t{1} << language;
    const size_t begin = number_begin(t, i, floor, language);
    Reading reading(t, language);
    reading.read(begin);
    if (reading.end() <= end) continue;
    end = reading.end();
    const size_t plus = plus_before(t, begin, floor, language);
    found = reading.is_number(plus != begin);
    out = {plus, end, (plus == begin ? "" : "+") + reading.digits(),
           How::digit_words};
  }
  return found;
}

}  // namespace simwarden
