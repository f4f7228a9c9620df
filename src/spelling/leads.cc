// SPDX-License-Identifier: Apache-2.0
#include "spelling/leads.h"

#include <array>

#include "spelling/labels.h"
#include "spelling/mixed_words.h"
#include "spelling/number_words.h"
#include "spelling/parted_names.h"
#include "spelling/prefixes.h"
#include "spelling/respelling.h"
#include "spelling/reversed_links.h"
#include "spelling/spelled_signs.h"
#include "spelling/told_signs.h"
#include "spelling/turned.h"
#include "spelling/typed_hosts.h"
#include "text/look_around.h"

namespace simwarden {
namespace {

// What a byte is to the pass.
enum class Class : uint8_t { nothing, letter, digit, sign, foreign };

constexpr std::string_view kSigns = "+(*@[{/.#_";

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

// By its lead byte.
size_t character_size(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  if (byte >= 0xF0) return 4;
  return byte >= 0xE0 ? 3 : 2;
}

Class class_of(char c) {
  return kClasses[static_cast<unsigned char>(c)];
}

struct Beginnings {
  Prefixes labels;
  WordBeginnings words;  // for signs and numbers
  Prefixes all;          // nearly every word is refused by one look
  Beginnings() {
    add_label_beginnings(labels);
    add_spelling_beginnings(all, words);
    add_number_beginnings(all, words);
    all.add(labels);
  }
};

const Beginnings& beginnings() {
  static const Beginnings kBeginnings;
  return kBeginnings;
}

class Pass {
 public:
  explicit Pass(std::string_view text) : t_(text), known_(beginnings()) {}

  std::vector<Lead> run() {
    // Ordinary messages have fewer.
    leads_.reserve(t_.size() / 16 + 8);
    bool in_word = false;
    for (size_t i = 0; i < t_.size();) {
      const Class c = class_of(t_[i]);
      if (c == Class::letter) {
        if (!in_word) word_begins(i);
        if (may_be_mixed(t_, i)) add(i, LeadKind::spell);
        if (in_word && is_digit(before(t_, i))) behind_figure(i);
        while (++i < t_.size() && is_letter(t_[i])) {
        }
      } else if (c == Class::digit) {
        add(i, LeadKind::digits);
        while (++i < t_.size() && is_digit(t_[i])) {
        }
      } else {
        if (c == Class::sign) sign(i);
        if (c == Class::foreign) foreign(i);
        i += c == Class::foreign ? character_size(t_[i]) : 1;
      }
      in_word = c == Class::letter || c == Class::digit;
    }
    return std::move(leads_);
  }

 private:
  void add(size_t i, LeadKind kind) {
    leads_.push_back({static_cast<uint32_t>(i), kind});
  }

  void foreign(size_t i) {
    if (may_be_turned(t_, i) || may_be_mixed(t_, i)) {
      return add(i, LeadKind::spell);
    }
    word_begins(i);
  }

  void word_begins(size_t i) {
    if (!known_.all.has_at(t_, i)) return;
    if (is_inside(i)) return inside_word(i);
    if (known_.labels.has_at(t_, i)) add(i, LeadKind::label);
    if (!known_.words.has_at(t_, i)) return;
    if (begins_spelled_sign(t_, i) || may_be_told_sign(t_, i)) {
      add(i, LeadKind::spell);
    }
    if (begins_number_word(t_, i)) add(i, LeadKind::number);
  }

  // "07seven00".
  void behind_figure(size_t i) {
    if (!known_.words.has_at(t_, i) || !begins_number_word(t_, i)) return;
    add(i, LeadKind::number);
  }

  // Between the letters of a word in Cyrillic, Arabic or the like.
  bool is_inside(size_t i) const {
    const auto alphabet = [&](size_t k) {
      const auto lead = static_cast<unsigned char>(t_[k]);
      return lead >= 0xCE && lead < 0xE0;
    };
    return i >= 2 && alphabet(i) && alphabet(i - 2);
  }

  // Only Arabic glues articles to names, and no name to the end of a word.
  void inside_word(size_t i) {
    const auto lead = static_cast<unsigned char>(t_[i]);
    if (lead < 0xD8 || is_ascii(at(t_, i + 2))) return;
    if (known_.labels.has_at(t_, i)) add(i, LeadKind::label);
  }

  void sign(size_t i) {
    switch (t_[i]) {
      case '@': return add(i, LeadKind::at);
      case '*': add(i, LeadKind::star); [[fallthrough]];
      case '#': {
        if (may_be_told_sign(t_, i)) add(i, LeadKind::spell);
        return;
      }
      case '_': return underscore(i);
      case '+': return add(i, LeadKind::open);
      case '.': {
        const bool apart = is_one_of(before(t_, i), " |");
        if (apart || may_be_typed_ending(t_, i) || may_be_reversed(t_, i)) {
          add(i, LeadKind::spell);
        }
        return;
      }
      case '(': add(i, LeadKind::open); [[fallthrough]];
      default: add(i, LeadKind::spell);
    }
  }

  void underscore(size_t i) {
    if (may_be_apart(t_, i)) add(i, LeadKind::spell);
    if (is_alnum(before(t_, i)) && is_alnum(at(t_, i + 1))) {
      add(i, LeadKind::name);
    }
  }

  std::string_view t_;
  const Beginnings& known_;
  std::vector<Lead> leads_;
};

}  // namespace

std::vector<Lead> find_leads(std::string_view text) {
  return Pass(text).run();
}

}  // namespace simwarden
