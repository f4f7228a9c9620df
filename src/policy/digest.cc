// SPDX-License-Identifier: Apache-2.0
#include "policy/digest.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>
#include <tuple>

#include <fmt/format.h>
#include <openssl/evp.h>

#include "diag/check.h"

namespace simwarden {
namespace {

class Sha256 {
 public:
  Sha256() : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
    CHECK(context_ != nullptr, "memory for a hash of 200 bytes");
    CHECK(EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1,
          "SHA-256 is in every OpenSSL");
  }
  void add(std::string_view bytes) {
    EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size());
  }
  std::string hex() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    EVP_DigestFinal_ex(context_.get(), digest.data(), &size);
    std::string out;
    for (unsigned i = 0; i < size; ++i) {
      out += fmt::format("{:02x}", digest[i]);
    }
    return out;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

}  // namespace

std::string canonical(const DigestedFile& file) {
  std::string bytes = file.path;
  bytes += '\0';
  bytes += fmt::format("{}", file.text.size());
  bytes += '\0';
  bytes += file.text;
  return bytes;
}

void sort_for_digest(std::vector<DigestedFile>& files) {
  std::sort(files.begin(), files.end(),
            [](const DigestedFile& a, const DigestedFile& b) {
              return std::tie(a.path, a.text) < std::tie(b.path, b.text);
            });
}

std::string digest_of(std::vector<DigestedFile> files) {
  sort_for_digest(files);
  Sha256 hash;
  for (const DigestedFile& file : files) hash.add(canonical(file));
  return "sha256:" + hash.hex();
}

}  // namespace simwarden
