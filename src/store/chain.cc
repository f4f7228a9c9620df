// SPDX-License-Identifier: Apache-2.0
#include "store/chain.h"

#include <array>
#include <memory>

#include <openssl/evp.h>

#include "diag/check.h"
#include "diag/hex.h"

namespace simwarden {
namespace {

using Context = std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)>;

Context new_context() {
  Context context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  CHECK(context != nullptr, "a few hundred bytes of memory");
  return context;
}

// The digest of what was fed so far, while the feeding goes on.
std::string digest_so_far(const Context& fed) {
  const Context copy = new_context();
  std::array<uint8_t, 32> digest{};
  const bool done = EVP_MD_CTX_copy_ex(copy.get(), fed.get()) == 1 &&
                    EVP_DigestFinal_ex(copy.get(), digest.data(), nullptr) == 1;
  CHECK(done, "SHA-256 is part of every OpenSSL");
  std::string hex;
  append_hex(hex, digest);
  return hex;
}

}  // namespace

std::vector<std::string> prefix_digests(std::string_view parent,
                                        std::string_view bytes,
                                        const std::vector<uint64_t>& sizes) {
  const Context fed = new_context();
  bool fine = EVP_DigestInit_ex(fed.get(), EVP_sha256(), nullptr) == 1 &&
              EVP_DigestUpdate(fed.get(), parent.data(), parent.size()) == 1;
  std::vector<std::string> digests;
  uint64_t at = 0;
  for (const uint64_t size : sizes) {
    CHECK(at <= size && size <= bytes.size(), "sizes ascend and fit");
    fine =
        fine && EVP_DigestUpdate(fed.get(), bytes.data() + at, size - at) == 1;
    digests.push_back(digest_so_far(fed));
    at = size;
  }
  CHECK(fine, "SHA-256 is part of every OpenSSL");
  return digests;
}

BlockIdentity identify_block(std::string_view parent, std::string_view bytes) {
  uint64_t head = 1;
  while (head * 2 <= bytes.size()) head *= 2;
  if (bytes.empty()) head = 0;
  const std::vector<std::string> digests =
      prefix_digests(parent, bytes, {head, bytes.size()});
  return {std::string(parent), digests[1], digests[0], bytes.size()};
}

std::vector<std::string> possible_heads(std::string_view parent,
                                        std::string_view bytes) {
  std::vector<uint64_t> sizes;
  for (uint64_t size = 1; size <= bytes.size(); size *= 2) {
    sizes.push_back(size);
  }
  const std::vector<std::string> ascending =
      prefix_digests(parent, bytes, sizes);
  return {ascending.rbegin(), ascending.rend()};
}

}  // namespace simwarden
