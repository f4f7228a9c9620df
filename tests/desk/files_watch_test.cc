// SPDX-License-Identifier: Apache-2.0
#include "desk/files_watch.h"

#include <filesystem>

#include <boost/test/unit_test.hpp>

#include "files.h"

namespace simwarden {
namespace {

namespace fs = std::filesystem;

struct Folder : TestFolder {
  fs::path root = path();
  Folder() {
    write("policies/demo/pack.yaml", "pack: demo\n");
    write("elsewhere/pack.yaml", "pack: elsewhere\n");
    write("elsewhere/lists/words.yaml", "list: words\n");
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE(a_pack_that_is_a_link_is_watched) {
  const Folder folder;
  fs::create_directory_symlink("../elsewhere",
                               folder.root / "policies" / "linked");
  fs::create_symlink("nowhere", folder.root / "policies" / "a_dangling");
  fs::create_directory_symlink(".", folder.root / "policies" / "circle");
  fs::create_directory_symlink("..", folder.root / "policies" / "demo" / "up");
  const FilesWatch watch({(folder.root / "policies").string()});
  for (const char* name : {"policies/demo/pack.yaml", "elsewhere/pack.yaml",
                           "elsewhere/lists/words.yaml"}) {
    const std::string before = watch.look();
    BOOST_TEST(before == watch.look());
    folder.write(name, "changed: in size\n");
    BOOST_TEST(before != watch.look(), name);
  }
}

BOOST_AUTO_TEST_CASE(a_change_is_told_once_it_has_settled) {
  const Folder folder;
  FilesWatch watch({(folder.root / "policies").string()});
  BOOST_TEST(!watch.has_changed());
  folder.write("policies/demo/tests.yaml", "cases: []\n");
  BOOST_TEST(!watch.has_changed());
  BOOST_TEST(watch.has_changed());
  BOOST_TEST(!watch.has_changed());
}

}  // namespace simwarden
