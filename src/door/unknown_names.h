// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "door/service.h"

// Names in records that no field has: whoever spelt a name wrongly would be
// told pass for ever.
namespace simwarden {

// As it may leave the program: masked, without control characters, cut.
std::string told_unknown(std::string_view name);

// Those of a request, or of a piece of a stream.
class UnknownNames {
 public:
  void add(const std::vector<std::string>& of_a_record);
  // Says how many records had some since it was last said, and the first name.
  void note(Service& service, const ListenerSettings& settings,
            std::string_view correlator);

 private:
  uint64_t records_ = 0;
  std::string first_;
};

}  // namespace simwarden
