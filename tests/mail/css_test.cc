// SPDX-License-Identifier: Apache-2.0
#include "mail/css.h"

#include <boost/test/unit_test.hpp>

using namespace simwarden;

namespace {

Look styled(Look look, std::string_view style) {
  Cascade cascade;
  cascade.take(read_style(style), Cascade::kInline);
  cascade.apply(Layout::block, look);
  return look;
}

}  // namespace

BOOST_AUTO_TEST_CASE(colours_are_read_in_every_spelling) {
  struct Row {
    const char* text;
    int32_t colour;
  };
  const Row rows[] = {
      {"#fff", 0xFFFFFF},
      {"#FfFfFf", 0xFFFFFF},
      {"ffffff", kUnknownColour},
      {"White", 0xFFFFFF},
      {"rgb(255, 255,255)", 0xFFFFFF},
      {"rgb(100% 100% 100%)", 0xFFFFFF},
      {"rgba(1,2,3,.5)", 0x010203},
      {"rgba(1,2,3,0)", kNoColour},
      {"#ffffff00", kNoColour},
      {"transparent", kNoColour},
      {"#12345", kUnknownColour},
      {"rebeccapurple-ish", kUnknownColour},
      {"", kUnknownColour},
      {"rgb(", kUnknownColour},
  };
  for (const Row& row : rows) {
    BOOST_TEST(read_colour(row.text) == row.colour, row.text);
  }
}

BOOST_AUTO_TEST_CASE(styles_hide_text_or_do_not) {
  struct Row {
    const char* style;
    bool shown;
  };
  const Row rows[] = {
      {"", true},
      {"color: red", true},
      {"display:none", false},
      {"DISPLAY : NONE !important", false},
      {"display:/* x */none", false},
      {"display:block", true},
      {"visibility:hidden", false},
      {"opacity:0", false},
      {"opacity:0.9", true},
      {"font-size:0", false},
      {"font-size:1px", false},
      {"font-size:.01em", false},
      {"font-size:12px", true},
      {"font-size:small", true},
      {"color:#fff", false},
      {"color:#fafafa", false},
      {"color:#ebebeb", false},
      {"color:#e0e0e0", true},
      {"color:#ccc", true},
      {"color:yellow", true},
      {"color:#1a1a1a;background:#000", false},
      {"color:#444;background:#000", true},
      {"color:#888;background:#999", false},
      {"color:#00000010", false},
      {"color:rgba(0,0,0,.1)", false},
      {"color:rgba(0,0,0,.2)", true},
      {"opacity:.05", false},
      {"opacity:10%", false},
      {"opacity:.2", true},
      {"font-size:3px", false},
      {"font-size:3pt", false},
      {"font-size:.3em;color:#999", true},
      {"font-size:8px;color:#999", true},
      {"height:3px;overflow:hidden", false},
      {"height:6px;overflow:hidden", true},
      {"color:#fff;background:#000", true},
      {"color:#fff;background:url(data:image/png;base64,AA)", true},
      {"background-color:#000", false},
      {"color:transparent", false},
      {"max-height:0;overflow:hidden", false},
      {"height:0", true},
      {"width:0;overflow:hidden", false},
      {"text-indent:-9999px", false},
      {"text-indent:2em", true},
      {"position:absolute;left:-5000px", false},
      {"left:-5000px", true},
      {"mso-hide:all", true},
      {";;;:;", true},
  };
  for (const Row& row : rows) {
    BOOST_TEST(styled({}, row.style).is_shown() == row.shown, row.style);
  }
}

BOOST_AUTO_TEST_CASE(a_child_can_undo_what_is_not_for_everything_inside) {
  const Look parent = styled({}, "visibility:hidden;font-size:0;color:#fff");
  BOOST_TEST(!parent.is_shown());
  const std::string_view undone =
      "visibility:visible;font-size:12px;color:black";
  BOOST_TEST(styled(parent, undone).is_shown());
  const Look gone = styled({}, "display:none");
  BOOST_TEST(!styled(gone, "display:block").is_shown());
}

BOOST_AUTO_TEST_CASE(style_sheets_act_by_simple_selectors_only) {
  StyleSheet sheet;
  sheet.read(
      "/* c */ .a, p.b { display: none } #c{opacity:0} div .d{display:none}"
      "@media print { .e { display:none } } @import 'x'; .f{display:none");
  struct Row {
    const char* element;
    const char* classes;
    const char* id;
    bool shown;
  };
  const Row rows[] = {
      {"div", "a", "", false}, {"div", "x a y", "", false},
      {"p", "b", "", false},   {"div", "b", "", true},
      {"div", "", "c", false}, {"div", "d", "", true},
      {"div", "e", "", true},  {"div", "", "", true},
  };
  for (const Row& row : rows) {
    Look look;
    Cascade cascade;
    sheet.apply(row.element, row.classes, row.id, cascade);
    cascade.apply(Layout::block, look);
    BOOST_TEST(look.is_shown() == row.shown,
               row.element << "." << row.classes << "#" << row.id);
  }
}
