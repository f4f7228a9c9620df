// SPDX-License-Identifier: Apache-2.0
#include "contact/markup_links.h"

#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "text/views.h"

using namespace simwarden;

namespace {

// Links and contacts of `text` with one link of markup over `shown` in it.
std::string found(const std::string& text, std::string_view target,
                  std::string_view shown) {
  Registry registry;
  registry.image_hosts = {"img.test"};
  const Views views = see(text);
  Followable all = find_followable(views, registry, "");
  const size_t at = text.find(shown);
  const auto begin = static_cast<uint32_t>(at == text.npos ? 0 : at);
  const Span span{
      begin, begin + static_cast<uint32_t>(at == text.npos ? 0 : shown.size())};
  const auto differs =
      add_markup_links({{target, shown, span, false}}, registry, "", all);
  std::string out;
  for (const Link& link : all.links) {
    out += link.host + "@" + std::to_string(link.span.begin) + "-" +
           std::to_string(link.span.end) + " ";
  }
  for (const Contact& contact : all.contacts) out += contact.value + " ";
  return out + (differs.at(0) ? "differs" : "");
}

}  // namespace

BOOST_AUTO_TEST_CASE(links_beside_a_text_are_read_like_links_in_it) {
  struct Row {
    std::string text;
    std::string_view target;
    std::string_view shown;
    std::string_view answer;
  };
  const Row rows[] = {
      {"go here now", "https://demo.test/a", "here", "demo.test@3-7 "},
      {"go here now", "HTTPS://DEMO.test/a", "here", "demo.test@3-7 "},
      {"go here now", "mailto:a@demo.test", "here", "@3-7 a@demo.test "},
      {"go www.example.com", "https://www.example.com/x", "www.example.com",
       "www.example.com@3-18 "},
      {"go www.example.com", "https://demo.test/", "www.example.com",
       "www.example.com@3-18 demo.test@3-18 differs"},
      {"", "https://t.me/demo_x", "", "t.me@0-0 @demo_x "},
      {"go here now", "cid:part1", "here", ""},
      {"go here now", "", "here", ""},
      {"go here now", "https://demo.test/\"><a href=\"https://b.test/", "here",
       "demo.test@3-7 "},
      {"a <b> c", "https://demo.test/", "<b>", "demo.test@2-5 "},
  };
  for (const Row& row : rows) {
    const std::string out = found(row.text, row.target, row.shown);
    BOOST_TEST(out == row.answer, row.target << " gave " << out);
  }
}

BOOST_AUTO_TEST_CASE(pictures_count_on_image_hosts_only) {
  Registry registry;
  registry.image_hosts = {"img.test"};
  const std::string text = "one word";
  const Views views = see(text);
  Followable all = find_followable(views, registry, "");
  add_markup_links({{"https://cdn.test/a.png", "", {0, 0}, true},
                    {"https://img.test/b.png", "", {0, 0}, true}},
                   registry, "", all);
  BOOST_REQUIRE(all.links.size() == 1u);
  BOOST_TEST(all.links[0].host == "img.test");
}

BOOST_AUTO_TEST_CASE(more_links_than_are_kept_are_told) {
  const Registry registry;
  const std::string text = "x";
  const Views views = see(text);
  Followable all = find_followable(views, registry, "");
  std::vector<std::string> targets;
  for (size_t i = 0; i < kLinksMax + 5; ++i) {
    targets.push_back("https://demo.test/" + std::to_string(i));
  }
  std::vector<MarkupLink> links;
  for (const std::string& target : targets) {
    links.push_back({target, "x", {0, 1}, false});
  }
  BOOST_TEST(add_markup_links(links, registry, "", all).size() ==
             targets.size());
  BOOST_TEST(all.links.size() == kLinksMax);
  BOOST_TEST(all.cut);
}
