// SPDX-License-Identifier: Apache-2.0
#include "notation/markdown_text.h"

#include <boost/test/unit_test.hpp>

namespace simwarden {
namespace {

// As cmark-gfm reads it: none of the right ones is a link there.
BOOST_AUTO_TEST_CASE(a_bare_address_makes_no_link) {
  struct Row {
    const char* text;
    const char* written;
  };
  const Row rows[] = {
      {"", ""},
      {"http://evil.example/x", "http\\://evil.example/x"},
      {"see HTTPS://a.example", "see HTTPS\\://a.example"},
      {"ftp://a", "ftp\\://a"},
      {"www.evil.example", "www\\.evil.example"},
      {"WwW.evil.example", "WwW\\.evil.example"},
      {"demo@evil.example", "demo<!-- -->@evil.example"},
      {"a@-b.example", "a<!-- -->@-b.example"},
      {"mailto:a_@b.example", "mailto:a\\_<!-- -->@b.example"},
      {"h***@10086.cn", "h\\*\\*\\*@10086.cn"},
      {"@demo a @ b 10:30 ww.x a.b", "@demo a @ b 10:30 ww.x a.b"},
      {"@", "@"},
      {"a@", "a@"},
      {"pack@1.0.0", "pack@1.0.0"},
      {"www", "www"},
      {"<b>|`*_~#&\\[]", "\\<b\\>\\|\\`\\*\\_\\~\\#\\&\\\\\\[\\]"},
  };
  for (const Row& row : rows)
    BOOST_TEST(markdown_text(row.text) == row.written);
}

}  // namespace
}  // namespace simwarden
