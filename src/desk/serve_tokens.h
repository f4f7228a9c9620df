// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "diag/result.h"
#include "door/service.h"
#include "privacy/sha256.h"

// Who may ask what: bearer tokens, kept as digests only.
namespace simwarden {

class ServeTokens {
 public:
  // A line a token: NAME ROLE[,ROLE] SHA-256 of the token in hex; "#" begins a
  // comment. An Error names all lines that are none, or says that there is no
  // token.
  static Result<ServeTokens> read(const std::string& path);

  // Without roles: nobody's token. Takes as long for a wrong one as for a right
  // one.
  Caller caller_of(std::string_view token) const;
  size_t size() const { return holders_.size(); }
  // The names of those that the others do not have with the same roles and the
  // same digest: "desk, crm".
  std::string not_in(const ServeTokens& others) const;

 private:
  struct Holder {
    std::string name;
    uint8_t roles = 0;
    Digest digest{};
    bool operator==(const Holder&) const = default;
  };
  std::vector<Holder> holders_;
};

}  // namespace simwarden
