// SPDX-License-Identifier: Apache-2.0
// One walk from "<" to "<". Every element is read to its ">" as browsers do, so
// that nothing inside its attributes is taken for markup, and its attributes
// are counted on the way.
#include "mail/html_markup.h"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "mail/html_foreign.h"
#include "mail/words.h"
#include "text/entities.h"

namespace simwarden {
namespace {

using namespace std::string_view_literals;

// Elements whose content holds no markup // (of <iframe> only the element
// counts).
enum class Raw : uint8_t { dropped, fallback, style, text, text_with_entities };
struct RawElement {
  std::string_view name;
  Raw content;
};
// Whatever follows is its text.
constexpr std::string_view kEndless = "plaintext";
constexpr std::array kRawElements = {
    RawElement{"script", Raw::dropped},
    RawElement{"title", Raw::dropped},
    RawElement{"iframe", Raw::fallback},
    RawElement{"noembed", Raw::dropped},
    RawElement{"noframes", Raw::dropped},
    RawElement{"style", Raw::style},
    RawElement{"xmp", Raw::text},
    RawElement{kEndless, Raw::text},
    RawElement{"textarea", Raw::text_with_entities}};

const RawElement* raw_element(std::string_view name) {
  const auto* found = std::find_if(
      kRawElements.begin(), kRawElements.end(),
      [&](const RawElement& row) { return same_word(name, row.name); });
  return found == kRawElements.end() ? nullptr : found;
}

// Without content, which libxml2 does not know.
constexpr std::array kEmpty = {"wbr"sv,   "source"sv, "track"sv,
                               "embed"sv, "keygen"sv, "bgsound"sv};
// Of these libxml2 lets no end of a drawing through.
constexpr std::array kTableParts = {"td"sv,    "th"sv,    "tr"sv,  "thead"sv,
                                    "tbody"sv, "tfoot"sv, "html"sv};

constexpr std::array kFontAttributes = {"color"sv, "face"sv, "size"sv};
constexpr std::string_view kCharacters = "<![CDATA[";

// What stands in front of a body, if there is one at all.
constexpr std::array kHead = {"html"sv, "head"sv, "meta"sv,  "title"sv,
                              "link"sv, "base"sv, "style"sv, "script"sv};

// Whose content is read and may not be meant.
bool is_set_aside(std::string_view name) {
  return same_word(name, "template") || same_word(name, "noscript");
}

// What <style media=… type=…> is for.
struct StyleAttributes {
  std::string_view media;
  std::string_view type;

  Media who() const {
    if (type.empty() || same_word(type, "text/css")) return read_media(media);
    return contains_word(type, "css") ? Media::unclear : Media::other;
  }
};

class Walker {
 public:
  explicit Walker(std::string_view html) : html_(html) {
    out_.html.reserve(html.size());
  }

  PlainMarkup run() {
    while (at_ < html_.size() && !out_.cut) {
      const size_t sign = std::min(html_.find('<', at_), html_.size());
      copy_text(html_.substr(at_, sign - at_));
      at_ = sign;
      if (at_ < html_.size()) look();
    }
    return std::move(out_);
  }

 private:
  char after(size_t n) const {
    return at_ + n < html_.size() ? html_[at_ + n] : '\0';
  }

  void copy_text(std::string_view text) {
    const size_t begin = out_.html.size();
    has_content_ = has_content_ || !without_blanks(text).empty();
    add_named_characters(text);
    std::replace(out_.html.begin() + static_cast<ptrdiff_t>(begin),
                 out_.html.end(), '\f', ' ');
  }

  // A "<" at at_.
  void look() {
    if (is_ascii_letter(after(1))) return element();
    if (after(1) == '/' && is_ascii_letter(after(2))) return end_tag();
    if (html_.substr(at_).starts_with("</>")) {
      at_ += 3;
    } else if (html_.substr(at_).starts_with("<!--")) {
      comment();
    } else if (foreign_.is_here() &&
               html_.substr(at_).starts_with(kCharacters)) {
      characters();
    } else if (after(1) == '!' || after(1) == '?' || after(1) == '/') {
      bogus_comment();
    } else {
      out_.html += "&lt;";
      ++at_;
    }
  }

  // "<!-->" and "<!--->" are whole ones; "--!>" ends one, too.
  void comment() {
    out_.html += "<!-- -->";
    const size_t begin = at_ + 4;
    const std::string_view rest = html_.substr(std::min(begin, html_.size()));
    if (rest.starts_with('>') || rest.starts_with("->")) {
      at_ = begin + (rest[0] == '>' ? 1 : 2);
      return;
    }
    for (size_t dash = rest.find("--"); dash != rest.npos;
         dash = rest.find("--", dash + 1)) {
      const std::string_view end = rest.substr(dash + 2);
      if (end.starts_with('>') || end.starts_with("!>")) {
        at_ = begin + dash + 2 + (end[0] == '>' ? 1 : 2);
        return conditional(rest.substr(0, dash));
      }
    }
    at_ = html_.size();
    conditional(rest);
  }

  // "[if gte mso 9]>…<![endif]".
  void conditional(std::string_view comment) {
    constexpr std::string_view kIf = "[if";
    comment = without_blanks(comment);
    if (!same_word(comment.substr(0, kIf.size()), kIf)) return;
    const size_t close = comment.find("]>");
    if (close == comment.npos) return;
    const std::string_view condition = comment.substr(0, close);
    const bool other = condition.find('!') != condition.npos ||
                       contains_word(condition, "lt ") ||
                       contains_word(condition, "lte ");
    if (other || (!contains_word(condition, "mso") &&
                  !contains_word(condition, "vml"))) {
      return;
    }
    add_for_outlook(comment.substr(close + 2));
  }

  // Without its settings.
  void add_for_outlook(std::string_view html) {
    constexpr std::string_view kSettings = "<xml>";
    constexpr std::string_view kEnd = "</xml>";
    while (!html.empty()) {
      const size_t begin = std::min(html.find(kSettings), html.size());
      out_.of_outlook.append(html.substr(0, begin));
      html.remove_prefix(begin);
      const size_t end = std::min(html.find(kEnd), html.size());
      html.remove_prefix(std::min(end + kEnd.size(), html.size()));
    }
  }

  // "<![CDATA[…]]>" of a drawing.
  void characters() {
    const size_t begin = at_ + kCharacters.size();
    const size_t end = std::min(html_.find("]]>", begin), html_.size());
    add_text(html_.substr(begin, end - begin), false);
    at_ = std::min(end + 3, html_.size());
  }

  void bogus_comment() {
    out_.html += "<!-- -->";
    const size_t close = html_.find('>', at_);
    at_ = close == html_.npos ? html_.size() : close + 1;
  }

  void end_tag() {
    const size_t close = html_.find('>', at_);
    const size_t end = close == html_.npos ? html_.size() : close + 1;
    const size_t name_end = std::min(end, end_of_name(at_ + 2));
    const std::string_view name = html_.substr(at_ + 2, name_end - at_ - 2);
    if (foreign_.is_here() && (same_word(name, "p") || same_word(name, "br"))) {
      out_.html += foreign_.leave();
    }
    foreign_.end(name);
    out_.html += "</";
    if (is_set_aside(name) && set_aside_ > 0) --set_aside_;
    add_name(name);
    out_.html += '>';
    at_ = end;
  }

  // Written anew, so that libxml2 finds these attributes and no others.
  void element() {
    const size_t before = out_.html.size();
    const size_t name_end = end_of_name(at_ + 1);
    const std::string_view name = html_.substr(at_ + 1, name_end - at_ - 1);
    note(name);
    out_.html += '<';
    add_name(foreign_.is_here() && is_one_of(kTableParts, name) ? "g" : name);
    const auto end = attributes(name_end);
    if (!end) {
      out_.html.resize(before);
      out_.cut = true;
      return;
    }
    out_.html += '>';
    close_foreign(name, before);
    const RawElement* raw = raw_content_of(name);
    // An element that never ends is not shown.
    const bool whole = *end < html_.size();
    const bool shown = whole && (raw == nullptr || raw->content == Raw::text ||
                                 raw->content == Raw::text_with_entities ||
                                 raw->content == Raw::fallback);
    if (!shown) out_.html.resize(before);
    at_ = std::min(*end + 1, html_.size());
    const bool is_empty = ends_itself(name);
    if (whole && raw != nullptr) {
      raw_content(*raw, shown);
    } else if (shown && is_empty) {
      out_.html += "</";
      add_name(name);
      out_.html += '>';
    }
    if (whole && !is_empty) foreign_.begin(name, says_html_);
  }

  // Those from `i` on; gives where their ">" stands, nothing when they are too
  // many.
  std::optional<size_t> attributes(size_t i) {
    size_t count = 0;
    while (i < html_.size() && html_[i] != '>') {
      if (is_blank_char(html_[i]) || html_[i] == '/') {
        slash_ = html_[i] == '/';
        ++i;
        continue;
      }
      slash_ = false;
      if (++count > kHtmlAttributesMax) return {};
      i = attribute(i);
    }
    return i;
  }

  // An element of HTML that cannot stand in a drawing ends it.
  void close_foreign(std::string_view name, size_t begin) {
    if (!foreign_.is_here()) return;
    if (ForeignElements::is_closed_by(name) ||
        (same_word(name, "font") && styles_font_)) {
      out_.html.insert(begin, foreign_.leave());
    }
  }

  // In a drawing markup goes on in all of them.
  const RawElement* raw_content_of(std::string_view name) const {
    const RawElement* raw = raw_element(name);
    const bool kept = raw != nullptr && foreign_.is_here() &&
                      raw->content != Raw::dropped &&
                      raw->content != Raw::style;
    return kept ? nullptr : raw;
  }

  bool ends_itself(std::string_view name) const {
    const bool drawn =
        foreign_.is_here() || same_word(name, "svg") || same_word(name, "math");
    return drawn ? slash_ : is_one_of(kEmpty, name);
  }

  void note(std::string_view name) {
    style_ = {};
    styles_font_ = says_html_ = slash_ = false;
    if (is_set_aside(name)) ++set_aside_;
    const bool is_body = same_word(name, "body");
    out_.late_body = out_.late_body || (is_body && has_content_);
    const bool is_head =
        std::any_of(kHead.begin(), kHead.end(),
                    [&](std::string_view one) { return same_word(name, one); });
    has_content_ = has_content_ || !is_head;
  }

  size_t end_of_name(size_t i) const {
    while (i < html_.size() && !is_blank_char(html_[i]) && html_[i] != '/' &&
           html_[i] != '>') {
      ++i;
    }
    return i;
  }

  static bool is_name_char(char c) {
    return is_ascii_letter(c) || is_digit(c) || c == '-' || c == '_' ||
           c == ':' || c == '.';
  }

  // What libxml2 would not read to its end becomes a name of nothing.
  void add_name(std::string_view name) {
    constexpr size_t kNameMax = 64;
    for (const char c : name.substr(0, kNameMax)) {
      out_.html += is_name_char(c) ? c : '-';
    }
  }

  // One attribute at `i`; gives what is behind it.
  size_t attribute(size_t i) {
    const size_t name = i;
    ++i;  // a "=" in front belongs to the name
    while (i < html_.size() && !is_blank_char(html_[i]) && html_[i] != '=' &&
           html_[i] != '>' && html_[i] != '/') {
      ++i;
    }
    const std::string_view written = html_.substr(name, i - name);
    size_t value = skip_blanks(i);
    if (value >= html_.size() || html_[value] != '=') {
      add_attribute(written, {});
      return i;
    }
    value = skip_blanks(value + 1);
    if (value >= html_.size()) return value;
    const char quote = html_[value];
    if (quote == '"' || quote == '\'') {
      const size_t close = html_.find(quote, value + 1);
      if (close == html_.npos) return html_.size();
      add_attribute(written, html_.substr(value + 1, close - value - 1));
      return close + 1;
    }
    size_t end = value;
    while (end < html_.size() && !is_blank_char(html_[end]) &&
           html_[end] != '>') {
      ++end;
    }
    add_attribute(written, html_.substr(value, end - value));
    return end;
  }

  void add_attribute(std::string_view name, std::string_view value) {
    if (style_.media.empty() && same_word(name, "media")) style_.media = value;
    if (style_.type.empty() && same_word(name, "type")) style_.type = value;
    says_html_ = says_html_ || (same_word(name, "encoding") &&
                                (same_word(value, "text/html") ||
                                 same_word(value, "application/xhtml+xml")));
    styles_font_ = styles_font_ || is_one_of(kFontAttributes, name);
    constexpr size_t kNameMax = 64;  // none that means something is longer
    const bool fits = name.size() <= kNameMax && is_ascii_letter(name[0]) &&
                      std::all_of(name.begin(), name.end(), is_name_char);
    if (!fits) return;
    out_.html.append(" ").append(name).append("=\"");
    for (;;) {
      const auto odd = static_cast<size_t>(
          std::find_if(value.begin(), value.end(), is_markup) - value.begin());
      add_named_characters(value.substr(0, odd));
      if (odd == value.size()) break;
      out_.html += value[odd] == '"'   ? "&quot;"
                   : value[odd] == '<' ? "&lt;"
                                       : "&gt;";
      value.remove_prefix(odd + 1);
    }
    out_.html += '"';
  }

  // libxml2 knows those of HTML 4 only.
  void add_named_characters(std::string_view text) {
    for (size_t sign = text.find('&'); sign != text.npos;
         sign = text.find('&')) {
      out_.html.append(text.substr(0, sign));
      text.remove_prefix(sign);
      const size_t end = text.substr(0, kEntityNameMax + 2).find(';');
      const std::u32string_view meant =
          end == text.npos ? std::u32string_view()
                           : html_character(text.substr(1, end - 1));
      for (const char32_t c : meant) {
        out_.html += fmt::format("&#{};", static_cast<uint32_t>(c));
      }
      if (meant.empty()) out_.html += '&';
      text.remove_prefix(meant.empty() ? 1 : end + 1);
    }
    out_.html.append(text);
  }

  static bool is_markup(char c) { return c == '"' || c == '<' || c == '>'; }

  size_t skip_blanks(size_t i) const {
    while (i < html_.size() && is_blank_char(html_[i])) ++i;
    return i;
  }

  // Up to "</name"; in a drawing up to the next element.
  size_t end_of_content(std::string_view name) const {
    if (name == kEndless) return html_.size();
    const bool any = foreign_.is_here();
    const std::string_view sign = any ? "<" : "</";
    size_t end = html_.find(sign, at_);
    while (end != html_.npos &&
           !(any ? is_element(end) : ends_here(end + 2, name))) {
      end = html_.find(sign, end + sign.size());
    }
    return std::min(end, html_.size());
  }

  bool is_element(size_t at) const {
    const char next = at + 1 < html_.size() ? html_[at + 1] : '\0';
    return next == '/' || is_ascii_letter(next);
  }

  void raw_content(const RawElement& element, bool shown) {
    const size_t end = end_of_content(element.name);
    const std::string_view content = html_.substr(at_, end - at_);
    if (element.content == Raw::style) {
      add_style(content);
    } else if (element.content == Raw::text ||
               element.content == Raw::text_with_entities) {
      add_text(content, element.content == Raw::text_with_entities);
    }
    at_ = end;
    if (at_ == html_.size() || foreign_.is_here()) return;
    const size_t before = out_.html.size();
    end_tag();
    if (!shown) out_.html.resize(before);
  }

  void add_text(std::string_view text, bool entities) {
    while (!text.empty()) {
      const size_t odd =
          std::min(text.find_first_of(entities ? "<" : "<&"), text.size());
      add_named_characters(text.substr(0, odd));
      text.remove_prefix(odd);
      if (text.empty()) return;
      out_.html += text.front() == '<' ? "&lt;" : "&amp;";
      text.remove_prefix(1);
    }
  }

  void add_style(std::string_view css) {
    Media media = style_.who();
    if (media == Media::screen && set_aside_ > 0) media = Media::unclear;
    const size_t room = kStyleBytesMax + 1 - style_bytes_;
    css = css.substr(0, room);
    style_bytes_ += css.size();
    out_.styles.push_back({std::string(css), media});
  }

  bool ends_here(size_t at, std::string_view name) const {
    if (!same_word(html_.substr(at, name.size()), name)) return false;
    const size_t behind = at + name.size();
    return behind >= html_.size() || is_blank_char(html_[behind]) ||
           html_[behind] == '>' || html_[behind] == '/';
  }

  std::string_view html_;
  size_t at_ = 0;
  ForeignElements foreign_;
  StyleAttributes style_;     // of the element that is read
  bool styles_font_ = false;  // too
  bool says_html_ = false;    // too
  bool slash_ = false;        // at the end of it
  size_t style_bytes_ = 0;
  size_t set_aside_ = 0;  // elements that are open
  bool has_content_ = false;
  PlainMarkup out_;
};

}  // namespace

PlainMarkup plain_markup(std::string_view html) {
  return Walker(html).run();
}

}  // namespace simwarden
