// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace simwarden {

// simdjson on demand, compiled for the machine it is built on: it chooses its
// instructions then, not when it runs.
class OnDemand {
 public:
  OnDemand();
  ~OnDemand();

  // Visits every key and value of a line, behind which `padding` more bytes may
  // be read; something that depends on all of them.
  size_t take(std::string_view line, size_t padding);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace simwarden
