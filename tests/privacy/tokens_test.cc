// SPDX-License-Identifier: Apache-2.0
#include "privacy/tokens.h"

#include <filesystem>
#include <fstream>

#include <boost/test/unit_test.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include "files.h"
#include "privacy/sha256.h"

using namespace simwarden;

namespace {

void write(const std::string& path, std::string_view text, mode_t mode) {
  std::ofstream(path) << text;
  ::chmod(path.c_str(), mode);
}

SiteKey key_of_zeros() {
  SiteKey key;
  key.id = "00000000";
  key.bytes.fill(0x0b);
  return key;
}

std::string line_of(size_t digits, std::string_view end = "\n") {
  std::string line(digits, 'a');
  line += end;
  return line;
}

}  // namespace

BOOST_AUTO_TEST_CASE(digests_are_those_of_the_standard) {
  BOOST_TEST(
      sha256_hex("") ==
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  BOOST_TEST(
      sha256_hex("abc") ==
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

// The vector was worked out with `openssl dgst -mac hmac`.
BOOST_AUTO_TEST_CASE(a_token_is_the_keyed_digest_of_the_value) {
  const SiteKey key = key_of_zeros();
  BOOST_TEST(token(key, "Hi There") ==
             "t1:00000000:198a607eb44bfbc69903a0f1cf2bbdc5");
  BOOST_TEST(token(key, "") == "");
  BOOST_TEST(token(key, "+15555550101") != token(key, "+15555550102"));
  SiteKey other = key;
  other.bytes[31] ^= 1;
  BOOST_TEST(token(key, "+15555550101") != token(other, "+15555550101"));
}

BOOST_AUTO_TEST_CASE(a_missing_key_is_made_once_and_private) {
  const TestFolder folder;
  const std::string path = folder / "site.key";
  const Result<SiteKey> first = open_site_key(path);
  BOOST_TEST_REQUIRE(first.ok());
  struct stat about {};
  BOOST_TEST_REQUIRE(::stat(path.c_str(), &about) == 0);
  BOOST_TEST((about.st_mode & 07777) == 0600u);
  BOOST_TEST(about.st_size == 65);
  const Result<SiteKey> second = open_site_key(path);
  BOOST_TEST_REQUIRE(second.ok());
  BOOST_TEST(second->bytes == first->bytes);
  BOOST_TEST(second->id == first->id);
  const std::string_view bytes(
      reinterpret_cast<const char*>(first->bytes.data()), 32);
  BOOST_TEST(first->id == sha256_hex(bytes).substr(0, 8));
  const Result<SiteKey> other = open_site_key(folder / "other.key");
  BOOST_TEST_REQUIRE(other.ok());
  BOOST_TEST(other->bytes != first->bytes);
  // No draft is left behind.
  size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    files += entry.is_regular_file();
  }
  BOOST_TEST(files == 2u);
}

BOOST_AUTO_TEST_CASE(a_key_that_cannot_be_trusted_is_refused_by_name) {
  const TestFolder folder;
  struct Row {
    const char* name;
    std::string text;
    mode_t mode;
    const char* error;  // part of the message; "" when it is accepted
  };
  const Row rows[] = {
      {"good", line_of(64), 0600, ""},
      {"bare", line_of(64, ""), 0400, ""},
      {"upper", line_of(63, "A\n"), 0600, ""},
      {"group", line_of(64), 0640, "mode 0640"},
      {"world", line_of(64), 0604, "others may read"},
      {"empty", "", 0600, "64 hex digits"},
      {"short", line_of(63), 0600, "64 hex digits"},
      {"long", line_of(65), 0600, "64 hex digits"},
      {"lines", line_of(64, "\n\n"), 0600, "64 hex digits"},
      {"letter", line_of(63, "g\n"), 0600, "64 hex digits"},
  };
  for (const Row& row : rows) {
    const std::string path = folder / row.name;
    write(path, row.text, row.mode);
    const Result<SiteKey> key = open_site_key(path);
    BOOST_TEST_CONTEXT(row.name) {
      BOOST_TEST(key.ok() == (*row.error == '\0'));
      if (key.ok()) continue;
      BOOST_TEST(key.error().what.find(path + ": ") == 0u);
      BOOST_TEST(key.error().what.find(row.error) != std::string::npos,
                 key.error().what);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_key_path_that_is_no_file_is_refused) {
  const TestFolder folder;
  const Result<SiteKey> missing = open_site_key(folder / "no/such/key");
  BOOST_TEST_REQUIRE(!missing.ok());
  BOOST_TEST(missing.error().what.find("No such file") != std::string::npos);
  BOOST_TEST((missing.error().trouble == Trouble::environment));
  ::chmod(folder.path().c_str(), 0700);
  const Result<SiteKey> directory = open_site_key(folder.path());
  BOOST_TEST_REQUIRE(!directory.ok());
  BOOST_TEST(directory.error().what.find("not a plain file") !=
             std::string::npos);
  const std::string pipe = folder / "pipe";
  BOOST_TEST_REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  BOOST_TEST(!open_site_key(pipe).ok());
}
