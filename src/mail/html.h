// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/mail.h"

namespace simwarden {

// An HTML document as its reader sees it.
struct ShownHtml {
  // Blank space collapsed, a line for each block, alternative texts in the
  // place of pictures, what buttons say. No scripts, no style, no comments.
  std::string text;
  std::string hidden;           // what stands there and is not shown
  std::vector<MailLink> links;  // begin and end are bytes of `text`
  std::vector<MailImage> images;
  std::vector<MailTable> tables;  // `part` is not known here
  uint32_t comments_in_words = 0;
  MailFaults faults;
};

// `html`: UTF-8 without NULs. Scripts do not run, frames and pictures are not
// fetched.
ShownHtml read_html(std::string_view html);

// The same as text alone: the targets of links behind it, a line each.
std::string html_as_text(std::string_view html);

// Elements inside each other; browsers flatten what is deeper than 512.
inline constexpr size_t kHtmlDepthMax = 512;
// The charset that <meta> names in the first bytes; "" when none does.
std::string html_charset(std::string_view html);

// A link as browsers follow it: without line breaks and tabs, wherever they
// stand.
std::string followed_link(std::string_view written);
// Of the address of a picture.
inline constexpr size_t kPictureSourceBytesMax = 4096;

// Of "0; url=https://demo.example/"; "" where it has none.
std::string_view refresh_target(std::string_view content);
// The addresses "data:…" in a style, a list of sources or alone, each up to a
// blank, a quote or a bracket.
std::vector<std::string_view> find_data_urls(std::string_view text);
// "data:image/png;base64,iVBOR…" (RFC 2397), what is behind the comma.
std::string data_of_url(std::string_view url);
// The page that is such an address, or the drawing that writes something: UTF-8
// without NULs; "" for what is neither.
std::string page_of_data_url(std::string_view url);
// `target` as a link of a document at `base`; as it is without a base.
std::string resolve_link(std::string_view base, std::string_view target);

}  // namespace simwarden
