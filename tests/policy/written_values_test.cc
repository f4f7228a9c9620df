// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include <boost/test/unit_test.hpp>

#include "policy/reason.h"
#include "policy/sample.h"

// Values of a pack are what they say, however they are written.
namespace simwarden {
namespace {

BOOST_AUTO_TEST_CASE(a_number_is_a_number_however_it_is_written) {
  sample::MapFiles files;
  files.put(
      "p/demo/pack.yaml",
      sample::pack("request", sample::rule("A-1", "flag: request.verified"),
                   "parameters:\n  a: {type: int, default: 0x10, doc: x}\n"
                   "  b: {type: int, default: 0o17, doc: x}\n"
                   "  c: {type: int, default: -7, doc: x}\n"));
  const sample::Loaded loaded = sample::load(files, {"p"});
  BOOST_TEST_REQUIRE(loaded.ruleset, render(loaded.issues));
  const std::vector<Parameter>& made = loaded.ruleset->packs[0].parameters;
  for (const auto& [at, value] : {std::pair{0, 16}, {1, 15}, {2, -7}}) {
    BOOST_TEST(std::get<int64_t>(made[size_t(at)].value) == value);
  }
}

BOOST_AUTO_TEST_CASE(a_reason_is_written_as_it_is_read) {
  const std::string reason = "Of {request.reason}, {{not}} {{request.reason}}.";
  std::string other = sample::rule("A-1", "flag: request.verified");
  other.replace(other.find("R."), 2, "'" + reason + "'");
  sample::MapFiles files;
  files.put("p/demo/pack.yaml", sample::pack("request", other));
  const sample::Loaded loaded = sample::load(files, {"p"});
  BOOST_TEST_REQUIRE(loaded.ruleset, render(loaded.issues));
  const Rule& made = loaded.ruleset->packs[0].rules[0];
  BOOST_TEST(written(made.reason.at("en")) == reason);
}

BOOST_AUTO_TEST_CASE(a_score_of_minus_zero_is_zero) {
  std::string none = sample::rule("A-1", "flag: request.verified");
  none.replace(none.find("score: 40"), 9, "score: -0.0");
  sample::MapFiles files;
  files.put("p/demo/pack.yaml", sample::pack("request", none));
  const sample::Loaded loaded = sample::load(files, {"p"});
  BOOST_TEST_REQUIRE(loaded.ruleset, render(loaded.issues));
  BOOST_TEST(!std::signbit(loaded.ruleset->packs[0].rules[0].score));
}

}  // namespace
}  // namespace simwarden
