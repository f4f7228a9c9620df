// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "spelling/respelling.h"

// Names of accounts whose characters stand apart.
namespace simwarden {

// "d e m o _ x", "d-e-m-o_x", "【d】【e】【m】【o】_ xyz": characters apart,
// but for the rest behind "_"; with `numbered` also pieces with a number behind
// them, "de mo bu ka 88"; "d.e.m.o.8.8" with a digit or "_". Appends them to
// `name` until it is longer than `longest`. Gives where it ends.
size_t read_spaced_name(std::string_view text, size_t begin, size_t longest,
                        bool numbered, std::string& name);

// "_" at `i` may stand between characters that stand apart.
bool may_be_apart(std::string_view text, size_t i);
// "d|e|m|o|_|x", "d-e-m-o, 밑줄, x-y": `sign` is the underscore or its word,
// and the characters on both sides stand apart by one sign each. Nobody writes
// anything else so.
bool read_apart_name(std::string_view text, Range sign, Respelling& out);

}  // namespace simwarden
