// SPDX-License-Identifier: Apache-2.0
// Text -> views -> links, contacts, codes. Whatever the text, the offsets of
// views are monotone, lie in the text and never cut a character, and what
// was found stands in the text. The first byte chooses the region.
#include "contact/contact.h"
#include "fuzz/input.h"
#include "notation/utf8.h"
#include "text/charset.h"
#include "text/pieces.h"
#include "text/views.h"

using namespace simwarden;

namespace {

// The boundaries of characters; each byte that is not UTF-8 is one.
std::vector<bool> boundaries(std::string_view text) {
  std::vector<bool> starts(text.size() + 1);
  for (size_t at = 0; at < text.size();) {
    starts[at] = true;
    at += std::max<size_t>(utf8_size_at(text, at), 1);
  }
  starts[text.size()] = true;
  return starts;
}

void check_view(const View& view, const std::vector<bool>& starts) {
  Span last;
  for (size_t i = 0; i < view.text.size(); ++i) {
    const Span span = view.original(i, i + 1);
    CHECK(span.begin < span.end, "a byte came from somewhere");
    CHECK(span.end < starts.size(), "inside the text");
    CHECK(starts[span.begin] && starts[span.end], "whole characters");
    CHECK(last.begin <= span.begin && last.end <= span.end, "monotone");
    last = span;
  }
}

// Folding goes on only where an escape was hidden in two others.
void check_idempotent(const Views& views) {
  Disguise ignored;
  Pieces pieces = decode(views.plain.text, ignored);
  if (unescape(pieces, ignored)) return;
  CHECK(see(views.plain.text).plain.text == views.plain.text, "folded once");
}

void check_charset(std::string_view bytes, unsigned char choice) {
  constexpr std::string_view kLabels[] = {"", "gb18030", "shift_jis",
                                          "iso-2022-jp", "utf-16le"};
  const Utf8Text text = to_utf8(bytes, kLabels[choice % 5]);
  std::vector<bool> anywhere(bytes.size() + 1, true);
  check_view(text.view, anywhere);
  const std::string_view utf8 = text.view.text;
  for (size_t at = 0; at < utf8.size(); at += utf8_size_at(utf8, at)) {
    CHECK(utf8_size_at(utf8, at) != 0, "it is UTF-8 now");
  }
}

template <typename List>
void check_spans(const List& list, const std::vector<bool>& starts) {
  for (const auto& found : list) {
    CHECK(found.span.begin < found.span.end, "not empty");
    CHECK(found.span.end < starts.size(), "inside the text");
    CHECK(starts[found.span.begin] && starts[found.span.end], "whole");
  }
}

Registry registry() {
  Registry known;
  known.official_domains = {"example.com"};
  known.official_hotlines = {"121", "+18005550100"};
  known.official_handles = {"telegram:demo_operator"};
  known.shorteners = {"bit.ly"};
  known.brands = {{"demo", "example.com"}, {"ee", "example.com"}};
  known.short_brands = {"ee"};
  return known;
}

}  // namespace

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const Registry kRegistry = registry();
  constexpr std::string_view kRegions[] = {"", "CN", "US", "GB", "IN"};
  std::string_view text = fuzz::as_text(data, size);
  if (text.empty()) return 0;
  const auto choice = static_cast<unsigned char>(text.front());
  text.remove_prefix(1);

  const std::vector<bool> starts = boundaries(text);
  const Views views = see(text);
  check_view(views.plain, starts);
  check_view(squeeze(views.plain), starts);
  if (const auto relettered = reletter(views.plain)) {
    check_view(*relettered, starts);
  }
  check_idempotent(views);
  check_charset(text, choice);

  const Followable found =
      find_followable(views, kRegistry, kRegions[choice % 5]);
  check_spans(found.links, starts);
  check_spans(found.contacts, starts);
  check_spans(found.codes, starts);
  return 0;
}
