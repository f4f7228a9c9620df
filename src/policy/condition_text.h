// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "notation/yaml.h"
#include "policy/condition.h"

// Building blocks of rendered conditions: texts that know where they are
// from.
namespace simwarden {

// Our own signs between pieces stand where `at` (a byte of the file) stands.
void append_sign(ConditionText& out, std::string_view sign, size_t at);
// Closes the offsets: the end stands where the last byte ends.
void finish(ConditionText& text, size_t end);

// All pieces joined by " && " or " || ".
ConditionText join(const std::vector<ConditionText>& pieces,
                   std::string_view sign, size_t at);
ConditionText negate(const ConditionText& piece, size_t at);
// True when at least n of the pieces are. Written with && and || alone, never
// with ! or sums: a fact that is missing is absorbed wherever the others
// decide. Null when it grows beyond kConditionBytesMax.
std::optional<ConditionText> threshold(const std::vector<ConditionText>& pieces,
                                       size_t n, size_t at);

}  // namespace simwarden
