// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "spelling/prefixes.h"

// A name that is written against filters: its letters apart ("w.h.a.t.s",
// "Te-le-gram", ラ☆イ☆ン), or digits and signs for some ("t3l€gr@m").
namespace simwarden {

struct LooseName {
  size_t end = 0;  // 0: the name does not stand there
  size_t gaps = 0;
  bool space = false;     // one begins with a space
  bool marked = false;    // with vowels or accents that the name has not
  size_t likenesses = 0;  // letters that something else is written for
};

// `name` at `i` of a folded text, written loosely; no word may go on before
// it, where words stand apart. Up to three signs part two letters. Letter by
// letter, so that it costs no more than the name is long.
LooseName read_loosely(std::string_view text, size_t i, std::string_view name);

// A quick look: false when no name that begins at `i` is written loosely.
bool may_be_loose(std::string_view text, size_t i);

// Where it may begin: its first letter stands there as it is, one sign behind
// it when any.
void add_loose_beginnings(std::string_view name, Prefixes& prefixes);
// What may follow the first letter of any such name.
void add_loose_letter(char first, Prefixes& prefixes);

}  // namespace simwarden
