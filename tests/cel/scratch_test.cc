// SPDX-License-Identifier: Apache-2.0
#include "cel/value/scratch.h"

#include <boost/test/unit_test.hpp>

namespace cel {

BOOST_AUTO_TEST_CASE(what_was_taken_for_an_evaluation_is_given_back) {
  Scratch scratch;
  const std::string_view before = scratch.copy("before");
  // Of void: of two char*, Boost.Test would compare what they point to.
  const void* first = nullptr;
  for (int i = 0; i < 3; ++i) {
    const Scratch::Loan loan(scratch);
    const std::string_view taken = scratch.copy("taken");
    const void* place = taken.data();
    if (i > 0) BOOST_TEST(place == first);
    first = place;
  }
  BOOST_TEST(before == "before");
}

BOOST_AUTO_TEST_CASE(what_is_made_for_the_record_outlives_an_evaluation) {
  Scratch scratch;
  std::string_view kept;
  {
    const Scratch::Loan loan(scratch);
    const Scratch::Making lasting(scratch, Scratch::Life::record,
                                  Scratch::Growth::is_free);
    kept = scratch.copy("kept");
  }
  scratch.copy("later");
  BOOST_TEST(kept == "kept");
}

BOOST_AUTO_TEST_CASE(facts_are_no_growth) {
  Scratch scratch;
  {
    const Scratch::Making making(scratch, Scratch::Life::record,
                                 Scratch::Growth::is_free);
    BOOST_TEST(scratch.afford(kGrowthBytesMax + 1));
  }
  BOOST_TEST(scratch.afford(kGrowthBytesMax));
  BOOST_TEST(!scratch.afford(1));
  scratch.begin_evaluation();
  BOOST_TEST(scratch.afford(1));
}

BOOST_AUTO_TEST_CASE(the_memory_of_an_unusual_record_goes_back) {
  Arena arena;
  arena.allocate(100, 1);
  const Arena::Place begin = arena.place();
  arena.allocate(size_t{8} << 20, 1);
  arena.allocate(100, 1);
  arena.allocate(size_t{8} << 20, 1);
  arena.rewind(begin);
  BOOST_TEST(arena.bytes() <= Arena::kKeptBytes);
  for (int i = 0; i < 10'000; ++i) arena.allocate(100, 1);
  arena.rewind({});
  BOOST_TEST(arena.bytes() <= Arena::kKeptBytes);
  BOOST_TEST(arena.bytes() > Arena::kKeptBytes / 2);
}

BOOST_AUTO_TEST_CASE(a_first_wish_beyond_what_is_kept_goes_back_too) {
  Arena arena;
  arena.allocate(size_t{8} << 20, 1);
  arena.rewind({});
  BOOST_TEST(arena.bytes() == 0u);
}

}  // namespace cel
