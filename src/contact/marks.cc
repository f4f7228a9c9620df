// SPDX-License-Identifier: Apache-2.0
#include "contact/marks.h"

#include <array>

#include "contact/ascii.h"
#include "contact/labels.h"
#include "contact/pairs.h"
#include "contact/scene.h"

namespace simwarden {
namespace {

// What a byte is to the pass.
enum class Class : uint8_t { nothing, letter, digit, sign, foreign };

constexpr std::string_view kSigns = "+(*@[{/";

constexpr std::array<Class, 256> kClasses = [] {
  std::array<Class, 256> classes{};
  for (size_t i = 0; i < classes.size(); ++i) {
    const char c = static_cast<char>(i);
    if (is_letter(c)) classes[i] = Class::letter;
    if (is_digit(c)) classes[i] = Class::digit;
    if (is_one_of(c, kSigns)) classes[i] = Class::sign;
    if (i >= 0xC2) classes[i] = Class::foreign;  // a lead byte
  }
  return classes;
}();

Class class_of(char c) {
  return kClasses[static_cast<unsigned char>(c)];
}

struct Beginnings {
  PairSet labels;
  PairSet spellings;
  Beginnings() {
    add_label_beginnings(labels);
    add_spelling_beginnings(spellings);
  }
};

const Beginnings& beginnings() {
  static const Beginnings kBeginnings;
  return kBeginnings;
}

class Marker {
 public:
  explicit Marker(std::string_view text) : t_(text), known_(beginnings()) {}

  std::vector<Mark> run() {
    for (size_t i = 0; i < t_.size();) {
      switch (class_of(t_[i])) {
        case Class::nothing: ++i; break;
        case Class::letter: i = word(i); break;
        case Class::digit:
          add(i, MarkKind::digits);
          i = word_end(i);
          break;
        case Class::sign: sign(i++); break;
        case Class::foreign: word_begins(i++); break;
      }
    }
    return std::move(marks_);
  }

 private:
  void add(size_t i, MarkKind kind) {
    marks_.push_back({static_cast<uint32_t>(i), kind});
  }

  size_t word(size_t i) {
    word_begins(i);
    return word_end(i);
  }

  // Digits inside a word begin a run too: "code1234".
  size_t word_end(size_t i) {
    bool digit = is_digit(t_[i]);
    for (++i; i < t_.size(); ++i) {
      const Class c = class_of(t_[i]);
      if (c == Class::digit) {
        if (!digit) add(i, MarkKind::digits);
        digit = true;
      } else if (c == Class::letter) {
        digit = false;
      } else {
        break;
      }
    }
    return i;
  }

  void word_begins(size_t i) {
    const char next = at(t_, i + 1);
    if (known_.labels.has(t_[i], next)) add(i, MarkKind::label);
    if (known_.spellings.has(t_[i], next)) add(i, MarkKind::spell);
  }

  void sign(size_t i) {
    switch (t_[i]) {
      case '@': return add(i, MarkKind::at);
      case '*': return add(i, MarkKind::star);
      case '+': return add(i, MarkKind::open);
      case '(': add(i, MarkKind::open); [[fallthrough]];
      default: add(i, MarkKind::spell);
    }
  }

  std::string_view t_;
  const Beginnings& known_;
  std::vector<Mark> marks_;
};

}  // namespace

std::vector<Mark> find_marks(std::string_view text) {
  return Marker(text).run();
}

}  // namespace simwarden
