// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

// What browsers make of the elements of a page.
namespace simwarden::elements {

using namespace std::string_view_literals;

// An element of ours around a page.
inline constexpr std::string_view kPage = "simwarden-page";

// A line of their own.
inline constexpr std::array kBlocks = {
    "div"sv,        "tr"sv,      "li"sv,      "dt"sv,       "dd"sv,
    "table"sv,      "form"sv,    "center"sv,  "fieldset"sv, "address"sv,
    "article"sv,    "aside"sv,   "footer"sv,  "header"sv,   "hr"sv,
    "main"sv,       "nav"sv,     "section"sv, "option"sv,   "figure"sv,
    "figcaption"sv, "caption"sv, "legend"sv,  "thead"sv,    "tbody"sv,
    "body"sv,       "details"sv, "summary"sv, "hgroup"sv,   "menu"sv,
    "optgroup"sv};
// With an empty line around.
inline constexpr std::array kParagraphs = {
    "p"sv,  "h1"sv, "h2"sv, "h3"sv, "h4"sv,  "h5"sv,
    "h6"sv, "ul"sv, "ol"sv, "dl"sv, "pre"sv, "blockquote"sv};
// A height holds for these, whatever is in them. Not of <body>: there it would
// be the page's.
inline constexpr std::array kBoxes = {
    "div"sv,     "p"sv,      "h1"sv,        "h2"sv,     "h3"sv,   "h4"sv,
    "h5"sv,      "h6"sv,     "ul"sv,        "ol"sv,     "dl"sv,   "li"sv,
    "dt"sv,      "dd"sv,     "pre"sv,       "center"sv, "form"sv, "address"sv,
    "article"sv, "aside"sv,  "footer"sv,    "header"sv, "main"sv, "nav"sv,
    "section"sv, "figure"sv, "blockquote"sv};
// What stands directly in a table and is none of its parts is put in front of
// the table by browsers.
inline constexpr std::array kTableParts = {"table"sv, "thead"sv, "tbody"sv,
                                           "tfoot"sv, "tr"sv};
inline constexpr std::array kInsideTables = {
    "thead"sv, "tbody"sv,   "tfoot"sv,    "tr"sv,    "td"sv,
    "th"sv,    "caption"sv, "col"sv,      "style"sv, "colgroup"sv,
    "form"sv,  "script"sv,  "template"sv, "input"sv};
// Besides the source of <img>.
inline constexpr std::array kPicturePlaces = {
    "style"sv, "srcset"sv, "background"sv, "data"sv, "poster"sv};

// Browsers draw them in their own size and colours.
inline constexpr std::array kControls = {"button"sv, "input"sv, "textarea"sv,
                                         "select"sv};

// What stands in them is for programs that do not know them, or have no
// scripts: some show it, browsers do not.
inline constexpr std::array kFallbacks = {
    "audio"sv, "video"sv,    "canvas"sv,   "datalist"sv, "meter"sv,
    "rp"sv,    "noscript"sv, "noframes"sv, "progress"sv, "noembed"sv};

}  // namespace simwarden::elements
