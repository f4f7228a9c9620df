// SPDX-License-Identifier: Apache-2.0
#include "privacy/sha256.h"

#include "diag/hex.h"

namespace simwarden {

std::string hex_of(const Digest& digest) {
  std::string hex;
  append_hex(hex, digest);
  return hex;
}

Digest sha256(std::string_view bytes) {
  Digest digest{};
  const bool fine = EVP_Digest(bytes.data(), bytes.size(), digest.data(),
                               nullptr, EVP_sha256(), nullptr) == 1;
  CHECK(fine, "SHA-256 is part of every OpenSSL");
  return digest;
}

std::string sha256_hex(std::string_view bytes) {
  return hex_of(sha256(bytes));
}

Digest Sha256::so_far() const {
  Sha256 copy;
  const bool fine =
      EVP_MD_CTX_copy_ex(copy.context_.get(), context_.get()) == 1;
  CHECK(fine, "SHA-256 is part of every OpenSSL");
  return copy.finish();
}

}  // namespace simwarden
