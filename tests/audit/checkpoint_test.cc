// SPDX-License-Identifier: Apache-2.0
#include "audit/checkpoint.h"

#include <fstream>

#include <sys/stat.h>

#include "audit/evidence.h"

using namespace simwarden;

namespace {

Checkpoint demo() {
  return {.blocks = 3,
          .errors = 1,
          .head = std::string(64, 'a'),
          .links = 9,
          .time = "2026-03-02T10:00:00Z",
          .verdicts = 12};
}

void change_byte(const std::string& path, std::streamoff at) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(at);
  const auto byte = char(file.get() ^ 1);
  file.seekp(at);
  file.put(byte);
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_checkpoint_reads_back_with_the_right_key_only) {
  const ScratchFolder folder;
  const std::string key = folder / "audit.key";
  must(make_signing_key(key));
  must(make_signing_key(folder / "other.key"));
  must(write_checkpoint(demo(), folder / "c.json", key));
  const auto read = must(read_checkpoint(folder / "c.json", key + ".pub"));
  BOOST_TEST(read.signed_by_key);
  BOOST_TEST(text_of(read.checkpoint) == text_of(demo()));
  BOOST_TEST(!must(read_checkpoint(folder / "c.json", folder / "other.key.pub"))
                  .signed_by_key);
}

BOOST_AUTO_TEST_CASE(every_changed_byte_breaks_the_signature) {
  const ScratchFolder folder;
  const std::string key = folder / "audit.key";
  must(make_signing_key(key));
  must(write_checkpoint(demo(), folder / "c.json", key));
  const auto size = std::filesystem::file_size(folder / "c.json");
  for (std::streamoff at = 0; at < std::streamoff(size); ++at) {
    change_byte(folder / "c.json", at);
    BOOST_TEST(
        !must(read_checkpoint(folder / "c.json", key + ".pub")).signed_by_key);
    change_byte(folder / "c.json", at);
  }
  change_byte(folder / "c.json.sig", 10);
  BOOST_TEST(
      !must(read_checkpoint(folder / "c.json", key + ".pub")).signed_by_key);
}

BOOST_AUTO_TEST_CASE(a_key_is_private_and_never_overwritten) {
  const ScratchFolder folder;
  const std::string key = folder / "audit.key";
  must(make_signing_key(key));
  struct stat about {};
  ::stat(key.c_str(), &about);
  BOOST_TEST((about.st_mode & 0777) == 0600u);
  BOOST_TEST(!make_signing_key(key).ok());
  ::chmod(key.c_str(), 0644);
  const auto refused = public_key_of(key);
  BOOST_TEST_REQUIRE(!refused.ok());
  BOOST_TEST(refused.error().what.find("chmod 600") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_no_key_is_refused_by_name) {
  const ScratchFolder folder;
  std::ofstream(folder / "text") << "hello";
  ::chmod((folder / "text").c_str(), 0600);
  BOOST_TEST(!public_key_of(folder / "text").ok());
  BOOST_TEST(!public_key_of(folder / "absent").ok());
  BOOST_TEST(!read_checkpoint(folder / "absent", folder / "text").ok());
}
