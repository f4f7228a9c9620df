// SPDX-License-Identifier: Apache-2.0
#include "contact/scene.h"

#include <algorithm>

#include <unicode/uchar.h>

#include "diag/hex.h"
#include "text/look_around.h"

namespace simwarden {

Scene::Scene(const Views& views, const Registry& registry,
             std::string_view region)
    : views_(views), registry_(registry), region_(region), text_(&views.plain) {
  find_blocks();
  leads_ = find_leads(text());
  std::vector<Respelling> changes =
      respellings(views_.plain, views_.raw, leads_);
  if (changes.empty()) return;
  write_anew(std::move(changes));
  leads_ = find_leads(text());
}

// A block is a line that is not empty; U+2028 and U+2029 are rare in
// messages and written by no chat program, so that bytes suffice.
void Scene::find_blocks() {
  const std::string_view raw = views_.raw;
  const auto end_of = [&](char sign, size_t from) {
    return std::min(raw.find(sign, from), raw.size());
  };
  size_t feed = end_of('\n', 0);
  size_t carriage = end_of('\r', 0);
  for (size_t begin = 0; begin < raw.size();) {
    if (feed < begin) feed = end_of('\n', begin);
    if (carriage < begin) carriage = end_of('\r', begin);
    const size_t end = std::min(feed, carriage);
    const size_t first = raw.find_first_not_of(" \t", begin);
    if (blocks_.size() == kBlocksMax) return;
    if (first < end) blocks_.push_back(static_cast<uint32_t>(first));
    begin = end + 1;
  }
}

void Scene::write_anew(std::vector<Respelling> changes) {
  const View& plain = views_.plain;
  size_t from = 0;
  for (Respelling& change : changes) {
    respelled_.append(plain, from, change.begin);
    from = change.end;
    const Span span = plain.original(change.begin, change.end);
    change.begin = respelled_.text.size();
    respelled_.append(change.with, span);
    change.end = respelled_.text.size();
  }
  respelled_.append(plain, from, plain.text.size());
  spelled_ = std::move(changes);
  text_ = &respelled_;
}

std::string_view Scene::raw(Range range) const {
  const Span span = original(range);
  return views_.raw.substr(span.begin, span.size());
}

How Scene::how(Range range) const {
  const auto found = std::lower_bound(
      spelled_.begin(), spelled_.end(), range.begin,
      [](const Respelling& r, size_t i) { return r.end <= i; });
  if (found == spelled_.end() || found->begin >= range.end) return How::as_is;
  return found->how;
}

namespace {

constexpr std::string_view kEscapes = "&%=\\";

// "%64": what no program that writes links escapes (RFC 3986, 2.3).
bool has_needless_percent(std::string_view folded) {
  for (size_t i = folded.find('%'); i != folded.npos;
       i = folded.find('%', i + 1)) {
    const int byte = hex_byte(folded.substr(i + 1));
    const bool letter = (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
    if (letter || (byte >= '0' && byte <= '9')) return true;
    if (byte == '.' || byte == '_') return true;
  }
  return false;
}

}  // namespace

// Escapes that the view decoded, and those in a link, which it left to the
// parser of links.
bool Scene::is_escaped(Range range) const {
  constexpr uint32_t kShortest = 3;  // "%2E"
  for (size_t i = range.begin; i < range.end; ++i) {
    const char c = text()[i];
    if (!is_alnum(c) && !is_one_of(c, "@./:_+")) continue;
    const Span from = original({i, i + 1});
    if (from.size() >= kShortest &&
        is_one_of(views_.raw[from.begin], kEscapes)) {
      return true;
    }
  }
  return has_needless_percent(slice(range));
}

std::string Scene::disguise(Range range, bool is_number) const {
  const How spelled = how(range);
  if (spelled == How::digit_words) return "digit_words";
  if (spelled == How::encoded) return "escaped";
  if (spelled == How::mixed) return "mixed_script";
  if (spelled == How::turned) return is_number ? "digit_words" : "styled";
  const std::string_view written = raw(range);
  const bool ascii = std::all_of(written.begin(), written.end(), is_ascii);
  const bool may_be_escaped = written.find_first_of(kEscapes) != written.npos;
  if (!ascii || may_be_escaped) {
    const Disguise d = see(written).disguise;
    if (d.invisible + d.tags + d.bidi_controls > 0) return "invisible";
    if (d.mixed_script_words > 0) return "mixed_script";
    if (may_be_escaped && is_escaped(range)) return "escaped";
    if (d.styled > 0) return is_number ? "digit_words" : "styled";
    if (d.emoji > 0) return "emoji";
  }
  if (spelled == How::spelled_dot) return "spelled_dot";
  if (spelled == How::spaced) return "spaced";
  return "";
}

namespace {

constexpr std::u32string_view kBrackets = U"[]{}【】〔〕「」『』《》〖〗〘〙";

bool wraps(char32_t c) {
  if (c < '[' || (c > '}' && c < 0x300A) || c > 0x3019) return false;
  return kBrackets.find(c) != kBrackets.npos;
}

bool is_pictograph(char32_t c) {
  // None of them is of a script.
  if (c < 0x2190 || (c > 0x3299 && c < 0x1F000)) return false;
  return u_hasBinaryProperty(static_cast<UChar32>(c),
                             UCHAR_EXTENDED_PICTOGRAPHIC) != 0;
}

bool is_selector(char32_t c) {
  return c == 0xFE0F || c == 0x200D;
}

}  // namespace

bool Scene::is_wrapped(Range range) const {
  const Span span = original(range);
  const std::string_view all = views_.raw;
  for (size_t i = span.begin; i < span.end;) {
    if (is_digit(all[i])) {
      ++i;
      continue;
    }
    const CodePoint p = code_point_at(all, i);
    if (wraps(p.c) || is_pictograph(p.c)) return true;
    i += p.size;
  }
  CodePoint left = code_point_before(all, span.begin);
  if (is_selector(left.c)) {
    left = code_point_before(all, span.begin - left.size);
  }
  const CodePoint right = code_point_at(all, span.end);
  if (wraps(left.c) || wraps(right.c)) return true;
  if (is_pictograph(left.c) || is_pictograph(right.c)) return true;
  const bool bold = span.begin >= 2 && starts_at(all, span.begin - 2, "**");
  return bold || starts_at(all, span.end, "**");
}

std::vector<Span> Scene::blocks() const {
  std::vector<Span> blocks;
  blocks.reserve(blocks_.size());
  for (size_t i = 0; i < blocks_.size(); ++i) {
    uint32_t end = i + 1 < blocks_.size()
                       ? blocks_[i + 1]
                       : static_cast<uint32_t>(views_.raw.size());
    const auto is_space = [](char c) {
      return c == ' ' || (c >= '\t' && c <= '\r');
    };
    while (end > blocks_[i] + 1 && is_space(views_.raw[end - 1])) --end;
    blocks.push_back({blocks_[i], end});
  }
  return blocks;
}

uint32_t Scene::block_of(Span span) const {
  const auto next =
      std::upper_bound(blocks_.begin(), blocks_.end(), span.begin);
  if (next == blocks_.begin()) return 0;
  return static_cast<uint32_t>(next - blocks_.begin() - 1);
}

bool Scene::same_block(Range a, Range b) const {
  return block_of(original(a)) == block_of(original(b));
}

void Scene::claim(Range range) {
  constexpr size_t kFew = 8;
  if (claimed_.capacity() == 0) claimed_.reserve(kFew);
  const auto place =
      std::lower_bound(claimed_.begin(), claimed_.end(), range.begin,
                       [](const Range& r, size_t i) { return r.begin < i; });
  claimed_.insert(place, range);
}

bool Scene::is_claimed(Range range) const {
  const auto next =
      std::lower_bound(claimed_.begin(), claimed_.end(), range.end,
                       [](const Range& r, size_t i) { return r.begin < i; });
  return next != claimed_.begin() && (next - 1)->end > range.begin;
}

}  // namespace simwarden
