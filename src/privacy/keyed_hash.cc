// SPDX-License-Identifier: Apache-2.0
#include "privacy/keyed_hash.h"

#include <algorithm>
#include <memory>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include "diag/check.h"

namespace simwarden {
namespace {

struct FreeContext {
  void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_MAC_CTX, FreeContext>;

Context make_context() {
  EVP_MAC* mac = EVP_MAC_fetch(nullptr, "SIPHASH", nullptr);
  CHECK(mac, "libcrypto 3 has SipHash in its default provider");
  Context context(EVP_MAC_CTX_new(mac));
  EVP_MAC_free(mac);
  CHECK(context, "memory for a context");
  size_t size = sizeof(uint64_t);
  const OSSL_PARAM params[] = {
      OSSL_PARAM_construct_size_t(OSSL_MAC_PARAM_SIZE, &size),
      OSSL_PARAM_construct_end()};
  CHECK(EVP_MAC_CTX_set_params(context.get(), params) == 1,
        "SipHash has 8 bytes");
  return context;
}

}  // namespace

HashKey hash_key_for(const SiteKey& key, std::string_view use) {
  std::array<uint8_t, 32> digest{};
  unsigned size = 0;
  const auto* made = HMAC(EVP_sha256(), key.bytes.data(), int(key.bytes.size()),
                          reinterpret_cast<const uint8_t*>(use.data()),
                          use.size(), digest.data(), &size);
  CHECK(made && size == digest.size(), "SHA-256 is always there");
  HashKey derived;
  std::copy_n(digest.begin(), derived.bytes.size(), derived.bytes.begin());
  return derived;
}

HashKey random_hash_key() {
  HashKey key;
  CHECK(RAND_bytes(key.bytes.data(), int(key.bytes.size())) == 1,
        "the system has random bytes");
  return key;
}

uint64_t keyed_hash(const HashKey& key, std::string_view value) {
  thread_local const Context context = make_context();
  std::array<uint8_t, 8> bytes{};
  size_t size = 0;
  const bool made =
      EVP_MAC_init(context.get(), key.bytes.data(), key.bytes.size(),
                   nullptr) == 1 &&
      EVP_MAC_update(context.get(),
                     reinterpret_cast<const uint8_t*>(value.data()),
                     value.size()) == 1 &&
      EVP_MAC_final(context.get(), bytes.data(), &size, bytes.size()) == 1;
  CHECK(made && size == bytes.size(), "a context of ours takes any bytes");
  uint64_t hash = 0;
  for (size_t i = 0; i < bytes.size(); ++i)
    hash |= uint64_t{bytes[i]} << (8 * i);
  return hash;
}

}  // namespace simwarden
