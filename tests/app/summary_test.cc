// SPDX-License-Identifier: Apache-2.0
#include "app/summary.h"

#include <boost/test/unit_test.hpp>

using namespace simwarden;

namespace {

SourceTally source(const std::string& name, Decoding decoding) {
  SourceTally made{.name = name};
  made.decoding = std::move(decoding);
  return made;
}

Decoding detected(int confidence) {
  return {.charset = "windows-1252",
          .how = Decoding::How::detected,
          .confidence = confidence};
}

}  // namespace

BOOST_AUTO_TEST_CASE(sources_that_were_read_alike_are_told_in_one_line) {
  Decoding odd = detected(90);
  odd.broken = 2;
  BOOST_TEST(
      decoding_lines({source("a.csv", detected(90)), source("b.csv", {}),
                      source("c.csv", detected(71)), source("d.csv", odd),
                      source("e.csv", detected(100)),
                      source("f.csv", {.charset = "windows-1252",
                                       .how = Decoding::How::declared})}) ==
      "a.csv and 2 more: read as windows-1252 (detected, confidence 71 "
      "to 100)\n"
      "f.csv: read as windows-1252 (declared)\n"
      "d.csv: read as windows-1252 (detected, confidence 90); means "
      "nothing in it, byte sequences: 2\n");
  BOOST_TEST(decoding_lines({source("b.csv", {})}).empty());
}
