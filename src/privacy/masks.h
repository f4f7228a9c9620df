// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "privacy/secrets.h"

// What may leave the program in clear, and in which form. Source of the
// forms: the table of personal data in docs/privacy.md.
namespace simwarden {

enum class Mask : uint8_t {
  none,
  phone,      // "+8613800138000" -> "+86 *********00": country code + last 2
  document,   // last 2
  name,       // initials
  address,    // "[address]"
  sim,        // first 6 + last 2
  ip,         // /24 or /48
  email,      // first letter + domain
  code,       // "[code]"
  free_text,  // mask_text, at most 160 characters
};

std::string mask_value(std::string_view value, Mask mask);

// Masks telephone, document, card and SIM numbers, e-mail addresses, one-time
// and activation codes inside free text. The result has the same number of
// code points as `text`, so that spans still line up: each hidden character
// becomes '*'. Names of places, brands and handles stay. So is whatever else
// `secrets` of the text say.
std::string mask_text(std::string_view text,
                      std::span<const Secret> secrets = {});

// One-time codes, PINs and activation codes become "[code]", everything else
// stays: for a text that is kept in clear under a case number. A number near a
// code word is taken for a code, unless it begins with a plus.
// The codes of `secrets` are codes, the others stay.
std::string replace_codes(std::string_view text,
                          std::span<const Secret> secrets = {});

// `mask_text` of text[begin, end) seen within its surroundings, cut to
// `characters_max` code points with "…" at the end.
std::string mask_excerpt(std::string_view text, size_t begin, size_t end,
                         size_t characters_max = 160);

// The same for several parts of one text, or of a few: each stretch of a text
// is masked once. ((know)* (of | touches_secret)* forget)*
class Excerpts {
 public:
  // What is to be hidden in a text and in parts of it, in the text's order.
  void know(std::string_view text, Secrets secrets);
  // REQUIRES: what was given before still stands there unchanged, or was
  // forgotten.
  std::string of(std::string_view text, size_t begin, size_t end,
                 size_t characters_max = 160);
  // Whether a part of a text that is known has to do with such a secret.
  bool touches_secret(std::string_view text, size_t begin, size_t end,
                      Secret::Is is) const;
  void forget() {
    stretches_.clear();
    known_.clear();
  }

 private:
  struct Stretch {
    std::string_view around;
    std::vector<char> hidden;  // a flag a byte of it; empty when none is
  };

  struct Known {
    std::string_view text;
    Secrets secrets;

    bool holds(std::string_view part) const;
  };

  static std::string_view stretch_of(std::string_view text, size_t begin,
                                     size_t end);
  const Stretch& masked(std::string_view around);

  std::vector<Stretch> stretches_;
  std::vector<Known> known_;
};

}  // namespace simwarden
