// SPDX-License-Identifier: Apache-2.0
#include "facts/likened_part.h"

#include <string>
#include <string_view>

#include <boost/test/unit_test.hpp>

#include "likeness/keyed.h"

namespace simwarden {
namespace {

// Sixteen phrases and more, of which the weights know one.
constexpr std::string_view kAdvert =
    "cards sold here for you and all of your old friends, ask demo.example";
constexpr std::string_view kHonest =
    "we went up the hill and had some soup on a warm day with the dog";

// The bytes of the text that its likeness is of.
std::string likened_of(std::string_view text) {
  const PhraseWeights weights =
      weights_of({{"cards sold", 14.0}, {"some soup", -14.0}});
  const Views views = see(text);
  const Followable found = find_followable(views, Registry{}, "");
  const LikenedPart part = likened_part(weights, views.plain, found,
                                        likened_all(weights, views.plain));
  return views.plain.text.substr(part.begin, part.end - part.begin);
}

std::string lines(std::string_view advert, size_t honest) {
  std::string text(advert);
  for (size_t i = 0; i < honest; ++i) text += "\n" + std::string(kHonest);
  return text;
}

BOOST_AUTO_TEST_CASE(an_advert_among_honest_lines_is_likened_by_itself) {
  BOOST_TEST(likened_of(lines(kAdvert, 4)) == kAdvert);
  BOOST_TEST(likened_of(lines(kAdvert, 11)) == kAdvert);
}

BOOST_AUTO_TEST_CASE(lines_of_a_newsletter_are_likened_together) {
  const std::string text = lines(kAdvert, 12);
  BOOST_TEST(likened_of(text).size() == see(text).plain.text.size());
}

BOOST_AUTO_TEST_CASE(a_post_with_an_account_is_likened_by_itself_in_a_thread) {
  const std::string_view post =
      "cards sold here for you and all of your old friends, telegram @demo_kai";
  for (const size_t honest : {11U, 12U, 40U}) {
    BOOST_TEST(likened_of(lines(post, honest)) == post);
  }
  const std::string many = lines(post, 70);
  BOOST_TEST(likened_of(many).size() == see(many).plain.text.size());
}

BOOST_AUTO_TEST_CASE(a_line_that_leads_nowhere_must_say_much) {
  const std::string_view plain =
      "cards sold here for you and all of your old friends, ask in the shop";
  BOOST_TEST(likened_of(lines(plain, 4)) != plain);
  const std::string much =
      std::string(plain) + ", by day or by night, be it sun or rain or snow";
  BOOST_TEST(likened_of(lines(much, 4)) == much);
}

BOOST_AUTO_TEST_CASE(a_short_line_says_too_little) {
  const std::string_view few = "cards sold, demo.example";
  BOOST_TEST(likened_of(lines(few, 4)) != few);
}

BOOST_AUTO_TEST_CASE(one_paragraph_is_all) {
  BOOST_TEST(likened_of(kAdvert) == kAdvert);
  BOOST_TEST(likened_of("") == "");
}

}  // namespace
}  // namespace simwarden
