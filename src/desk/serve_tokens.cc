// SPDX-License-Identifier: Apache-2.0
#include "desk/serve_tokens.h"

#include <algorithm>
#include <sstream>

#include <fmt/format.h>
#include <openssl/crypto.h>

#include "diag/hex.h"
#include "house/house.h"
#include "notation/yaml.h"
#include "privacy/sha256.h"

namespace simwarden {
namespace {

// More callers than any site has.
constexpr size_t kTokensMax = 1000;
// A longer one is no token and not worth hashing.
constexpr size_t kTokenBytesMax = 512;

struct RoleName {
  std::string_view name;
  TokenRole role;
};
constexpr RoleName kRoleNames[] = {{"screen", TokenRole::screen},
                                   {"read", TokenRole::read},
                                   {"admin", TokenRole::admin},
                                   {"decide", TokenRole::decide}};

// Bits; 0 when a name is none.
uint8_t read_roles(const std::string& names) {
  uint8_t roles = 0;
  std::istringstream stream(names);
  std::string name;
  while (std::getline(stream, name, ',')) {
    const RoleName* found = nullptr;
    for (const RoleName& row : kRoleNames) {
      if (row.name == name) found = &row;
    }
    if (found == nullptr) return 0;
    roles |= uint8_t(found->role);
  }
  return roles;
}

bool read_digest(const std::string& hex, Digest& into) {
  const auto bytes = from_hex(hex);
  if (!bytes || bytes->size() != into.size()) return false;
  std::copy(bytes->begin(), bytes->end(), into.begin());
  return true;
}

constexpr std::string_view kLine =
    "a line is NAME ROLE[,ROLE] SHA-256; roles are screen, read, admin and "
    "decide, the digest is that of the token (printf %s TOKEN | sha256sum)";

Error wrong_lines(const std::string& path, const std::string& lines) {
  const bool many = lines.find(',') != std::string::npos;
  return {Trouble::usage,
          many ? fmt::format("{}: lines {} are none: {}", path, lines, kLine)
               : fmt::format("{}:{}: {}", path, lines, kLine)};
}

}  // namespace

Result<ServeTokens> ServeTokens::read(const std::string& path) {
  auto text = read_text_file(path);
  if (!text) return text.error();
  if (text->size() > kYamlBytesMax) {
    return Error{Trouble::usage, fmt::format("{}: larger than {} MiB", path,
                                             kYamlBytesMax >> 20)};
  }
  ServeTokens tokens;
  std::string wrong;  // lines
  std::istringstream lines(*text);
  std::string line;
  for (size_t number = 1; std::getline(lines, line); ++number) {
    std::istringstream words(line.substr(0, line.find('#')));
    Holder holder;
    std::string roles;
    std::string digest;
    if (!(words >> holder.name)) continue;
    words >> roles >> digest;
    holder.roles = read_roles(roles);
    std::string more;
    if (tokens.holders_.size() == kTokensMax) {
      return Error{Trouble::usage,
                   fmt::format("{}: more than {} tokens", path, kTokensMax)};
    }
    if (holder.roles == 0 || !read_digest(digest, holder.digest) ||
        words >> more) {
      wrong += fmt::format("{}{}", wrong.empty() ? "" : ", ", number);
      continue;
    }
    const auto same = std::find_if(
        tokens.holders_.begin(), tokens.holders_.end(),
        [&](const Holder& other) { return other.digest == holder.digest; });
    if (same != tokens.holders_.end()) {
      return Error{Trouble::usage,
                   fmt::format("{}:{}: {} has the token of {}: give each one "
                               "of its own, or one line with all roles",
                               path, number, holder.name, same->name)};
    }
    tokens.holders_.push_back(std::move(holder));
  }
  if (!wrong.empty()) return wrong_lines(path, wrong);
  if (tokens.holders_.empty()) {
    return Error{Trouble::usage,
                 fmt::format("{}: no token stands in it: {}", path, kLine)};
  }
  return tokens;
}

std::string ServeTokens::not_in(const ServeTokens& others) const {
  std::string names;
  for (const Holder& holder : holders_) {
    const auto found =
        std::find(others.holders_.begin(), others.holders_.end(), holder);
    if (found != others.holders_.end()) continue;
    names += (names.empty() ? "" : ", ") + holder.name;
  }
  return names;
}

Caller ServeTokens::caller_of(std::string_view token) const {
  if (token.empty() || token.size() > kTokenBytesMax) return {};
  const Digest digest = sha256(token);
  const Holder* found = nullptr;
  for (const Holder& holder : holders_) {
    const bool same =
        CRYPTO_memcmp(holder.digest.data(), digest.data(), digest.size()) == 0;
    found = same ? &holder : found;
  }
  return found ? Caller{found->name, found->roles} : Caller{};
}

}  // namespace simwarden
