// SPDX-License-Identifier: Apache-2.0
#include "store/store_key.h"

#include <filesystem>

#include <boost/test/unit_test.hpp>

#include "scratch_store.h"

using namespace simwarden;

namespace {

struct KeptStore : ScratchFolder {
  KeptStore() { must(open_store(*this)->begin_run(demo_run())); }

  std::string key_id() const {
    return ask(db(), "SELECT key_id FROM run ORDER BY run_id DESC", 1)[0];
  }
  // What is wrong with this key for the store; empty: nothing.
  std::string refused(const std::string& key_path) const {
    const auto opened = VerdictStore::open(db(), {.site_key_path = key_path});
    if (opened) return {};
    BOOST_TEST((opened.error().trouble == Trouble::environment));
    return opened.error().what;
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE(a_lost_key_is_told_and_none_is_made_in_its_place) {
  const KeptStore store;
  const std::string key = store.options().site_key_path;
  BOOST_TEST(store.refused(key).empty());
  std::filesystem::rename(key, key + ".away");
  const std::string why = store.refused(key);
  BOOST_TEST(why.starts_with(key + ": is not there, and " + store.db()), why);
  BOOST_TEST(why.find("site key " + store.key_id() + ":") != why.npos, why);
  BOOST_TEST(!std::filesystem::exists(key));
  std::filesystem::rename(key + ".away", key);
  BOOST_TEST(store.refused(key).empty());
}

BOOST_AUTO_TEST_CASE(another_key_is_refused_unless_it_is_meant) {
  const KeptStore store;
  const std::string other = store / "other.key";
  const std::string id = must(open_site_key(other)).id;
  const std::string why = store.refused(other);
  BOOST_TEST(why.starts_with(other + ": is site key " + id + ","), why);
  {
    const auto opened = must(VerdictStore::open(
        store.db(), {.site_key_path = other, .key_change = OtherKey::meant}));
    must(opened->begin_run(demo_run()));
  }
  BOOST_TEST(store.key_id() == id);
  // From now on it is the one that was before which is another.
  BOOST_TEST(store.refused(other).empty());
  BOOST_TEST(!store.refused(store.options().site_key_path).empty());
}

BOOST_AUTO_TEST_CASE(a_store_without_runs_takes_any_key) {
  const ScratchFolder folder;
  open_store(folder);
  std::filesystem::remove(folder.options().site_key_path);
  BOOST_TEST(VerdictStore::open(folder.db(), folder.options()).ok());
}
