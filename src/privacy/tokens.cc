// SPDX-License-Identifier: Apache-2.0
#include "privacy/tokens.h"

#include <cerrno>
#include <optional>
#include <span>

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include "diag/check.h"
#include "diag/hex.h"
#include "diag/trouble.h"
#include "privacy/sha256.h"

// A new key is written to a file of its own, synced, and then linked to its
// name: link() fails when the name exists, so that two programs that start at
// the same time end up with the same key, and no reader ever sees half a key.

namespace simwarden {
namespace {

constexpr size_t kKeyDigits = 64;
constexpr size_t kTokenBytes = 16;  // 128 bits: no two numbers meet by chance

class File {
 public:
  File(const std::string& path, int flags, mode_t mode = 0)
      : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  File(File&&) = delete;
  File& operator=(File&&) = delete;

  bool is_open() const { return descriptor_ >= 0; }
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

std::string hex(std::span<const uint8_t> bytes) {
  std::string out;
  append_hex(out, bytes);
  return out;
}

SiteKey key_of(const std::array<uint8_t, 32>& bytes) {
  const Digest digest =
      sha256({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  return {hex(std::span(digest).first(4)), bytes};
}

std::optional<SiteKey> parse_key(std::string_view text) {
  if (text.size() == kKeyDigits + 1 && text.back() == '\n') {
    text.remove_suffix(1);
  }
  if (text.size() != kKeyDigits) return std::nullopt;
  std::array<uint8_t, 32> bytes{};
  for (size_t i = 0; i < bytes.size(); ++i) {
    const int high = hex_digit(text[2 * i]);
    const int low = hex_digit(text[2 * i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes[i] = uint8_t(high << 4 | low);
  }
  return key_of(bytes);
}

Status check_privacy(const std::string& path, int descriptor) {
  struct stat about {};
  if (::fstat(descriptor, &about) != 0) {
    return system_trouble(path, "cannot be examined");
  }
  if (!S_ISREG(about.st_mode)) return trouble_with(path, "is not a plain file");
  if ((about.st_mode & 077) != 0) {
    return trouble_with(
        path, fmt::format("others may read the site key (mode {:04o}); it has "
                          "to be private: chmod 600, or make a new key if "
                          "somebody may have seen it",
                          about.st_mode & 07777));
  }
  // Root may read any user's key; any other user only their own or root's.
  const uid_t user = ::geteuid();
  if (user != 0 && about.st_uid != user && about.st_uid != 0) {
    return trouble_with(path, "the site key belongs to another user");
  }
  return Done{};
}

Result<SiteKey> read_key(const std::string& path, const File& file) {
  Status is_private = check_privacy(path, file.descriptor());
  if (!is_private) return is_private.error();
  // Two bytes more than a key has, to tell a longer file.
  std::array<char, kKeyDigits + 2> buffer{};
  size_t size = 0;
  while (size < buffer.size()) {
    const ssize_t got =
        ::read(file.descriptor(), buffer.data() + size, buffer.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_trouble(path, "cannot be read");
    if (got == 0) break;
    size += size_t(got);
  }
  const std::optional<SiteKey> key = parse_key({buffer.data(), size});
  OPENSSL_cleanse(buffer.data(), buffer.size());
  if (!key) {
    return trouble_with(
        path,
        "is not a site key: it must hold 64 hex digits and a line "
        "break");
  }
  return *key;
}

Status write_new(const std::string& path, const std::string& text) {
  const File file(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
  if (!file.is_open()) return system_trouble(path, "cannot be made");
  size_t written = 0;
  while (written < text.size()) {
    const ssize_t put = ::write(file.descriptor(), text.data() + written,
                                text.size() - written);
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return system_trouble(path, "cannot be written");
    written += size_t(put);
  }
  if (::fsync(file.descriptor()) != 0) {
    return system_trouble(path, "cannot be written");
  }
  return Done{};
}

void sync_folder_of(const std::string& path) {
  const size_t slash = path.rfind('/');
  const std::string folder =
      slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const File file(folder, O_RDONLY | O_DIRECTORY);
  // Some file systems cannot sync a folder; the key itself is safe already.
  if (file.is_open()) (void)::fsync(file.descriptor());
}

Status make_key(const std::string& path) {
  std::array<uint8_t, 32> bytes{};
  if (RAND_bytes(bytes.data(), int(bytes.size())) != 1) {
    return trouble_with(path, "no random bytes for a new site key");
  }
  const std::string draft = fmt::format("{}.new.{}", path, ::getpid());
  (void)::unlink(draft.c_str());  // of a process that had our number and died
  Status written = write_new(draft, hex(bytes) + "\n");
  OPENSSL_cleanse(bytes.data(), bytes.size());
  if (!written) {
    (void)::unlink(draft.c_str());
    return written.error();
  }
  const bool linked = ::link(draft.c_str(), path.c_str()) == 0;
  const int link_errno = errno;
  (void)::unlink(draft.c_str());
  if (!linked && link_errno != EEXIST) {
    return system_trouble(path, "cannot be made", link_errno);
  }
  sync_folder_of(path);
  return Done{};
}

}  // namespace

Result<SiteKey> open_site_key(const std::string& path) {
  // O_NONBLOCK: a pipe put in the key's place must not hang the program.
  constexpr int kFlags = O_RDONLY | O_NONBLOCK;
  {
    const File file(path, kFlags);
    if (file.is_open()) return read_key(path, file);
    if (errno != ENOENT) return system_trouble(path, "cannot be read");
  }
  Status made = make_key(path);
  if (!made) return made.error();
  const File file(path, kFlags);
  if (!file.is_open()) return system_trouble(path, "cannot be read");
  return read_key(path, file);
}

std::string token(const SiteKey& key, std::string_view value) {
  if (value.empty()) return {};
  std::array<uint8_t, EVP_MAX_MD_SIZE> mac{};
  unsigned int size = 0;
  const uint8_t* done =
      HMAC(EVP_sha256(), key.bytes.data(), int(key.bytes.size()),
           reinterpret_cast<const uint8_t*>(value.data()), value.size(),
           mac.data(), &size);
  CHECK(done != nullptr && size >= kTokenBytes,
        "HMAC-SHA-256 is part of every OpenSSL");
  return "t1:" + key.id + ":" + hex(std::span(mac).first(kTokenBytes));
}

struct TokenMaker::Mac {
  EVP_MAC* kind = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  EVP_MAC_CTX* context = EVP_MAC_CTX_new(kind);
  Mac() = default;
  ~Mac() {
    EVP_MAC_CTX_free(context);
    EVP_MAC_free(kind);
  }
  Mac(const Mac&) = delete;
  Mac& operator=(const Mac&) = delete;
};

TokenMaker::TokenMaker(const SiteKey& key)
    : mac_(std::make_unique<Mac>()), token_("t1:" + key.id + ":") {
  prefix_ = token_.size();
  CHECK(mac_->context != nullptr, "HMAC is part of every OpenSSL");
  std::array<char, 7> digest = {"SHA256"};
  const OSSL_PARAM params[] = {
      OSSL_PARAM_construct_utf8_string("digest", digest.data(), 0),
      OSSL_PARAM_construct_end()};
  const int ready =
      EVP_MAC_init(mac_->context, key.bytes.data(), key.bytes.size(), params);
  CHECK(ready == 1, "SHA-256 is part of every OpenSSL");
}

TokenMaker::~TokenMaker() = default;

std::string_view TokenMaker::of(std::string_view value) {
  if (value.empty()) return {};
  std::array<uint8_t, EVP_MAX_MD_SIZE> mac{};
  size_t size = 0;
  // Without a key: begins again under the one that is set.
  const bool done =
      EVP_MAC_init(mac_->context, nullptr, 0, nullptr) == 1 &&
      EVP_MAC_update(mac_->context,
                     reinterpret_cast<const uint8_t*>(value.data()),
                     value.size()) == 1 &&
      EVP_MAC_final(mac_->context, mac.data(), &size, mac.size()) == 1;
  CHECK(done && size >= kTokenBytes, "HMAC-SHA-256 is part of every OpenSSL");
  token_.resize(prefix_);
  append_hex(token_, std::span(mac).first(kTokenBytes));
  return token_;
}

}  // namespace simwarden
