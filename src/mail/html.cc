// SPDX-License-Identifier: Apache-2.0
// libxml2 says what begins, what ends and what is written; no tree is built.
// For each open element there is a Look, which decides whether its text is
// shown.
#include "mail/html.h"

#include <array>
#include <memory>
#include <optional>
#include <unordered_set>
#include <utility>

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include "mail/css.h"
#include "mail/css_content.h"
#include "mail/html_attributes.h"
#include "mail/html_cells.h"
#include "mail/html_doubt.h"
#include "mail/html_elements.h"
#include "mail/html_markup.h"
#include "mail/html_order.h"
#include "mail/shown_text.h"
#include "mail/words.h"

namespace simwarden {
namespace {

using namespace std::string_view_literals;

template <size_t N>
bool is_in(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// Drawings of Outlook.
constexpr std::string_view kVml = "v:";

Layout layout_of(std::string_view name) {
  return is_in(elements::kBoxes, name) ? Layout::block : Layout::in_line;
}

class HtmlReader {
 public:
  HtmlReader()
      : shown_(out_.text, out_.hidden),
        order_(out_.text),
        doubt_(out_.text),
        tables_(out_.tables) {
    looks_.push_back({});
  }

  ShownHtml read(std::string_view html) {
    const PlainMarkup markup = plain_markup(html);
    if (markup.cut) out_.faults.add(MailFault::cut_html);
    for (const auto& [css, media] : markup.styles) read_sheet(css, media);
    style_page(markup);
    // Text outside of all elements would get a paragraph from libxml2.
    parse("<" + std::string(elements::kPage) + ">" + markup.html);
    shown_.finish();
    close_links(0);
    add_paragraph(doubt_.lines_without());
    add_paragraph(lines_of_content(style_pieces_));
    for (MailLink& link : out_.links) resolve(link);
    if (tables_.cut()) out_.faults.add(MailFault::cut_pictures);
    for (const Frame& frame : frames_) read_behind(frame.page, frame.shown);
    if (depth_ == 0 && !markup.of_outlook.empty()) {
      read_behind(markup.of_outlook, true);
    }
    return std::move(out_);
  }

 private:
  struct Element {
    Look look;
    bool silent = false;  // not shown, and not kept from a reader either
    int link = -1;
    uint8_t breaks = 0;
    // Of a part of a table that is no cell: the element around the table.
    std::optional<size_t> around;
  };

  struct Frame {
    std::string page;
    bool shown;
  };

  void read_sheet(std::string_view css, Media media) {
    sheet_.read(css, media);
    if (media != Media::other) add_style_content(css, style_pieces_);
    for (std::string& name : style_attributes(css)) {
      if (shown_attributes_.size() >= kStyleAttributesMax) break;
      shown_attributes_.push_back(std::move(name));
    }
    data_pictures(css);
  }

  static HtmlReader& self(void* context) {
    return *static_cast<HtmlReader*>(context);
  }

  void parse(std::string_view html) {
    xmlInitParser();
    const std::unique_ptr<htmlParserCtxt, decltype(&htmlFreeParserCtxt)>
        context(htmlCreateMemoryParserCtxt(html.data(),
                                           static_cast<int>(html.size())),
                &htmlFreeParserCtxt);
    if (context == nullptr) return;
    context_ = context.get();
    htmlCtxtUseOptions(context_, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
                                     HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                     HTML_PARSE_NODEFDTD |
                                     HTML_PARSE_NOIMPLIED);
    // What a <meta> says of the charset is not true any more.
    xmlSwitchEncoding(context_, XML_CHAR_ENCODING_UTF8);
    context_->input->encoding =
        xmlStrdup(reinterpret_cast<const xmlChar*>("UTF-8"));
    htmlSAXHandler handler{};
    handler.startElement = [](void* c, const xmlChar* name,
                              const xmlChar** attributes) {
      self(c).begin(view_of(name), Attributes(attributes));
    };
    handler.endElement = [](void* c, const xmlChar* name) {
      self(c).end(view_of(name));
    };
    handler.characters = [](void* c, const xmlChar* text, int size) {
      self(c).write({reinterpret_cast<const char*>(text), size_t(size)});
    };
    handler.ignorableWhitespace = handler.characters;
    handler.cdataBlock = handler.characters;
    handler.comment = [](void* c, const xmlChar*) { self(c).comment(); };
    *context_->sax = handler;
    context_->userData = this;
    htmlParseDocument(context_);
    context_ = nullptr;
  }

  uint32_t add_paragraph(std::string_view text) {
    if (!out_.text.empty() && !text.empty()) out_.text += "\n\n";
    const auto begin = static_cast<uint32_t>(out_.text.size());
    out_.text += text;
    return begin;
  }

  // A <base> is for the links in front of it, too.
  void resolve(MailLink& link) {
    link.target = resolve_link(base_, link.target);
    if (link.target.size() <= kMailTargetBytesMax) return;
    out_.faults.add(MailFault::cut_links);
    link.target.resize(kMailTargetBytesMax);
  }

  // A page inside this one, behind it, where it says what this one does not.
  void read_behind(std::string_view html, bool shown) {
    constexpr int kPagesDeep = 2;  // browsers show more, and nobody writes it
    if (depth_ >= kPagesDeep) return out_.faults.add(MailFault::cut_html);
    HtmlReader reader;
    reader.depth_ = depth_ + 1;
    ShownHtml page = reader.read(html);
    out_.faults.add(page.faults);
    if (!shown) {
      out_.hidden.append(out_.hidden.empty() ? "" : "\n").append(page.text);
      return;
    }
    if (!says_more(page)) return;
    const uint32_t begin = add_paragraph(page.text);
    for (MailLink& link : page.links) {
      if (out_.links.size() >= kMailLinksMax) {
        return out_.faults.add(MailFault::cut_links);
      }
      link.begin += begin;
      link.end += begin;
      out_.links.push_back(std::move(link));
    }
  }

  bool says_more(const ShownHtml& page) const {
    const std::unordered_set<std::string_view> known = lines_of(out_.text);
    std::unordered_set<std::string_view> targets;
    for (const MailLink& link : out_.links) targets.insert(link.target);
    for (const std::string_view line : lines_of(page.text)) {
      if (!known.contains(line)) return true;
    }
    return std::any_of(
        page.links.begin(), page.links.end(),
        [&](const MailLink& link) { return !targets.contains(link.target); });
  }

  void stop(MailFault fault) {
    out_.faults.add(fault);
    stopped_ = true;
    xmlStopParser(context_);
  }

  void begin(std::string_view name, const Attributes& attributes) {
    if (stopped_) return;
    if (looks_.size() > kHtmlDepthMax) return stop(MailFault::cut_html);
    Element element;
    element.look = is_in(elements::kInsideTables, name) ? looks_.back().look
                                                        : look_for_text();
    if (name == "table") {
      element.around = looks_.size() - 1;
    } else if (is_in(elements::kTableParts, name)) {
      element.around = looks_.back().around;
    }
    element.silent = looks_.back().silent || name == "template";
    order_.begin(style(name, attributes, element.look));
    const bool paragraph = is_in(elements::kParagraphs, name);
    element.breaks =
        paragraph ? uint8_t{2}
                  : uint8_t{is_in(elements::kBlocks, name) || name == "br"};
    if (name == "br") {
      element.breaks = 0;
      shown_.add_break();
      begin_line();
    } else {
      shown_.want_breaks(element.breaks);
    }
    if (name == "td" || name == "th") shown_.want_blank();
    looks_.push_back(element);
    open(name, attributes);
    for (const auto place : elements::kPicturePlaces) {
      data_pictures(attributes[place]);
    }
    add_shown_attributes(attributes);
    if (!element.silent) table(name, attributes, element.look);
  }

  // A link, which pages write beside its text where they are printed.
  static bool is_address(std::string_view value) {
    return value.find(':') != value.npos && value.find(' ') == value.npos;
  }

  // What `content: attr(title)` writes, behind the page.
  void add_shown_attributes(const Attributes& attributes) {
    for (const std::string& name : shown_attributes_) {
      const std::string_view value = without_blanks(attributes[name]);
      if (value.empty() || is_address(value) ||
          written_by_style_ + value.size() > kMailTargetBytesMax) {
        continue;
      }
      written_by_style_ += value.size();
      style_pieces_.emplace_back(value);
    }
  }

  // `style="list-style-type: '…'"`.
  void add_list_signs(std::string_view style) {
    if (!contains_word(style, "list-style") ||
        written_by_style_ + style.size() > kMailTargetBytesMax) {
      return;
    }
    written_by_style_ += style.size();
    add_style_content(style, style_pieces_);
  }

  const Look& look_for_text() const {
    const Element& inner = looks_.back();
    return inner.around ? looks_[*inner.around].look : inner.look;
  }

  // Only the first line of a text is indented.
  void begin_line() {
    for (size_t i = looks_.size(); i-- > 0 && looks_[i].look.indented;) {
      looks_[i].look.indented = false;
    }
  }

  void table(std::string_view name, const Attributes& attributes,
             const Look& look) {
    if (name == "table") {
      tables_.begin_table(out_.text.size());
    } else if (name == "tr") {
      tables_.begin_row();
    } else if ((name == "td" || name == "th") && !look.gone &&
               !look.invisible) {
      tables_.begin_cell(look.background, attributes["colspan"]);
    }
  }

  // Of a page without <html> or <body> around it: browsers add them.
  void style_page(const PlainMarkup& markup) {
    Look& look = looks_.back().look;
    if (markup.late_body) look.background = kUnknownColour;
    if (sheet_.empty()) return;
    for (const std::string_view name : {"html"sv, "body"sv}) {
      if (contains_word(markup.html, "<" + std::string(name))) continue;
      Cascade cascade;
      sheet_.apply(name, {}, {}, cascade);
      cascade.apply(Layout::in_line, look);
    }
  }

  Placement style(std::string_view name, const Attributes& attributes,
                  Look& look) {
    if (name == "pre" || name == "textarea") look.keeps_blanks = true;
    // Some readers leave this out, others do not.
    if (name == "body" && attributes.has("link")) {
      link_colour_ = kUnknownColour;
    }
    Cascade cascade;
    take_defaults(name, attributes, cascade);
    take_attributes(name, attributes, cascade);
    sheet_.apply(name, attributes["class"], attributes["id"], cascade);
    const std::string_view written = attributes["style"];
    if (!written.empty()) {
      cascade.take(read_style(written), Cascade::kInline);
      add_list_signs(written);
    }
    cascade.apply(layout_of(name), look);
    return cascade.placement(name == "tr", look);
  }

  // What browsers say of an element themselves.
  void take_defaults(std::string_view name, const Attributes& attributes,
                     Cascade& cascade) const {
    const auto take = [&](Property property, double value) {
      cascade.take(property, value, Cascade::kAttribute);
    };
    if (name == "a" && attributes.has("href")) {
      take(Property::colour, link_colour_);
    } else if (name == "bdo") {
      take(Property::one_direction, 1);
    } else if (name == "mark") {
      take(Property::colour, 0x000000);
      take(Property::background, 0xFFFF00);
    } else if (name == "table") {
      // Without a doctype.
      take(Property::font_size, kFontPixels);
    } else if (is_in(elements::kControls, name)) {
      take(Property::colour, kUnknownColour);
      take(Property::background, kUnknownColour);
      take(Property::font_size, kFontPixels);
    } else if (is_in(elements::kFallbacks, name) ||
               (name == "dialog" && !attributes.has("open"))) {
      take(Property::doubtful, 1);
    }
  }

  static void take_attributes(std::string_view name,
                              const Attributes& attributes, Cascade& cascade) {
    const auto take = [&](Property property, double value) {
      cascade.take(property, value, Cascade::kAttribute);
    };
    if (attributes.has("hidden")) take(Property::display, 1);
    if (attributes.has("dir")) {
      take(Property::right_to_left, same_word(attributes["dir"], "rtl"));
    }
    if (name == "font" && attributes.has("color")) {
      take(Property::colour, read_attribute_colour(attributes["color"]));
    }
    if (name == "font" && attributes.has("size")) {
      take(Property::font_size, kFontPixels);
    }
    if (name == "body" && attributes.has("text")) {
      take(Property::colour, read_attribute_colour(attributes["text"]));
    }
    if (attributes.has("bgcolor")) {
      take(Property::background, read_attribute_colour(attributes["bgcolor"]));
    }
    if (attributes.has("background")) take(Property::drawn, 1);
    // Of a drawing.
    if (name != "text" && name != "tspan") return;
    take(Property::order,
         order_of_place(place_of(attributes["x"]), place_of(attributes["y"])));
  }

  // What an element means besides its text.
  void open(std::string_view name, const Attributes& attributes) {
    if (name == "base" && base_.empty()) {
      base_ = std::string(attributes["href"].substr(0, kMailTargetBytesMax));
    } else if (name == "meta") {
      refresh(attributes);
    } else if (name == "link") {
      carried_sheet(attributes);
    } else if (looks_.back().silent) {
      return;
    } else if (name == "a") {
      const bool is_html = attributes.has("href");
      open_link(attributes[is_html ? "href" : "xlink:href"],
                MailLink::Place::anchor);
    } else if (name == "area") {
      open_link(attributes["href"], MailLink::Place::area);
    } else if (name == "form") {
      add_link(attributes["action"], MailLink::Place::form);
    } else if (name == "button" || name == "input") {
      add_link(attributes["formaction"], MailLink::Place::form);
      if (name == "input") input(attributes);
    } else if (name == "iframe" || name == "frame") {
      add_link(attributes["src"], MailLink::Place::frame);
      frame(page_of_data_url(attributes["src"]));
      if (name == "iframe") frame(attributes["srcdoc"]);
    } else if (name == "option" || name == "optgroup") {
      write(attributes["label"]);
      shown_.want_blank();
    } else if (name == "img" || name == "embed") {
      image(attributes, "src");
    } else if (name == "image") {
      image(attributes, attributes.has("href")         ? "href"
                        : attributes.has("xlink:href") ? "xlink:href"
                                                       : "src");
    } else if (name.starts_with(kVml)) {
      open_link(attributes["href"], MailLink::Place::anchor);
    }
  }

  // The page of an <iframe> that stands in it.
  void frame(std::string_view page) {
    constexpr size_t kFramesMax = 16;
    if (page.empty()) return;
    if (frames_.size() >= kFramesMax) {
      return out_.faults.add(MailFault::cut_html);
    }
    frames_.push_back({std::string(page), looks_.back().look.is_shown()});
  }

  // A style sheet in the address of a <link>. Some programs leave it out.
  void carried_sheet(const Attributes& attributes) {
    const std::string_view href = without_blanks(attributes["href"]);
    if (!contains_word(attributes["rel"], "stylesheet") ||
        !same_word(href.substr(0, 5), "data:") ||
        carried_bytes_ + href.size() > kStyleBytesMax) {
      return;
    }
    carried_bytes_ += href.size();
    const bool other = read_media(attributes["media"]) == Media::other;
    read_sheet(data_of_url(href), other ? Media::other : Media::unclear);
  }

  void refresh(const Attributes& attributes) {
    if (!same_word(without_blanks(attributes["http-equiv"]), "refresh")) return;
    add_link(refresh_target(attributes["content"]), MailLink::Place::refresh);
  }

  // What stands in or on it.
  void input(const Attributes& attributes) {
    constexpr std::array kWordless = {"hidden"sv,   "password"sv, "file"sv,
                                      "checkbox"sv, "radio"sv,    "color"sv,
                                      "range"sv};
    const std::string type = small_letters(without_blanks(attributes["type"]));
    if (is_in(kWordless, std::string_view(type))) return;
    if (type == "image") return image(attributes, "src");
    const std::string_view value = attributes["value"];
    shown_.want_blank();
    write(value.empty() ? attributes["placeholder"] : value);
    shown_.want_blank();
  }

  void image(const Attributes& attributes, std::string_view target) {
    add_picture(without_blanks(attributes[target]), attributes["alt"]);
    write(attributes["alt"]);
  }

  void data_pictures(std::string_view text) {
    for (const auto url : find_data_urls(text)) add_picture(url, "");
  }

  void add_picture(std::string_view source, std::string_view alt) {
    if (out_.images.size() >= kMailLinksMax) {
      return out_.faults.add(MailFault::cut_links);
    }
    const bool inside = same_word(source.substr(0, 5), "data:");
    std::string bytes = inside ? data_of_url(source) : "";
    if (inside) frame(page_of_data_url(source));
    if (inside) source = source.substr(0, source.find_first_of(";,"));
    source = source.substr(0, kPictureSourceBytesMax);
    out_.images.push_back({inside ? small_letters(source) : std::string(source),
                           std::string(without_blanks(alt)), std::move(bytes)});
  }

  bool add_link(std::string_view written, MailLink::Place place) {
    const std::string target = followed_link(written);
    // A place in the same document, code, or nothing.
    if (target.empty() || target[0] == '#' ||
        same_word(std::string_view(target).substr(0, 11), "javascript:")) {
      return false;
    }
    if (out_.links.size() >= kMailLinksMax) {
      out_.faults.add(MailFault::cut_links);
      return false;
    }
    MailLink link;
    if (target.size() > kMailTargetBytesMax) {
      out_.faults.add(MailFault::cut_links);
    }
    link.target = target.substr(0, kMailTargetBytesMax);
    link.place = place;
    link.begin = link.end = static_cast<uint32_t>(out_.text.size());
    link.hidden = !looks_.back().look.is_shown();
    out_.links.push_back(std::move(link));
    return true;
  }

  void open_link(std::string_view href, MailLink::Place place) {
    if (!add_link(href, place)) return;
    looks_.back().link = static_cast<int>(out_.links.size()) - 1;
    shown_.mark();
  }

  void end(std::string_view name) {
    if (looks_.size() <= 1) return;
    close_links(looks_.size() - 1);
    const Element element = looks_.back();
    looks_.pop_back();
    // Browsers put what stands behind it into it.
    if (name == "body" || name == "html") looks_.back().look = element.look;
    if (name == "td" || name == "th") shown_.want_blank();
    if (name == "table" && !element.silent) tables_.end_table();
    write_beside(order_.end());
    shown_.want_breaks(element.breaks);
  }

  // Links of the elements from `first` on end here.
  void close_links(size_t first) {
    for (size_t i = looks_.size(); i-- > first;) {
      const int index = std::exchange(looks_[i].link, -1);
      if (index < 0) continue;
      MailLink& link = out_.links[static_cast<size_t>(index)];
      const auto [begin, end] = shown_.since_mark();
      link.begin = begin;
      link.end = end;
    }
  }

  void write(std::string_view text) {
    if (stopped_) return;
    const Element& element = looks_.back();
    if (element.silent) return;
    if (after_comment_ && !text.empty()) {
      after_comment_ = false;
      if (is_ascii_letter(text[0])) ++out_.comments_in_words;
    }
    const Look& look = look_for_text();
    const size_t begin = out_.text.size();
    shown_.write(text, look.is_shown(), look.keeps_blanks);
    if (look.doubtful) doubt_.add(begin);
    // Some programs turn it, some do not.
    if (look.turned != look.mirrored) write_turned(text, look);
    if (shown_.is_full()) stop(MailFault::cut_text);
  }

  void write_turned(std::string_view text, const Look& look) {
    const std::string other = turned(text);
    if (other == text) return;
    shown_.want_blank();
    shown_.write(other, look.is_shown(), look.keeps_blanks);
    shown_.want_blank();
  }

  // What was written already, as it stands on the page.
  void write_beside(std::string_view in_order) {
    if (in_order.empty() || stopped_) return;
    shown_.want_blank();
    shown_.write(in_order, true, false);
    shown_.want_blank();
  }

  void comment() {
    if (stopped_ || looks_.back().silent) return;
    after_comment_ = shown_.ends_in_letter();
  }

  ShownHtml out_;
  ShownText shown_;
  ItemOrder order_;
  DoubtfulText doubt_;
  CellTables tables_;
  std::vector<Element> looks_;
  StyleSheet sheet_;
  std::string base_;
  int32_t link_colour_ = 0x0000EE;
  htmlParserCtxtPtr context_ = nullptr;
  std::vector<std::string> style_pieces_;
  size_t written_by_style_ = 0;                // bytes, by attributes
  size_t carried_bytes_ = 0;                   // of sheets in addresses
  std::vector<std::string> shown_attributes_;  // of which styles write words
  std::vector<Frame> frames_;
  int depth_ = 0;  // pages around this one
  bool stopped_ = false;
  bool after_comment_ = false;
};

}  // namespace

ShownHtml read_html(std::string_view html) {
  return HtmlReader().read(html);
}

std::string html_as_text(std::string_view html) {
  const ShownHtml page = read_html(html);
  std::string out = page.text;
  for (const MailLink& link : page.links) out.append("\n").append(link.target);
  return out;
}

}  // namespace simwarden
