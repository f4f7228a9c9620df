// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

// Who takes a request, by the word of its channel.type:
//
//   taker_of("hotline")   // Taker::staff
//   taker_of("dealer")    // Taker::agent
//   taker_of("website")   // Taker::nobody
//
// Rules (missing_mandatory) and reports (mandatory fields, changes by staff and
// by agents) ask this alike.
namespace simwarden {

enum class Taker : uint8_t {
  nobody,  // the applicant alone, or no word of channel.type
  staff,   // of the operator
  agent,   // of a partner: a franchise, an outlet, a dealer, a shop
};

Taker taker_of(std::string_view channel_type);

// Whether a person took it, so that the record has to name the clerk.
inline bool is_staffed(std::string_view channel_type) {
  return taker_of(channel_type) != Taker::nobody;
}

}  // namespace simwarden
