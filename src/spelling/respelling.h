// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "spelling/leads.h"
#include "text/views.h"

// What writers hide from filters, written out as its reader reads it: spelled
// dots ("t 点 me", "a[.]b"), letters apart, numbers in words.
namespace simwarden {

struct Range {
  size_t begin = 0;
  size_t end = 0;
};

enum class How : uint8_t {
  as_is,
  spelled_dot,
  spaced,
  digit_words,
  turned,
  encoded,
  mixed  // letters of two scripts in a word
};

// A part of a text that is written anew.
struct Respelling {
  size_t begin = 0;
  size_t end = 0;
  std::string with;
  How how = How::as_is;
};

// Spelled dots, "t . me /", and runs of number words. In order, apart.
// `leads` are those of find_leads(plain.text), `raw` what `plain` is a view of.
std::vector<Respelling> respellings(const View& plain, std::string_view raw,
                                    const std::vector<Lead>& leads);

}  // namespace simwarden
