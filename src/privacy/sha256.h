// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <new>
#include <string>
#include <string_view>

#include <openssl/evp.h>

#include "diag/check.h"

namespace simwarden {

using Digest = std::array<uint8_t, 32>;

std::string hex_of(const Digest& digest);  // 64 lower-case digits
inline std::string_view bytes_of(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

Digest sha256(std::string_view bytes);
std::string sha256_hex(std::string_view bytes);

// In pieces, used again and again: making OpenSSL's context costs more than
// hashing a row. Throws std::bad_alloc.   (add* finish)*
class Sha256 {
 public:
  Sha256() : context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
    if (context_ == nullptr) throw std::bad_alloc();
    start(EVP_sha256());
  }
  void add(std::string_view bytes) {
    const bool fine =
        EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1;
    CHECK(fine, "SHA-256 is part of every OpenSSL");
  }
  // Of what was added; more may follow.
  Digest so_far() const;
  Digest finish() {
    Digest digest{};
    const bool fine =
        EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr) == 1;
    CHECK(fine, "SHA-256 is part of every OpenSSL");
    start(nullptr);
    return digest;
  }

 private:
  // Null: the same again, which spares OpenSSL 3 a search for it.
  void start(const EVP_MD* which) {
    // Every OpenSSL has SHA-256, and loads it when it is first asked for.
    const bool fine = EVP_DigestInit_ex2(context_.get(), which, nullptr) == 1;
    if (!fine) throw std::bad_alloc();
  }

  std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context_;
};

}  // namespace simwarden
