// SPDX-License-Identifier: Apache-2.0
#include "contact/leads.h"

#include <array>
#include <bit>

#include "contact/ascii.h"
#include "contact/labels.h"
#include "contact/prefixes.h"
#include "contact/scene.h"

namespace simwarden {
namespace {

// 0 or 1, without a branch: compilers make vectors of these.
constexpr uint8_t letter(uint8_t c) {
  return static_cast<uint8_t>(static_cast<uint8_t>(c - 'a') < 26);
}
constexpr uint8_t digit(uint8_t c) {
  return static_cast<uint8_t>(static_cast<uint8_t>(c - '0') < 10);
}
constexpr uint8_t sign(uint8_t c) {
  return static_cast<uint8_t>((c == '+') | (c == '(') | (c == '*') |
                              (c == '@') | (c == '[') | (c == '{') |
                              (c == '/'));
}

// A word, a run of digits, a sign or a character beyond ASCII begins at `c`
// behind `left`.
constexpr uint8_t begins(uint8_t left, uint8_t c) {
  const auto foreign = static_cast<uint8_t>(c >= 0xC2);
  const auto word = static_cast<uint8_t>(
      letter(c) & static_cast<uint8_t>((letter(left) | digit(left)) ^ 1));
  const auto run =
      static_cast<uint8_t>(digit(c) & static_cast<uint8_t>(digit(left) ^ 1));
  return static_cast<uint8_t>(word | run | sign(c) | foreign);
}

constexpr size_t kBlock = 32;

// Bit k tells whether something begins at text[i + k]; REQUIRES: i > 0 and a
// whole block.
uint32_t beginnings_in(std::string_view text, size_t i) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data()) + i;
  std::array<uint8_t, kBlock> flags;
  for (size_t k = 0; k < kBlock; ++k) {
    flags[k] = begins(bytes[k - 1], bytes[k]);
  }
  uint32_t mask = 0;
  for (size_t k = 0; k < kBlock; k += 8) {
    uint64_t eight = 0;
    for (size_t n = 0; n < 8; ++n) {
      eight |= uint64_t{flags[k + n]} << (8 * n);
    }
    // Gathers the low bits of eight bytes.
    mask |= static_cast<uint32_t>((eight * 0x0102040810204080U) >> 56) << k;
  }
  return mask;
}

struct Beginnings {
  Prefixes labels;
  Prefixes spellings;
  Beginnings() {
    add_label_beginnings(labels);
    add_spelling_beginnings(spellings);
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
    size_t i = 0;
    if (!t_.empty()) step(i++);
    for (; i + kBlock <= t_.size(); i += kBlock) {
      for (uint32_t mask = beginnings_in(t_, i); mask != 0; mask &= mask - 1) {
        look(i + static_cast<size_t>(std::countr_zero(mask)));
      }
    }
    while (i < t_.size()) step(i++);
    return std::move(leads_);
  }

 private:
  void step(size_t i) {
    const auto left = static_cast<uint8_t>(before(t_, i));
    if (begins(left, static_cast<uint8_t>(t_[i])) != 0) look(i);
  }

  // Something begins at `i`.
  void look(size_t i) {
    const char c = t_[i];
    if (is_letter(c) || !is_ascii(c)) return word(i);
    if (is_digit(c)) return add(i, LeadKind::digits);
    if (c == '@') return add(i, LeadKind::at);
    if (c == '*') return add(i, LeadKind::star);
    if (c == '+' || c == '(') add(i, LeadKind::open);
    if (c != '+') add(i, LeadKind::spell);
  }

  void word(size_t i) {
    if (known_.labels.has_at(t_, i)) add(i, LeadKind::label);
    if (known_.spellings.has_at(t_, i)) add(i, LeadKind::spell);
  }

  void add(size_t i, LeadKind kind) {
    leads_.push_back({static_cast<uint32_t>(i), kind});
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
