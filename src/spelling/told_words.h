// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "spelling/prefixes.h"

// What people say beside an account or a number that they hide
// (data/told_words.tsv).
namespace simwarden {

enum class Saying : uint8_t {
  write,
  search,
  is,
  reversed,
  leave,
  join,
  call,
  then,
  correct,
  figures,
  half,
  first,
  middle,
  last,
  mail,
  other,
  count,
  draw,
  ring,
  wares,
  offer,
  goods,
  site,
  open,
  joined,
  between,
  piece,
  papers
};

// For windows of a folded text.
const Words& told_words(Saying what);

// Cards and lines are offered near what stands from `begin` to `end`.
bool offers_wares(std::string_view t, size_t begin, size_t end);
// As sellers name them: "sims", not "my sim".
bool offers_goods(std::string_view t, size_t begin, size_t end);

// Bytes of the longest word of that row, whole, that ends or begins at `i`; 0
// when none does.
size_t told_before(Saying what, std::string_view t, size_t i);
size_t told_behind(Saying what, std::string_view t, size_t i);

}  // namespace simwarden
