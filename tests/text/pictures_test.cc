// SPDX-License-Identifier: Apache-2.0
#include "text/pictures.h"

#include <ctime>
#include <string>

#include <boost/test/unit_test.hpp>

#include "text/tables.h"
#include "text/views.h"

namespace simwarden {
namespace {

std::string read(std::string_view text) {
  const auto view = read_pictures(see(text).plain, text);
  return view ? view->text : std::string();
}

struct Case {
  std::string_view text;
  std::string_view read;  // "": as the plain text
};

const Case kCases[] = {
    {"高价收📱卡", "高价收手机卡"},
    {"收☎️号，出📞卡", "收电话号,出电话卡"},
    {"收 📱卡", "收 手机卡"},
    {"租📱📇", "租手机卡"},
    {"接🐎🐎", "接码码"},
    // More than a string has room for beside itself.
    {"接🐎🐎🐎🐎🐎🐎🐎", "接码码码码码码码"},
    {"接🐎平台", "接码平台"},
    {"代收验证🐎", "代收验证码"},
    {"出手🐔号", "出手机号"},
    {"收手🐓卡", "收手机卡"},
    {"出S🆔M卡", "出sim卡"},
    {"代🉑️实🈶名📱卡，➕👗：", "代实名手机卡,+裙:"},
    {"進👗", "进裙"},
    // What is meant.
    {"收📷镜头", ""},
    {"收🎮卡", ""},
    {"出📱 128G", ""},
    {"接🐎回马场", ""},
    {"出🐔蛋", ""},
    {"手🐓好看", ""},
    {"去👗店", ""},
    {"LINE🆔: demo", ""},
    {"🐎🐎🐎", ""},
    {"有🈶无", ""},
    {"", ""},
};

BOOST_AUTO_TEST_CASE(pictures_are_read_where_nothing_else_is_meant) {
  for (const Case& c : kCases) {
    BOOST_TEST(read(c.text) == c.read, c.text << " -> " << read(c.text));
  }
}

BOOST_AUTO_TEST_CASE(what_is_read_leads_back_to_the_pictures) {
  const std::string text = "高价收📱卡";
  const auto view = read_pictures(see(text).plain, text);
  BOOST_REQUIRE(view.has_value());
  const size_t at = view->text.find("手机");
  const Span from = view->original(at, at + std::string("手机").size());
  BOOST_TEST(text.substr(from.begin, from.size()) == "📱");
}

BOOST_AUTO_TEST_CASE(pictures_are_read_in_linear_time) {
  for (const std::string_view unit : {"🐎", "收📱卡", "\xF0", "☎", "接🐎🐎"}) {
    std::string text;
    while (text.size() < (size_t{1} << 20)) text += unit;
    const std::clock_t begin = std::clock();
    read(text);
    constexpr double kSecondsMax = 5;
    BOOST_TEST(double(std::clock() - begin) / CLOCKS_PER_SEC < kSecondsMax);
  }
}

}  // namespace
}  // namespace simwarden
