// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "diag/result.h"

// Pseudonyms: HMAC-SHA-256 with a site key that lies outside the data. A
// plain hash of a telephone number can be turned back by trying all numbers;
// a keyed one cannot without the key.
namespace simwarden {

struct SiteKey {
  std::string id;  // first 8 hex digits of SHA-256(key): which key made a token
  std::array<uint8_t, 32> bytes;
};

// Reads the key (64 hex digits and a line break) from `path`, or makes a new
// random one there with mode 0600. A file that others may read is refused.
Result<SiteKey> open_site_key(const std::string& path);

// "t1:<key id>:<32 hex digits>"; empty for an empty value.
std::string token(const SiteKey& key, std::string_view value);

// The same, many with one key: half the price. One thread.
class TokenMaker {
 public:
  explicit TokenMaker(const SiteKey& key);
  ~TokenMaker();
  TokenMaker(const TokenMaker&) = delete;
  TokenMaker& operator=(const TokenMaker&) = delete;

  // Valid until the next; empty for an empty value.
  std::string_view of(std::string_view value);
  void append(std::string& out, std::string_view value) { out += of(value); }

 private:
  struct Mac;
  std::unique_ptr<Mac> mac_;
  size_t prefix_ = 0;  // bytes of "t1:<key id>:", with which it begins
  std::string token_;
};

}  // namespace simwarden
