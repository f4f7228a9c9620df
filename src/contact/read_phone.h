// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "spelling/numbers.h"

namespace simwarden {

// A number as libphonenumber understands it.
struct Phone {
  // "" when it cannot be a number; the digits alone when it can be dialled
  // only from its own area.
  std::string e164;
  bool valid = false;    // in a range that the plan has given out
  bool fixed = false;    // in one of fixed lines only
  bool service = false;  // in one of services, free or paid: no SIM has it
};

// `digits` with or without a leading "+"; `region` may be empty.
Phone read_phone(std::string_view digits, std::string_view region);

// Whether it is the two letters of a country with a plan of its own.
bool is_phone_region(std::string_view region);

// What stands around a run.
struct PhoneHints {
  bool han = false;    // a Han character stands before it
  bool asked = false;  // a word such as "call" or "WhatsApp" goes with it
};

// A run as people write it: with 00 in front, or, where a number was asked
// for, a country code without its plus. Without a region a Chinese mobile
// number is known by the Han before it.
Phone read_written_phone(const NumberRun& run, std::string_view region,
                         PhoneHints hints);

}  // namespace simwarden
