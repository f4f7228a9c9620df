// SPDX-License-Identifier: Apache-2.0
// What a page shows and what it hides: text that a reader may see is never
// taken for hidden.
#include "mail/html.h"

#include <algorithm>
#include <string>

#include <boost/test/unit_test.hpp>

#include "mail/css.h"

using namespace simwarden;

namespace {

struct Row {
  std::string_view html;  // with one text, "BAIT"
  bool shown;
};

void check(const Row& row) {
  const auto& [html, is_shown] = row;
  const ShownHtml page = read_html(html);
  const std::string_view in = is_shown ? page.text : page.hidden;
  constexpr size_t kToldMax = 200;
  BOOST_TEST((in.find("BAIT") != in.npos), html.substr(0, kToldMax));
}

template <size_t size>
void check(const Row (&rows)[size]) {
  for (const Row& row : rows) check(row);
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_last_declaration_wins) {
  const Row rows[] = {
      {"<p style='display:none;display:block'>BAIT", true},
      {"<p style='display:block;display:none'>BAIT", false},
      {"<p style='display:none;display:block !ie'>BAIT", false},
      {"<p style='display:none !important;display:block'>BAIT", false},
      {"<p style='display:none;display:block !important'>BAIT", true},
      {"<p style='display:none;d\\69splay:block'>BAIT", true},
      {"<p style='display:none;all:initial'>BAIT", true},
      {"<p style='opacity:0;animation:a 0s forwards'>BAIT", true},
      {"<p hidden>BAIT", false},
      {"<p hidden style='display:block'>BAIT", true},
      {"<p hidden style='color:red'>BAIT", false},
      {"<p style='opacity:0;opacity:1'>BAIT", true},
      {"<p style='opacity:1;opacity:0'>BAIT", false},
      {"<p style='visibility:hidden;visibility:visible'>BAIT", true},
      {"<p style='text-indent:-9999px;text-indent:0'>BAIT", true},
      {"<p style='max-height:0;overflow:hidden;max-height:none'>BAIT", true},
      {"<p style='max-height:0;overflow:hidden;overflow:visible'>BAIT", true},
      {"<p style='overflow:hidden;max-height:0;overflow:visible'>BAIT", true},
      {"<p style='max-height:0;max-width:0;overflow:hidden'>BAIT", false},
      {"<p style='position:absolute;left:-9999px;left:0'>BAIT", true},
      {"<p style='position:absolute;left:-9999px;top:auto'>BAIT", false},
      {"<p style='position:absolute;left:-500px;margin-left:600px'>BAIT", true},
      {"<p style='position:absolute;left:-9999px;margin-left:9999px'>BAIT",
       true},
      {"<p style='position:absolute;left:-9999px;transform:translate(9999px)'>"
       "BAIT",
       true},
      // Honest preheaders.
      {"<div style='display:none;font-size:1px;color:#ffffff;line-height:1px;"
       "max-height:0px;max-width:0px;opacity:0;overflow:hidden;mso-hide:all'>"
       "BAIT",
       false},
      {"<span style='display:none !important;visibility:hidden;height:0'>BAIT",
       false},
      {"<div style='max-height:0;overflow:hidden;padding:0;min-height:0'>BAIT",
       false},
      {"<span style='font-size:0;color:#fff'>BAIT", false},
  };
  check(rows);
}

BOOST_AUTO_TEST_CASE(rules_win_as_in_browsers) {
  const Row rows[] = {
      {"<style>p{display:none}</style><p>BAIT", false},
      {"<style>p{display:none} p{display:block}</style><p>BAIT", true},
      {"<style>p{display:block} p{display:none}</style><p>BAIT", false},
      {"<style>p{display:none}</style><p style='display:block'>BAIT", true},
      {"<style>p{display:none!important}</style><p style='display:block'>BAIT",
       false},
      {"<style>p{display:block!important}</style><p style='display:none'>BAIT",
       true},
      {"<style>.a{display:block} p{display:none}</style><p class=a>BAIT", true},
      {"<style>.a{display:none} p{display:block}</style><p class=a>BAIT",
       false},
      {"<style>.a{display:none} #b{display:block}</style><p class=a id=b>BAIT",
       true},
      {"<style>.a{display:none} .b{display:block}</style><p class='b a'>BAIT",
       true},
      {"<style>.b{display:block} .a{display:none}</style><p class='a b'>BAIT",
       false},
      {"<style>p{display:none} *{display:block!important}</style><p>BAIT",
       true},
      {"<style>*{display:none}</style><p>BAIT", false},
      // What is not understood can show.
      {"<style>p{display:none} div p{display:block}</style><p>BAIT", true},
      {"<style>.a{display:none} .a.b{display:block}</style><p class='a b'>BAIT",
       true},
      {"<style>p{display:none} :not(a){display:block}</style><p>BAIT", true},
      {"<style>p{display:none} @media (min-width:1px){p{display:block}}"
       "</style><p>BAIT",
       true},
      {"<style>p{display:none;&{display:block}}</style><p>BAIT", true},
      {"<style>p{display:none} @media print{p{display:block}}</style><p>BAIT",
       false},
      // And not hide.
      {"<style>div p{display:none}</style><p>BAIT", true},
      {"<style>p:first-line{display:none}</style><p>BAIT", true},
      {"<style>@supports (x:y){p{display:none}}</style><p>BAIT", true},
      {"<style>p, ..{display:none}</style><p>BAIT", true},
      {"<style>p, > a{display:none}</style><p>BAIT", true},
      {"<style>} p{display:none}</style><p>BAIT", true},
      {"<style>.A{display:none}</style><p class=a>BAIT", true},
      {"<style>.A, #x .y > b{display:none}</style><p class=A>BAIT", false},
      // Where rules begin and end.
      {"<style><!-- p{display:none} --></style><p>BAIT", false},
      {"<style>@charset 'utf-8'; p{display:none}</style><p>BAIT", false},
      {"<style>@import url(a;b); p{display:none}</style><p>BAIT", false},
      {"<style>p{display:none;content:'}';display:block}</style><p>BAIT", true},
      {"<style>p{display:none} a{content:'/*'} p{display:block} "
       "a{content:'*/'}</style><p>BAIT",
       true},
      {"<style>p{display:none;background:url(/*);display:block}</style>"
       "<p>BAIT",
       true},
      {"<style>p{color:red</style><style>p{display:none}</style><p>BAIT",
       false},
      // For whom a style sheet is.
      {"<style media=screen type=text/css>p{display:none}</style><p>BAIT",
       false},
      {"<style media=ALL>p{display:none}</style><p>BAIT", false},
      {"<style media=print>p{display:none}</style><p>BAIT", true},
      {"<style media='(min-width:9999px)'>p{display:none}</style><p>BAIT",
       true},
      {"<style>p{display:none}</style><style media='(x)'>p{display:block}"
       "</style><p>BAIT",
       true},
      {"<style type=text/x>p{display:none}</style><p>BAIT", true},
      {"<template><style>p{display:none}</style></template><p>BAIT", true},
  };
  check(rows);
}

BOOST_AUTO_TEST_CASE(at_a_bound_of_style_sheets_nothing_is_hidden_by_them) {
  std::string rules = "<style>p{display:none}";
  std::string bytes = rules;
  for (size_t i = 0; i <= kStyleRulesMax; ++i) {
    rules += ".a" + std::to_string(i) + "{color:red}";
  }
  bytes += std::string(kStyleBytesMax, ' ');
  std::string deep = "<style>p{display:none}";
  for (int i = 0; i < 100; ++i) deep += "@media x{";
  std::string classes;
  for (size_t i = 0; i < kClassesMax; ++i) classes += "x ";
  const std::string end = "p{display:block}</style><p>BAIT";
  for (const std::string& page : {rules + end, bytes + end, deep + end}) {
    check({page, true});
  }
  const std::string few = "<style>p{display:none}</style><p class='" + classes;
  check({few + "'>BAIT", false});
  check({few + "a'>BAIT", true});
}

// Salt that a filter reads and a person does not.
BOOST_AUTO_TEST_CASE(what_is_too_small_or_too_pale_to_be_read_is_hidden) {
  for (const std::string_view style :
       {"font-size:3px", "color:#ebebeb", "font-size:2px;color:#f2f2f2",
        "opacity:.05"}) {
    const std::string salt =
        "<i style='" + std::string(style) + "'> a library opens </i>";
    const ShownHtml page = read_html("<p>One" + salt + "word" + salt + "here");
    BOOST_TEST(page.text == "Onewordhere", style);
    BOOST_TEST(page.hidden.find("a library opens") == 0U, style);
  }
}

BOOST_AUTO_TEST_CASE(light_text_is_hidden_on_a_light_page_only) {
  const std::string_view pale = "<p style='color:#fff'>BAIT";
  const std::pair<std::string_view, bool> pages[] = {
      {"", false},
      {"<style>a{background:#000}</style>", false},
      {"<style>body{background:#fff}</style>", false},
      {"<body bgcolor=white>", false},
      {"<body bgcolor=black>", true},
      {"<body bgcolor=black></body>", true},
      {"<p>x</p><body bgcolor=black>", true},
      {"<style>body{background:#000}</style>", true},
      {"<style>html{background:#000}</style><body>", true},
      {"<style>html body{background:#000}</style><body>", true},
      {"<style>*{background:#000}</style>", true},
      {"<style>table td{background:#000}</style><table><tr><td>", true},
      {"<style>@media screen{p{background:#000}}</style>", true},
      {"<style>@charset 'utf-8'; body{background:#000}</style>", true},
      {"<style>p{background-image:url(a.png)}</style>", true},
      {"<style>p{background:no-repeat #000}</style>", true},
      {"<style>p{text-shadow:0 0 2px #000}</style>", true},
      {"<style>p{text-shadow:none}</style>", false},
      {"<div style='background:#000;background:#fff'>", false},
      {"<div style='background:#000;background:transparent'>", false},
      {"<div style='background:#000'><div style='background:inherit'>", true},
  };
  for (const auto& [before, is_shown] : pages) {
    check({std::string(before).append(pale), is_shown});
  }
  const Row rows[] = {
      {"<p style='color:#fff'><mark>BAIT</mark>", true},
      {"<p style='color:#fff'><button>BAIT</button>", true},
      {"<font color=ffffff>BAIT", false},
      {"<font color=#ffffff00>BAIT", true},
      {"<font color=transparent>BAIT", true},
      {"<p style='color:ffffff'>BAIT", true},
      {"<p style='color:rgb(calc(255 - 255),0,0);background:#ff0000'>BAIT",
       true},
      {"<p style='color:rgba(0,0,0,.01e2)'>BAIT", true},
      {"<p style='color:rgba(0,0,0,0)'>BAIT", false},
      {"<body link=white bgcolor='#0000ee'><a href=https://a.example/>BAIT",
       true},
      {"<body link=white bgcolor=white><a href=https://a.example/>BAIT", true},
      {"<p style='color:#fff'><b style='color:inherit'>BAIT", false},
  };
  check(rows);
}

BOOST_AUTO_TEST_CASE(sizes_are_read_with_their_units) {
  const Row rows[] = {
      {"<p style='font-size:1in'>BAIT", true},
      {"<p style='font-size:1pt'>BAIT", false},
      {"<p style='font-size:1px'>BAIT", false},
      {"<p style='font-size:1rem'>BAIT", true},
      {"<p style='font-size:0.1e2px'>BAIT", true},
      {"<p style='font-size:0e2'>BAIT", false},
      {"<p style='font-size:1'>BAIT", true},
      {"<p style='font-size:1vw'>BAIT", true},
      {"<p style='font-size:calc(16px)'>BAIT", true},
      {"<p style='font-size:2%'>BAIT", false},
      {"<p style='font-size:1000px'><b style='font-size:2%'>BAIT", true},
      {"<p style='font-size:0'>BAIT", false},
      {"<p style='font:0/0 a'>BAIT", false},
      {"<p style='font-size:0'><b>BAIT", false},
      {"<p style='font-size:0'><b style='font-size:200%'>BAIT", false},
      {"<p style='font-size:0'><b style='font:inherit'>BAIT", false},
      {"<p style='font-size:0'><b style='font:16px Arial'>BAIT", true},
      {"<p style='font-size:0'><b style='font:bold 700 16px/1 Arial'>BAIT",
       true},
      {"<p style='font-size:0'><font size=7>BAIT", true},
      {"<p style='font-size:0'><b style='font-size:medium'>BAIT", true},
      {"<p style='font-size:0'><b style='font-size:calc(16px)'>BAIT", true},
      {"<div style='font-size:0'><table><tr><td>BAIT", true},
      {"<div style='font-size:0'><button>BAIT", true},
      {"<p style='font-size:1px;zoom:20'>BAIT", true},
      {"<p style='font-size:1px;zoom:1'>BAIT", false},
      {"<p style='opacity:0.01e2'>BAIT", true},
      {"<p style='opacity:1e-3'>BAIT", false},
      {"<p style='opacity:0%'>BAIT", false},
      {"<p style='opacity:0 1'>BAIT", true},
      {"<p style='width:0.5in;height:1in;overflow:hidden'>BAIT", true},
      {"<p style='height:1;overflow:hidden'>BAIT", true},
      {"<p style='height:-1px;overflow:hidden'>BAIT", true},
      {"<p style='height:0;overflow:hidden'>BAIT", false},
      {"<p style='height:0;overflow:hidden;padding:50px'>BAIT", true},
      {"<p style='height:0;overflow:hidden;min-height:50px'>BAIT", true},
  };
  check(rows);
}

BOOST_AUTO_TEST_CASE(what_is_no_part_of_a_table_stands_in_front_of_it) {
  const Row rows[] = {
      {"<table style='display:none'><tr><td>BAIT", false},
      {"<table style='display:none'><tr><td><p>BAIT", false},
      {"<table style='display:none'><caption>BAIT", false},
      {"<table style='display:none'><form><tr><td>BAIT", false},
      {"<table style='display:none'><p>BAIT", true},
      {"<table style='display:none'>BAIT", true},
      {"<table style='display:none'><tr>BAIT", true},
      {"<table><tr style='display:none'><td>BAIT", false},
      {"<div style='display:none'><table><tr>BAIT", false},
      {"<table style='display:none'><tr><td><table><tr>BAIT", false},
  };
  check(rows);
}

BOOST_AUTO_TEST_CASE(only_boxes_are_smaller_than_what_is_in_them) {
  const Row rows[] = {
      {"<div style='max-height:0;overflow:hidden'>BAIT", false},
      {"<b style='max-height:0;overflow:hidden'>BAIT", true},
      {"<b style='max-height:0;overflow:hidden;display:inline-block'>BAIT",
       false},
      {"<div style='max-height:0;overflow:hidden;display:inline'>BAIT", true},
      {"<table><tr><td style='height:0;overflow:hidden'>BAIT", true},
      {"<body style='height:0;overflow:hidden'>BAIT", true},
      {"<div style='height:0;overflow:hidden'><p style='position:absolute'>"
       "BAIT",
       true},
      {"<div style='height:0;overflow:hidden'><p>BAIT", false},
      {"<div style='position:absolute;left:-9999px'><p>BAIT", false},
      {"<div style='position:absolute;left:-9999px'>"
       "<p style='margin-left:9999px'>BAIT",
       true},
      {"<div style='text-indent:-9999px'>BAIT", false},
      {"<div style='text-indent:-9999px'><p style='text-indent:0'>BAIT", true},
      {"<b style='text-indent:-9999px'>BAIT", true},
      {"<div style='text-indent:-9999px'>x<br>BAIT", true},
  };
  check(rows);
}

BOOST_AUTO_TEST_CASE(what_no_drawing_holds_ends_it) {
  const Row rows[] = {
      {"<svg hidden><p>BAIT", true},
      {"<svg hidden><g><SPAN>x</SPAN></g>BAIT", true},
      {"<math hidden><div>x</div>BAIT", true},
      {"<svg hidden></p>BAIT", true},
      {"<svg hidden></br>BAIT", true},
      {"<svg hidden><svg><b>BAIT", true},
      {"<svg hidden><td><p>BAIT", true},
      {"<svg hidden><font color=red>BAIT", true},
      {"<svg hidden><font>BAIT", false},
      {"<svg hidden><text>BAIT", false},
      {"<svg hidden><a href='https://demo.test/'>BAIT", false},
      {"<p hidden><svg><span>BAIT", false},
      // What is HTML inside of it.
      {"<svg hidden><foreignObject><p>BAIT", false},
      {"<svg hidden><foreignObject><p>x</p></foreignObject><p>BAIT", true},
      {"<svg hidden><desc><p>BAIT", false},
      {"<math hidden><mi><p>BAIT", false},
      {"<math hidden><desc><p>BAIT", true},
      {"<math hidden><annotation-xml><p>BAIT", true},
      {"<math hidden><annotation-xml encoding='text/html'><p>BAIT", false},
      // Its elements end themselves, and hold markup.
      {"<svg hidden/>BAIT", true},
      {"<svg hidden a=b/>BAIT", false},
      {"<p hidden/>BAIT", false},
      {"<svg><title/><style><p>BAIT</p></style>", true},
      {"<svg><style><p>BAIT</p></style>", true},
      {"<svg><script><p>BAIT</script>", true},
      {"<svg><title></svg>BAIT</title>", true},
      {"<svg><text><![CDATA[BAIT]]></text></svg>", true},
      {"<svg><style>p{display:none}</style></svg><p>BAIT", false},
      {"<plaintext><!-- BAIT", true},
  };
  check(rows);
  std::string paths = "<svg>";
  for (int i = 0; i < 600; ++i) paths += "<path d='M0 0'/>";
  std::string words = "<p>";
  for (int i = 0; i < 600; ++i) words += "a<wbr>";
  for (const std::string& html : {paths, words}) {
    BOOST_TEST(read_html(html).faults.empty());
  }
  const ShownHtml picture = read_html(
      "<svg><image xlink:href='data:image/png;base64,QQ=='/></svg>"
      "<input type=image src='data:image/png,B' alt=c><image src='d'>");
  BOOST_REQUIRE_EQUAL(picture.images.size(), 3U);
  BOOST_TEST(picture.images[0].bytes == "A");
  BOOST_TEST(picture.images[1].bytes == "B");
  BOOST_TEST(picture.images[2].source == "d");
  for (const std::string_view html :
       {"<div style='background-image:url(data:image/png;base64,QQ==)'>x</div>",
        "<style>.a{background:#fff "
        "url(\"data:image/png;base64,QQ==\")}</style>x",
        "<img src=d.png srcset='DATA:image/png;base64,QQ== 2x, e.png 3x'>",
        "<table background='data:image/png;base64,QQ=='><tr><td>x</table>",
        "<object data='data:image/png;base64,QQ=='></object>",
        "<video poster='data:image/png;base64,QQ=='></video>",
        "<picture><source srcset='data:image/png;base64,QQ=='></picture>"}) {
    const ShownHtml shown = read_html(html);
    const bool found = std::any_of(
        shown.images.begin(), shown.images.end(), [](const MailImage& image) {
          return image.source == "data:image/png" && image.bytes == "A";
        });
    BOOST_TEST(found, html);
  }
  BOOST_TEST(find_data_urls("metadata, data :a:, data").empty());
  const ShownHtml drawn =
      read_html("<svg><a xlink:href='https://demo.test/'>x</a></svg>");
  BOOST_REQUIRE_EQUAL(drawn.links.size(), 1U);
  BOOST_TEST(drawn.links[0].target == "https://demo.test/");
}

BOOST_AUTO_TEST_CASE(what_only_some_programs_show_is_shown) {
  const Row rows[] = {
      {"<select><option label='BAIT'>x</option></select>", true},
      {"<select><optgroup label='BAIT'><option>x</optgroup></select>", true},
      {"<ul><li style='list-style-type:\"BAIT\"'>x</ul>", true},
      {"<link rel=stylesheet href='data:text/css,p::before{content:\"BAIT\"}'>"
       "<p>x",
       true},
      {"<input value='BAIT'>", true},
      {"<input type=text value='BAIT'>", true},
      {"<input placeholder='BAIT'>", true},
      {"<input type=image alt='BAIT'>", true},
      {"<p hidden><input value='BAIT'>", false},
      {"<p>x</p><!--[if mso]><p>BAIT</p><![endif]-->", true},
      {"<p>x</p><!-- [IF gte MSO 9]><xml>a</xml><p>BAIT<![endif]-->", true},
      {"<!--[if gte vml 1]><v:shape>BAIT</v:shape><![endif]-->", true},
      {"<!--[if mso]><p hidden>x</p>BAIT", true},
      {"<style>p::after{content:'BAIT'}</style><p>x", true},
      {"<style>p::after{content:attr(title)}</style><p title=BAIT>x", true},
      {"<style>p::after{content:'BA' attr(x)}</style><p x=IT>x", true},
      {"<style>q{quotes:'BAIT' ''}</style><q>x</q>", true},
      {"<style>li{list-style-type:'BAIT'}</style><ul><li>x", true},
      {"<style>@counter-style a{symbols:'BAIT'}</style>x", true},
      {"<style>:root{--x:'BAIT'}p::after{content:var(--x)}</style><p>x", true},
      {"<style>p::before{content:'BA'}</style><style>p::after{content:'IT'}"
       "</style><p>x",
       true},
      {"<style>p::after{content:attr( DATA-X )}</style><p data-x=BAIT>x", true},
      {"<style>p:after{content:\"B\\41 I\\000054\"}</style><p>x", true},
      {"<style>@media screen{p::after{color:red;content:'BA' 'IT'}}</style>",
       true},
      {"<![if !mso]>BAIT<![endif]>", true},
      {"<!--[if !mso]><!-->BAIT<!--<![endif]-->", true},
  };
  check(rows);
  for (const std::string_view html :
       {"<input type=hidden value='BAIT'>", "<input type=radio value='BAIT'>",
        "<!--[if !mso]>BAIT<![endif]-->", "<!-- if mso BAIT -->",
        "<!--[if gte mso 9]><xml>BAIT</xml><![endif]-->",
        "<!--[if lt mso 9]>BAIT<![endif]-->", "<!--[if IE]>BAIT<![endif]-->",
        "<style media=print>p::after{content:'BAIT'}</style>",
        "<style>p::after{content:attr(title)}</style><p alt=BAIT>",
        "<style>a::after{content:attr(href)}</style><a href='x:BAIT'>",
        "<style>:root{--x:'BAIT'}p::after{font:var(--x)}</style>",
        "<style>p{font-family:'BAIT'}</style>"}) {
    const ShownHtml page = read_html(html);
    BOOST_TEST((page.text + page.hidden).find("BAIT") == std::string::npos,
               html);
  }
}

BOOST_AUTO_TEST_CASE(what_a_page_says_twice_for_outlook_is_shown_once) {
  const std::string button = "<a href='https://demo.test/'>Go</a>";
  const ShownHtml twice = read_html(
      "<p>Hello</p><!--[if mso]><v:rect href='https://demo.test/'>Go</v:rect>"
      "<![endif]-->" +
      button);
  BOOST_TEST(twice.text == "Hello\n\nGo");
  BOOST_TEST(twice.links.size() == 1U);
  const ShownHtml other = read_html(
      "<!--[if mso]><v:rect "
      "href='https://other.test/'>Go</v:rect><![endif]-->" +
      button);
  BOOST_TEST(other.text == "Go\n\nGo");
  BOOST_REQUIRE_EQUAL(other.links.size(), 2U);
  BOOST_TEST(other.links[1].target == "https://other.test/");
  BOOST_TEST(other.links[1].begin == 4U);
  BOOST_TEST(other.links[1].end == 6U);
  const ShownHtml nested =
      read_html("a<!--[if mso]>b<!--[if mso]>c<!--[if mso]>d");
  BOOST_TEST(nested.text == "a\n\nb");
}

BOOST_AUTO_TEST_CASE(a_base_is_for_the_links_before_it) {
  const ShownHtml page = read_html(
      "<a href='/a'>x</a><a href='https://b.test/'>y</a>"
      "<base href='https://demo.test/c'>");
  BOOST_REQUIRE_EQUAL(page.links.size(), 2U);
  BOOST_TEST(page.links[0].target == "https://demo.test/a");
  BOOST_TEST(page.links[1].target == "https://b.test/");
}

BOOST_AUTO_TEST_CASE(letters_that_stand_from_right_to_left_are_turned) {
  const Row rows[] = {
      {"<bdo dir=rtl>TIAB</bdo>", true},
      {"<bdo dir=rtl><b>TIAB</b></bdo>", true},
      {"<span dir=rtl style='unicode-bidi:bidi-override'>TIAB", true},
      {"<p style='unicode-bidi:isolate-override;direction:rtl'>TIAB", true},
      {"<style>p{unicode-bidi:bidi-override;direction:rtl}</style><p>TIAB",
       true},
      // Programs that do not know it show what is written.
      {"<p style='unicode-bidi:bidi-override;direction:rtl'>BAIT", true},
      {"<bdo dir=rtl hidden>TIAB</bdo>", false},
  };
  check(rows);
  for (const std::string_view html :
       {"<bdo>TIAB", "<bdo dir=ltr>TIAB", "<p dir=rtl>TIAB",
        "<p style='direction:rtl'>TIAB",
        "<div style='unicode-bidi:bidi-override;direction:rtl'><p>TIAB"}) {
    BOOST_TEST(read_html(html).text == "TIAB", html);
  }
  BOOST_TEST(read_html("<bdo dir=rtl>\u4e00a</bdo>").text == "\u4e00a a\u4e00");
  BOOST_TEST(read_html("<bdo dir=rtl>\u05d0\u05d1</bdo>").text ==
             "\u05d0\u05d1");
}

BOOST_AUTO_TEST_CASE(letters_in_a_mirror_stand_there_in_both_orders) {
  for (const std::string_view transform :
       {"scaleX(-1)", "scale(-1, 1)", "rotateY(180deg)",
        "matrix(-1, 0, 0, 1, 0, 0)"}) {
    const std::string html =
        "<p style='transform:" + std::string(transform) + "'><b>TIAB</b></p>";
    BOOST_TEST(read_html(html).text.starts_with("TIAB BAIT"), html);
    BOOST_TEST(read_html("<div style='transform:scaleX(-1)'>" + html + "</div>")
                   .text == "TIAB");
  }
  for (const std::string_view transform :
       {"scaleX(1)", "scaleY(-1)", "rotate(180deg)", "translate(-1px)"}) {
    const std::string html =
        "<p style='transform:" + std::string(transform) + "'>TIAB</p>";
    BOOST_TEST(read_html(html).text == "TIAB", html);
  }
}

BOOST_AUTO_TEST_CASE(what_opens_by_a_click_stands_on_a_line_of_its_own) {
  BOOST_TEST(
      read_html("<details><summary>More</summary>BAIT</details>x").text ==
      "More\nBAIT\nx");
}

BOOST_AUTO_TEST_CASE(a_page_or_drawing_inside_an_address_is_read) {
  const std::string drawing =
      "data:image/svg+xml,%3Csvg%3E%3Ctext%3EBAIT%3C/text%3E%3C/svg%3E";
  for (const std::string element :
       {"<img src='A'>", "<embed src='A'>", "<object data='A'></object>",
        "<picture><source srcset='A'></picture>",
        "<p style='background:url(A)'>x", "<iframe src='A'></iframe>"}) {
    std::string html = element;
    html.replace(html.find('A'), 1, drawing);
    check({html, true});
  }
  const Row rows[] = {
      {"<iframe src='data:text/html;base64,PHA+QkFJVA=='></iframe>", true},
      {"<div hidden><img src='data:image/svg+xml,<svg><text>BAIT'></div>",
       false},
  };
  check(rows);
  for (const std::string_view silent :
       {"<img src='data:image/svg+xml,<svg><title>BAIT</title></svg>'>",
        "<img src='data:image/png,<text>BAIT'>",
        "<img src='data:text/plain,<text>BAIT'>"}) {
    BOOST_TEST(read_html(silent).text.empty(), silent);
  }
}

BOOST_AUTO_TEST_CASE(characters_are_named_as_in_browsers) {
  struct {
    std::string_view html;
    std::string_view text;
  } const rows[] = {
      {"&commat;demo&lowbar;x", "@demo_x"},
      {"a&Tab;b&NewLine;c", "a b c"},
      {"&NotEqualTilde;", "\u2242\u0338"},
      {"&lt;b&gt; &amp;commat; &quot;", "<b> &commat; \""},
      {"&nothing; &; & &commat", "&nothing; &; & &commat"},
      {"<textarea>&commat;<b></textarea>", "@<b>"},
      {"<xmp>&commat;</xmp>", "&commat;"},
  };
  for (const auto& [html, text] : rows) {
    BOOST_TEST(read_html(html).text == text, html);
  }
  for (const std::string_view written :
       {"https&colon;&sol;&sol;demo&period;test&sol;a",
        "ht&Tab;tps://demo.test/a", "&NewLine;https://demo.test/a"}) {
    const ShownHtml page =
        read_html("<a href='" + std::string(written) + "'>x</a>");
    BOOST_REQUIRE_EQUAL(page.links.size(), 1U);
    BOOST_TEST(page.links[0].target == "https://demo.test/a", written);
  }
  BOOST_TEST(read_html("<a href='java&NewLine;script:x'>x</a>").links.empty());
}

BOOST_AUTO_TEST_CASE(a_page_in_a_frame_is_read) {
  const Row rows[] = {
      {"<p>x</p><iframe srcdoc='<p>BAIT'></iframe>", true},
      {"<iframe srcdoc='&lt;p>BAIT' src='https://demo.test/'></iframe>", true},
      {"<iframe srcdoc='<iframe srcdoc=BAIT></iframe>'></iframe>", true},
      {"<iframe srcdoc='<p hidden>a'></iframe><iframe srcdoc=BAIT></iframe>",
       true},
      {"<div style='display:none'><iframe srcdoc=BAIT></iframe></div>", false},
  };
  check(rows);
  const ShownHtml page = read_html(
      "<p>one</p><iframe srcdoc=\"<a href='https://demo.test/'>two</a>\">"
      "</iframe>");
  BOOST_TEST(page.text == "one\n\ntwo");
  BOOST_REQUIRE_EQUAL(page.links.size(), 1U);
  BOOST_TEST(page.links[0].begin == 5U);
  std::string deep = "BAIT";
  for (int i = 0; i < 4; ++i) {
    std::string quoted;
    for (const char c : deep)
      quoted += c == '&' ? "&amp;" : c == '"' ? "&quot;" : std::string(1, c);
    deep = "<iframe srcdoc=\"" + quoted + "\"></iframe>";
  }
  BOOST_TEST(read_html(deep).faults.has(MailFault::cut_html));
  std::string many;
  for (int i = 0; i < 17; ++i) many += "<iframe srcdoc=a></iframe>";
  BOOST_TEST(read_html(many).faults.has(MailFault::cut_html));
}
