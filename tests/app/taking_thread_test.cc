// SPDX-License-Identifier: Apache-2.0
#include "app/taking_thread.h"

#include <algorithm>
#include <chrono>
#include <latch>
#include <new>
#include <thread>

#include <boost/test/unit_test.hpp>

using namespace simwarden;

namespace {

std::shared_ptr<Judged> judged(uint64_t number) {
  auto made = std::make_shared<Judged>();
  made->seen = number;
  return made;
}

}  // namespace

BOOST_AUTO_TEST_CASE(everything_is_taken_in_once_and_in_order) {
  std::vector<uint64_t> taken;
  TakingThread taking([&taken](const JudgedChunks& chunks) {
    for (const auto& chunk : chunks) taken.push_back(chunk->seen);
    return true;
  });
  std::vector<uint64_t> put;
  for (uint64_t i = 0; i < 1000; ++i) {
    put.push_back(i);
    BOOST_TEST_REQUIRE(taking.put(judged(i)));
  }
  taking.finish();
  BOOST_TEST(taken == put, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_became_ready_meanwhile_is_taken_in_at_once) {
  std::latch begun(1);
  std::latch ready(1);
  std::vector<size_t> sizes;
  TakingThread taking([&](const JudgedChunks& chunks) {
    sizes.push_back(chunks.size());
    if (sizes.size() > 1) return true;
    begun.count_down();
    ready.wait();
    return true;
  });
  taking.put(judged(0));
  begun.wait();
  for (uint64_t i = 1; i <= 3; ++i) taking.put(judged(i));
  ready.count_down();
  taking.finish();
  BOOST_TEST(sizes == std::vector<size_t>({1, 3}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_large_waits_alone) {
  std::latch taken(1);
  std::latch begun(1);
  std::vector<size_t> sizes;
  TakingThread taking([&](const JudgedChunks& chunks) {
    sizes.push_back(chunks.size());
    if (sizes.size() > 1) return true;
    taken.count_down();
    begun.wait();
    return true;
  });
  const auto large = [] {
    auto made = judged(0);
    made->text.reserve(size_t{40} << 20);
    return made;
  };
  taking.put(judged(0));
  taken.wait();
  std::jthread others([&] {
    for (int i = 0; i < 4; ++i) taking.put(large());
  });
  // Long enough for all four, if nothing held them back.
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  begun.count_down();
  others.join();
  taking.finish();
  BOOST_TEST(*std::max_element(sizes.begin(), sizes.end()) == 1u);
}

BOOST_AUTO_TEST_CASE(nothing_is_taken_in_after_a_no) {
  size_t calls = 0;
  TakingThread taking([&calls](const JudgedChunks&) {
    ++calls;
    return false;
  });
  size_t put = 0;
  while (put < 1000 && taking.put(judged(put))) ++put;
  // At most those that waited while the first was taken in.
  BOOST_TEST(put < 1000u);
  taking.finish();
  BOOST_TEST(!taking.put(judged(0)));
  BOOST_TEST(calls == 1u);
}

BOOST_AUTO_TEST_CASE(what_is_thrown_is_a_no_and_thrown_on_at_the_end) {
  TakingThread taking(
      [](const JudgedChunks&) -> bool { throw std::bad_alloc(); });
  size_t put = 0;
  while (put < 1000 && taking.put(judged(put))) ++put;
  BOOST_TEST(put < 1000u);
  BOOST_CHECK_THROW(taking.finish(), std::bad_alloc);
}
