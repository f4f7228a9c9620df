// SPDX-License-Identifier: Apache-2.0
// Pieces of mails that were made to cost time. A step that is worse than linear
// would not come to an end here.
#include <string>
#include <string_view>

#include <boost/test/unit_test.hpp>

#include "mail/authentication.h"
#include "mail/css_content.h"
#include "mail/mail.h"
#include "mail/said_words.h"

using namespace simwarden;

namespace {

constexpr size_t kLong = size_t{4} << 20;

std::string repeated(std::string_view unit, size_t bytes) {
  std::string out;
  while (out.size() < bytes) out += unit;
  return out;
}

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += name + " ";
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(hostile)

BOOST_AUTO_TEST_CASE(attributes_of_a_sheet_are_looked_for_once) {
  const std::string blanks = repeated(" ", kLong);
  const std::string sheets[] = {
      repeated("attr(", kLong), repeated("attr(x)", kLong) + blanks,
      repeated("attr( ", kLong), repeated("attr()", kLong) + "attr(x",
      "attr(" + blanks + repeated("attr(x)", kLong)};
  const std::string_view names[] = {"attr ", "x ", "attr ", "x ", "attr x "};
  for (size_t i = 0; i < std::size(sheets); ++i) {
    BOOST_TEST(joined(style_attributes("p{content:" + sheets[i])) == names[i],
               i);
  }
}

BOOST_AUTO_TEST_CASE(an_attribute_is_named_behind_any_blanks) {
  BOOST_TEST(joined(style_attributes("content:attr(\n" +
                                     std::string(1000, ' ') + "Title )")) ==
             "title ");
  BOOST_TEST(joined(style_attributes(R"(content:"attr("attr(alt)attr(x,y))")) ==
             "\"attr alt x ");
}

BOOST_AUTO_TEST_CASE(blanks_in_a_receivers_results_are_passed_once) {
  const std::string blanks = repeated(" \t", kLong);
  for (const std::string& value :
       {"mx.example; dkim=pass" + blanks + "x",
        "mx.example; dkim" + blanks + "=" + blanks + "pass" + blanks,
        "mx.example; dkim=pass " + repeated("a =b ", kLong)}) {
    const auto results = read_authentication(value, "mx.example");
    BOOST_TEST_REQUIRE(results.has_value());
    BOOST_TEST_REQUIRE(results->size() == 1U);
    BOOST_TEST(results->front().method == "dkim");
    BOOST_TEST(results->front().result == "pass");
  }
}

BOOST_AUTO_TEST_CASE(the_pages_of_a_mail_are_read_up_to_a_bound_in_all) {
  constexpr size_t kPage = size_t{3} << 20;
  constexpr size_t kRead = kMailHtmlBytesInAllMax / kPage;
  const auto mail_of = [&](size_t pages, std::string_view kind) {
    std::string mail =
        "From: a@demo.example\nMIME-Version: 1.0\n"
        "Content-Type: multipart/" +
        std::string(kind) + "; boundary=b\n\n";
    for (size_t i = 0; i < pages; ++i) {
      mail += "--b\nContent-Type: text/html\n\n<p>page @demo_" +
              std::to_string(i) + "<!--" + std::string(kPage, 'a') +
              "--><p>end_" + std::to_string(i) + "\n";
    }
    return *read_mail(mail + "--b--\n", {});
  };
  for (const std::string_view kind : {"mixed", "alternative"}) {
    BOOST_TEST(!mail_of(kRead, kind).faults.has(MailFault::cut_html), kind);
    const MailMessage mail = mail_of(kRead + 2, kind);
    BOOST_TEST(mail.faults.has(MailFault::cut_html), kind);
    const std::string text = mail.text + mail.alternative_text;
    const bool mixed = kind == "mixed";
    BOOST_TEST((text.find("end_" + std::to_string(kRead - 1)) != text.npos) ==
               mixed);
    BOOST_TEST(text.find("end_" + std::to_string(mixed ? kRead + 1 : kRead)) ==
               text.npos);
  }
}

BOOST_AUTO_TEST_CASE(a_long_text_is_compared_with_many_in_its_length_once) {
  constexpr int kQuestions = 1'000'000;
  const std::string other = "one two three four five six seven eight nine @x";
  for (const std::string_view unit : {"word ", "a ", "词语"}) {
    SaidWords said(repeated(unit, kLong));
    int different = 0;
    for (int i = 0; i < kQuestions; ++i) different += said.differ_from(other);
    BOOST_TEST(different == kQuestions);
  }
  SaidWords said(other);
  BOOST_TEST(!said.differ_from(other));
  BOOST_TEST(!said.differ_from("see our page"));
  BOOST_TEST(said.differ_from("write to @demo_x"));
}

BOOST_AUTO_TEST_SUITE_END()
