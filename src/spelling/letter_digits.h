// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "spelling/respelling.h"

// Telephone numbers in disguise: letters that are written for digits ("2O2 555
// Ol43", "l38 OO13 8OOO"), groups parted by signs ("138*0013*8000").
namespace simwarden {

// A letter that stands for a digit touches the figures at `i`.
bool touches_letter_digit(std::string_view text, size_t i);

// The number around the figures at `i`, from `floor` on, when letters stand in
// it; as long as telephone numbers are, glued to no other letters. `end` is
// where it ends in any case.
bool read_letter_digits(std::string_view text, size_t i, size_t floor,
                        size_t& end, Respelling& out);

// "138*0013*8000", "138|0013|8000": a Chinese mobile number whose three groups
// are parted by a sign that no list or amount has.
bool read_parted_mobile(std::string_view text, size_t i, Respelling& out);

// "call 202*555*0199": ten or eleven figures in three groups and more.
bool read_parted_number(std::string_view text, size_t i, Respelling& out);

}  // namespace simwarden
