// SPDX-License-Identifier: Apache-2.0
#include "policy/condition.h"

#include <boost/test/unit_test.hpp>

#include "policy/sample.h"

namespace simwarden {
namespace {

struct Rendered {
  std::string text;
  std::vector<size_t> offsets;
  Issues issues;
  std::string yaml;
};

Rendered rendered(const std::string& yaml) {
  static const cel::Environment kFacts = sample::request_facts();
  Rendered made;
  made.yaml = "flag:" + yaml;
  const SourceText file("c.yaml", made.yaml);
  const auto root = parse_yaml(file, made.issues);
  if (!root) return made;
  YamlReader reader(file, made.issues);
  auto text = render_condition(reader, *root->find("flag"), kFacts);
  if (!text) return made;
  made.text = std::move(text->text);
  made.offsets = std::move(text->offsets);
  return made;
}

struct RenderCase {
  const char* yaml;
  const char* cel;
};

BOOST_AUTO_TEST_CASE(blocks_and_matchers_become_cel) {
  const std::vector<RenderCase> cases = {
      {" request.verified", "request.verified"},
      {" {request.reason: lost}", "request.reason == \"lost\""},
      {" {request.reason: [lost, stolen]}",
       "request.reason in [\"lost\", \"stolen\"]"},
      {" {request.verified: true}", "request.verified == true"},
      {" {request.counter.swaps: 3}", "request.counter.swaps == 3"},
      {" {request.fee.amount: 3}", "request.fee.amount == 3.0"},
      {" {request.fee.amount: [3, 2.50]}", "request.fee.amount in [3.0, 2.5]"},
      {" {request.fee.amount|gt: 10}", "request.fee.amount > 10.0"},
      {" {request.counter.swaps|ge: 1}", "request.counter.swaps >= 1"},
      {" {request.counter.swaps|lt: -1}", "request.counter.swaps < -1"},
      {" {request.counter.swaps|le: 0x10}", "request.counter.swaps <= 16"},
      {" {request.created_at|gt: '2026-01-01T00:00:00Z'}",
       "request.created_at > timestamp(\"2026-01-01T00:00:00Z\")"},
      {" {request.channel.id|contains: DL}",
       "request.channel.id.contains(\"DL\")"},
      {" {request.channel.id|starts_with: [A, B]}",
       "(request.channel.id.startsWith(\"A\")) || "
       "(request.channel.id.startsWith(\"B\"))"},
      {" {request.channel.id|ends_with: '5'}",
       "request.channel.id.endsWith(\"5\")"},
      {" {request.channel.id|matches: '^a\\d\"$'}",
       "request.channel.id.matches(\"^a\\\\d\\\"$\")"},
      {" {request.tags: vip}", "\"vip\" in request.tags"},
      {" {request.tags|contains: [a, b]}",
       "(\"a\" in request.tags) || (\"b\" in request.tags)"},
      {"\n  request.reason: lost\n  request.verified: false",
       "(request.reason == \"lost\") && (request.verified == false)"},
      {"\n  all_of: [request.verified, request.fee.amount > 1.0]",
       "(request.verified) && (request.fee.amount > 1.0)"},
      {"\n  any_of: [request.verified, {request.reason: lost}]",
       "(request.verified) || (request.reason == \"lost\")"},
      {"\n  none_of: [request.verified]", "!(request.verified)"},
      {"\n  none_of: [request.verified, request.fee.amount > 1.0]",
       "!((request.verified) || (request.fee.amount > 1.0))"},
      {"\n  all_of:\n    - any_of: [request.verified]\n    - request.reason: "
       "lost",
       "(request.verified) && (request.reason == \"lost\")"},
      {"\n  any_of:\n    - 'request.verified // comment'\n    - "
       "request.verified",
       "(request.verified // comment\n) || (request.verified)"},
      {"\n  at_least: {n: 1, of: [request.verified, request.fee.amount > "
       "1.0]}",
       "(request.verified) || (request.fee.amount > 1.0)"},
      {"\n  at_least: {n: 2, of: [request.verified, request.fee.amount > "
       "1.0]}",
       "(request.verified) && (request.fee.amount > 1.0)"},
      {"\n  at_least: {n: 2, of: [request.verified, request.fee.amount > 1.0, "
       "request.fee.amount > 2.0]}",
       "((request.verified) && ((request.fee.amount > 1.0) || "
       "(request.fee.amount > 2.0))) || ((request.fee.amount > 1.0) && "
       "(request.fee.amount > 2.0))"},
  };
  for (const RenderCase& row : cases) {
    BOOST_TEST_CONTEXT(row.yaml) {
      const Rendered made = rendered(row.yaml);
      BOOST_TEST(made.text == row.cel, render(made.issues));
      BOOST_TEST(made.text == row.cel);
      BOOST_TEST(made.offsets.size() == made.text.size() + 1);
      for (const size_t offset : made.offsets) {
        BOOST_TEST(offset <= made.yaml.size());
      }
    }
  }
}

// Every name in the CEL text stands in the file where its offsets say.
BOOST_AUTO_TEST_CASE(rendered_names_point_at_the_file) {
  const Rendered made = rendered(
      "\n  at_least:\n    n: 2\n    of:\n      - request.verified\n      - "
      "request.reason: [lost, stolen]\n      - >-\n        request.fee.amount\n"
      "        > 3.0\n");
  BOOST_TEST_REQUIRE(!made.text.empty(), render(made.issues));
  for (const std::string name :
       {"request.verified", "request.reason", "request.fee.amount", "stolen"}) {
    size_t at = made.text.find(name);
    BOOST_TEST_REQUIRE(at != std::string::npos, name);
    for (; at != std::string::npos; at = made.text.find(name, at + 1)) {
      BOOST_TEST(made.yaml.substr(made.offsets[at], name.size()) == name);
    }
  }
}

// Facts of the test below: a, b, c, d by slot; missing where it says so.
class Four final : public cel::Activation {
 public:
  explicit Four(size_t code) : code_(code) {}
  cel::Value fact(uint32_t slot, cel::Scratch& scratch) override {
    const size_t digit = state(slot);
    if (digit == 2) return scratch.make_missing(slot, 0);
    return cel::Value::of_bool(digit == 1);
  }
  size_t state(uint32_t slot) const {
    size_t code = code_;
    for (uint32_t i = 0; i < slot; ++i) code /= 3;
    return code % 3;
  }

 private:
  size_t code_;
};

// Of all 81 ways in which four facts are true, false or missing: at_least is
// true when enough are, false when not enough can be, missing otherwise.
BOOST_AUTO_TEST_CASE(at_least_absorbs_what_is_missing) {
  cel::Environment facts;
  for (uint32_t i = 0; i < 4; ++i) {
    facts.add(
        cel::Variable{std::string("t.") + "abcd" [i], cel::bool_type(), i, {}});
  }
  for (size_t n = 1; n <= 4; ++n) {
    const SourceText file("c.yaml", "at_least: {n: " + std::to_string(n) +
                                        ", of: [t.a, t.b, t.c, t.d]}");
    Issues issues;
    const auto root = parse_yaml(file, issues);
    YamlReader reader(file, issues);
    const auto condition = read_condition(reader, *root, facts);
    BOOST_TEST_REQUIRE(condition.has_value(), render(issues));
    for (size_t code = 0; code < 81; ++code) {
      Four four(code);
      size_t sure = 0, possible = 0;
      for (uint32_t slot = 0; slot < 4; ++slot) {
        sure += four.state(slot) == 1;
        possible += four.state(slot) != 0;
      }
      cel::Scratch scratch;
      const cel::Value value = condition->program->evaluate(four, scratch);
      BOOST_TEST(value.is_true() == (sure >= n));
      BOOST_TEST(value.is_false() == (possible < n));
      BOOST_TEST(value.is(cel::Tag::missing) == (sure < n && possible >= n));
    }
  }
}

}  // namespace
}  // namespace simwarden
