// SPDX-License-Identifier: Apache-2.0
#include "audit/checkpoint.h"

#include <algorithm>
#include <memory>
#include <string_view>

#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audit/files.h"
#include "audit/flat_json.h"
#include "audit/verdict_check.h"
#include "diag/check.h"
#include "diag/hex.h"
#include "diag/trouble.h"
#include "store/database.h"
#include "store/links.h"
#include "store/migrations.h"

namespace simwarden {
namespace {

using Key = std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)>;
using Bio = std::unique_ptr<BIO, int (*)(BIO*)>;
using Context = std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)>;

constexpr std::string_view kFormat = "simwarden-checkpoint-1";
// A key or a checkpoint is a few hundred bytes.
constexpr size_t kFileBytesMax = 16 << 10;
constexpr size_t kSignatureBytes = 64;  // RFC 8032, 5.1.6

Bio reading(const std::string& bytes) {
  Bio bio(BIO_new_mem_buf(bytes.data(), int(bytes.size())), BIO_free);
  CHECK(bio != nullptr, "a little memory");
  return bio;
}

bool is_ed25519(const Key& key) {
  return key && EVP_PKEY_id(key.get()) == EVP_PKEY_ED25519;
}

// Never asks a person for a passphrase.
int no_passphrase(char*, int, int, void*) {
  return 0;
}

Result<Key> read_private_key(const std::string& path) {
  struct stat about {};
  if (::stat(path.c_str(), &about) == 0 && (about.st_mode & 077) != 0) {
    return trouble_with(path,
                        fmt::format("others may read the signing key (mode "
                                    "{:04o}); chmod 600 it",
                                    unsigned(about.st_mode & 0777)));
  }
  if (::access(path.c_str(), F_OK) != 0) {
    return trouble_with(path,
                        "no such key; `simwarden audit checkpoint --new-key` "
                        "makes one");
  }
  const auto pem = read_file(path, kFileBytesMax);
  if (!pem) return pem.error();
  Key key(PEM_read_bio_PrivateKey(reading(*pem).get(), nullptr, no_passphrase,
                                  nullptr),
          EVP_PKEY_free);
  if (!is_ed25519(key)) {
    return trouble_with(path, "is not a private Ed25519 key in PEM");
  }
  return key;
}

Result<Key> read_public_key(const std::string& path) {
  const auto pem = read_file(path, kFileBytesMax);
  if (!pem) return pem.error();
  Key key(
      PEM_read_bio_PUBKEY(reading(*pem).get(), nullptr, no_passphrase, nullptr),
      EVP_PKEY_free);
  if (!is_ed25519(key)) {
    return trouble_with(path, "is not a public Ed25519 key in PEM");
  }
  return key;
}

std::string bytes_in(const Bio& bio) {
  char* data = nullptr;
  const auto size = BIO_get_mem_data(bio.get(), &data);
  return {data, size_t(size)};
}

std::string public_pem(const Key& key) {
  const Bio bio(BIO_new(BIO_s_mem()), BIO_free);
  CHECK(bio != nullptr && PEM_write_bio_PUBKEY(bio.get(), key.get()) == 1,
        "a key that OpenSSL has read can be written");
  return bytes_in(bio);
}

std::string private_pem(const Key& key) {
  const Bio bio(BIO_new(BIO_s_mem()), BIO_free);
  CHECK(bio != nullptr &&
            PEM_write_bio_PKCS8PrivateKey(bio.get(), key.get(), nullptr,
                                          nullptr, 0, nullptr, nullptr) == 1,
        "a key that OpenSSL has made can be written");
  return bytes_in(bio);
}

std::string sign(const Key& key, std::string_view text) {
  const Context context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  std::string signature(kSignatureBytes, '\0');
  size_t size = signature.size();
  const bool done =
      context &&
      EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) ==
          1 &&
      EVP_DigestSign(context.get(),
                     reinterpret_cast<unsigned char*>(signature.data()), &size,
                     reinterpret_cast<const unsigned char*>(text.data()),
                     text.size()) == 1;
  CHECK(done && size == kSignatureBytes, "Ed25519 is in every OpenSSL 3");
  return signature;
}

bool is_signed(const Key& key, std::string_view text,
               const std::string& signature) {
  const Context context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  return context &&
         EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr,
                              key.get()) == 1 &&
         EVP_DigestVerify(
             context.get(),
             reinterpret_cast<const unsigned char*>(signature.data()),
             signature.size(),
             reinterpret_cast<const unsigned char*>(text.data()),
             text.size()) == 1;
}

Checkpoint parse(std::string_view text) {
  return {.blocks = uint64_t(flat_number(text, "blocks")),
          .errors = uint64_t(flat_number(text, "errors")),
          .head = std::string(flat_value(text, "head")),
          .links = uint64_t(flat_number(text, "links")),
          .time = std::string(flat_value(text, "time")),
          .verdicts = uint64_t(flat_number(text, "verdicts"))};
}

// SHA-256 as links write it. A head that somebody wrote is never signed.
bool is_hash(std::string_view text) {
  return text.size() == 64 &&
         std::all_of(text.begin(), text.end(), is_hex_digit);
}

}  // namespace

std::string text_of(const Checkpoint& c) {
  return fmt::format(
      R"({{"blocks":{},"errors":{},"format":"{}","head":"{}","links":{},)"
      R"("time":"{}","verdicts":{}}})"
      "\n",
      c.blocks, c.errors, kFormat, c.head, c.links, c.time, c.verdicts);
}

Result<Checkpoint> checkpoint_of(const std::string& path) {
  auto database = Database::open(path, Access::read);
  if (!database) return database.error();
  if (Status ours = check_version(**database); !ours) return ours.error();
  auto statement = (*database)->prepare(
      "SELECT (SELECT count(*) FROM block), "
      "(SELECT coalesce(sum(errors), 0) FROM block), "
      "(SELECT coalesce(sum(verdicts), 0) FROM block), link_id, hash, "
      "strftime('%Y-%m-%dT%H:%M:%SZ', 'now') "
      "FROM chain_link ORDER BY link_id DESC LIMIT 1");
  if (!statement) return statement.error();
  const Result<bool> row = (*statement)->step();
  if (!row) return row.error();
  if (!*row) return no_chain(path);
  const Statement& at = **statement;
  if (!is_hash(at.text(4))) {
    return not_as_written(path, "the hash of the last link is none");
  }
  return Checkpoint{.blocks = uint64_t(at.integer(0)),
                    .errors = uint64_t(at.integer(1)),
                    .head = std::string(at.text(4)),
                    .links = uint64_t(at.integer(3)),
                    .time = std::string(at.text(5)),
                    .verdicts = uint64_t(at.integer(2))};
}

Status make_signing_key(const std::string& path) {
  const Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), EVP_PKEY_free);
  CHECK(key != nullptr, "Ed25519 is in every OpenSSL 3");
  Status made = write_new_file(path, private_pem(key), 0600);
  return made ? write_new_file(path + ".pub", public_pem(key), 0644) : made;
}

Result<std::string> public_key_of(const std::string& key_path) {
  const auto key = read_private_key(key_path);
  if (!key) return key.error();
  return public_pem(*key);
}

Status write_checkpoint(const Checkpoint& checkpoint, const std::string& path,
                        const std::string& key_path) {
  const auto key = read_private_key(key_path);
  if (!key) return key.error();
  Status written = write_new_file(path, text_of(checkpoint), 0644);
  return written ? sign_file(path, key_path) : written;
}

Status sign_file(const std::string& path, const std::string& key_path) {
  const auto key = read_private_key(key_path);
  if (!key) return key.error();
  const auto text = read_file(path, kFileBytesMax);
  if (!text) return text.error();
  return write_new_file(path + ".sig", sign(*key, *text), 0644);
}

Result<SignedCheckpoint> read_checkpoint(const std::string& path,
                                         const std::string& public_key_path) {
  const auto key = read_public_key(public_key_path);
  if (!key) return key.error();
  const auto text = read_file(path, kFileBytesMax);
  if (!text) return text.error();
  const auto signature = read_file(path + ".sig", kFileBytesMax);
  if (!signature) return signature.error();
  SignedCheckpoint read{.checkpoint = parse(*text)};
  read.signed_by_key = is_signed(*key, *text, *signature);
  // Signed bytes that we would not write are another program's.
  if (read.signed_by_key && text_of(read.checkpoint) != *text) {
    return trouble_with(path, "is not a checkpoint of simwarden");
  }
  return read;
}

}  // namespace simwarden
