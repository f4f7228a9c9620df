// SPDX-License-Identifier: Apache-2.0
// The tree of parts has a bounded depth (mime.cc), so that walking down it may
// recurse.
#include "mail/parts.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "diag/characters.h"
#include "mail/cards.h"
#include "mail/file_types.h"
#include "mail/flowed.h"
#include "mail/header_text.h"
#include "mail/html.h"
#include "mail/said_words.h"
#include "mail/words.h"

namespace simwarden {
namespace {

using namespace std::string_view_literals;

bool is_html(const MimePart& part) {
  return part.type == "text/html" || part.type == "application/xhtml+xml";
}

bool holds_html(const MimePart& part) {
  if (is_html(part)) return !part.attached;
  return std::any_of(part.parts.begin(), part.parts.end(), holds_html);
}

bool holds_plain(const MimePart& part) {
  if (part.type == "text/plain") return !part.attached;
  return std::any_of(part.parts.begin(), part.parts.end(), holds_plain);
}

// Readable text that is no file of its own.
bool is_shown_text(const MimePart& part) {
  if (part.attached) return false;
  return part.type.starts_with("text/") || is_html(part) ||
         part.type == "message/delivery-status" ||
         part.type == "message/disposition-notification" ||
         part.type == "message/feedback-report";
}

std::string file_name(const MimePart& part) {
  return std::string(without_blanks(header_text(part.name, "")));
}

// Files that a program or a browser shows as pages.
bool is_page_file(const MimePart& part) {
  constexpr std::array kEnds = {".htm"sv,   ".html"sv, ".shtml"sv,
                                ".xhtml"sv, ".xht"sv,  ".svg"sv};
  const std::string name = small_letters(file_name(part));
  return is_html(part) || part.type == "image/svg+xml" ||
         detect_file_type(part.bytes) == "text/html" ||
         std::any_of(kEnds.begin(), kEnds.end(),
                     [&](std::string_view end) { return name.ends_with(end); });
}

// As what programs open an attached file that is no page.
std::string_view opened_as(const MimePart& part) {
  if (part.type == "text/plain" || is_card_type(part.type)) return part.type;
  return text_type_by_name(file_name(part));
}

// What programs play or paint, whatever bytes it has.
bool is_medium(const MimePart& part) {
  constexpr std::array kTypes = {"image/"sv, "audio/"sv, "video/"sv, "font/"sv};
  return std::any_of(kTypes.begin(), kTypes.end(), [&](std::string_view type) {
    return part.type.starts_with(type);
  });
}

// Of a file of the mail, which is there with all its bytes, these say it, too.
std::string_view opened_by_bytes(const MimePart& part) {
  const std::string_view type = opened_as(part);
  if (!type.empty() || is_medium(part)) return type;
  const bool is_text =
      detect_file_type(part.bytes).empty() && is_plain_text(part.bytes);
  return is_text ? "text/plain"sv : type;
}

// The front of a text of more than kAttachedTextBytesMax, whole lines of it.
std::string_view front_of_text(std::string_view bytes) {
  bytes = without_blanks(bytes);
  if (bytes.size() <= kAttachedTextBytesMax) return bytes;
  bytes = bytes.substr(0, kAttachedTextBytesMax);
  const size_t end = bytes.rfind('\n');
  return end == bytes.npos ? bytes : bytes.substr(0, end);
}

// Blanks alone, those of HTML and those without a width too.
bool shows_nothing(std::string_view text) {
  constexpr std::array kBlanks = {
      " "sv,      "\t"sv,     "\r"sv,     "\n"sv,     "\u00a0"sv, "\u00ad"sv,
      "\u034f"sv, "\u200b"sv, "\u200c"sv, "\u200d"sv, "\u2007"sv, "\ufeff"sv};
  while (!text.empty()) {
    const auto* blank = std::find_if(
        kBlanks.begin(), kBlanks.end(),
        [&](std::string_view one) { return text.starts_with(one); });
    if (blank == kBlanks.end()) return false;
    text.remove_prefix(blank->size());
  }
  return true;
}

class Shower {
 public:
  Shower(const MailOptions& options, MailMessage& mail)
      : options_(options), mail_(mail) {}

  const std::string& charset() const { return charset_; }

  void show(const MimePart& part) {
    if (part.type == "multipart/alternative") return alternative(part);
    if (part.type == "multipart/related") return related(part);
    if (part.is_multipart()) {
      for (const MimePart& inside : part.parts) show(inside);
      return;
    }
    if (part.is_message()) return message(part);
    leaf(part);
  }

  void show_inner(const MimePart& part) {
    if (is_card_type(part.type)) return as_written(part);
    if (is_mail_file(part.name, part.type, part.bytes)) return mail_file(part);
    file(part, attached_text(part, opened_as(part)));
  }

  void document(std::string_view text, std::string_view hidden) {
    append(mail_.text, text);
    append(mail_.hidden_text, hidden);
  }

 private:
  void alternative(const MimePart& part) {
    const MimePart* shown = choose(part);
    if (shown == nullptr) return;
    const size_t before = mail_.text.size();
    show(*shown);
    const MimePart* instead =
        shows_nothing(std::string_view(mail_.text).substr(before))
            ? last(part, holds_plain)
            : nullptr;
    if (instead != nullptr && instead != shown) show(*instead);
    SaidWords said(std::string_view(mail_.text).substr(before));
    for (const MimePart& other : part.parts) {
      if (&other != shown && &other != instead) beside(other, said);
    }
  }

  // The last part of those that `wanted` takes; nothing without one.
  static const MimePart* last(const MimePart& part,
                              bool (*wanted)(const MimePart&)) {
    const auto found =
        std::find_if(part.parts.rbegin(), part.parts.rend(), wanted);
    return found == part.parts.rend() ? nullptr : &*found;
  }

  // The last of what mail programs prefer.
  static const MimePart* choose(const MimePart& part) {
    if (part.parts.empty()) return nullptr;
    for (const auto wanted : {holds_html, holds_plain}) {
      if (const MimePart* found = last(part, wanted)) return found;
    }
    return &part.parts.back();
  }

  // Of two pages some programs show the first; Gmail shows that of AMP.
  static bool is_other_text(const MimePart& part) {
    return !part.attached && (part.type == "text/plain" || is_html(part) ||
                              part.type == "text/x-amp-html");
  }

  // An alternative that is not shown. Invitations are, beside the text.
  void beside(const MimePart& part, SaidWords& said) {
    if (const auto other = otherwise(part)) beside(*other, said);
    if (is_other_text(part)) {
      std::string text = text_of(part);
      if (part.type != "text/plain") text = html_as_text(still_read(text));
      if (said.differ_from(text)) append(mail_.alternative_text, text);
    } else if (is_card_type(part.type)) {
      as_written(part);
    } else if (!part.parts.empty()) {
      for (const MimePart& inside : part.parts) beside(inside, said);
    } else if (!is_shown_text(part)) {
      as_written(part);
    }
  }

  // The root is shown, the others are what it is made of.
  void related(const MimePart& part) {
    const MimePart* root = nullptr;
    for (const MimePart& inside : part.parts) {
      const bool named = !part.start.empty() &&
                         without_brackets(part.start) == inside.content_id;
      if (root == nullptr || named) root = &inside;
    }
    for (const MimePart& inside : part.parts) {
      if (&inside == root || inside.is_multipart()) {
        show(inside);
      } else if (is_html(inside)) {
        show(inside);  // a second page is shown by some
      } else {
        attached(inside);
      }
    }
  }

  void attached(const MimePart& part) {
    file(part, attached_text(part, opened_by_bytes(part)));
  }

  // Apple Mail and Thunderbird show attached texts below the mail; pages are
  // opened. Longer texts are logs and tables: their front. What is broken in a
  // file is not the mail's. Says how much of its text is shown.
  Showing attached_text(const MimePart& part, std::string_view type) {
    const MailFaults before = mail_.faults;
    const std::string charset = charset_;
    Showing showing = Showing::whole;
    if (is_page_file(part)) {
      html(part);
      const MailFaults now = std::exchange(mail_.faults, before);
      for (const auto cut : {MailFault::cut_html, MailFault::cut_links,
                             MailFault::cut_text, MailFault::cut_pictures}) {
        if (now.has(cut)) mail_.faults.add(cut);
      }
    } else if (is_card_type(type)) {
      append(mail_.text, card_text(text_of(part)));
      mail_.faults = before;
    } else if (type == "text/plain") {
      showing = front(part);
      mail_.faults = before;
    } else {
      showing = Showing::nothing;
    }
    charset_ = charset;
    return showing;
  }

  Showing front(const MimePart& part) {
    if (part.bytes.size() <= kAttachedTextBytesMax) {
      plain(part);
      return Showing::whole;
    }
    MimePart shown;
    shown.type = part.type;
    shown.charset = part.charset;
    shown.flowed = part.flowed;
    shown.delete_space = part.delete_space;
    shown.bytes = front_of_text(part.bytes);
    plain(shown);
    return Showing::front;
  }

  // Its files stand behind it.
  void mail_file(const MimePart& part) {
    file(part, Showing::whole);
    const MimeMessage inner = read_mime(part.bytes);
    for (const auto& [name, value] : inner.headers) {
      if (!same_word(name, "subject")) continue;
      append(mail_.text, header_text(value, options_.charset));
    }
    for (const auto cut :
         {MailFault::cut_depth, MailFault::cut_parts, MailFault::cut_headers}) {
      if (inner.faults.has(cut)) mail_.faults.add(cut);
    }
    if (inner.body) show(*inner.body);
  }

  void message(const MimePart& part) {
    file(part, Showing::whole);
    append(mail_.text, header_text(part.subject, options_.charset));
    for (const MimePart& inside : part.parts) show(inside);
  }

  void leaf(const MimePart& part) {
    as_written(part);
    if (const auto other = otherwise(part)) as_written(*other);
  }

  // A part that programs read in two ways, in the other one.
  static std::optional<MimePart> otherwise(const MimePart& part) {
    if (part.other_bytes.empty() && part.other_type.empty()) return {};
    MimePart other = part;
    if (!part.other_bytes.empty()) {
      other.bytes = std::exchange(other.other_bytes, {});
    }
    if (!part.other_type.empty()) {
      other.type = std::exchange(other.other_type, {});
    }
    return other;
  }

  void as_written(const MimePart& part) {
    if (is_card_type(part.type)) {
      append(mail_.text, card_text(text_of(part)));
      return file(part, Showing::whole);
    }
    if (!is_shown_text(part)) return attached(part);
    if (is_html(part)) {
      html(part);
    } else {
      plain(part);
    }
    if (!part.name.empty()) file(part, Showing::whole);
  }

  // A text that is partly in the charset it declares is read in both ways: as
  // its bytes look, and as programs show it that believe what is declared.
  void plain(const MimePart& part) {
    append_whole(mail_.text, text_of(part));
    const std::string believed = std::exchange(believed_, {});
    if (!believed.empty()) append(mail_.text, unfolded(part, believed));
  }

  std::string text_of(const MimePart& part) {
    return unfolded(part, decoded(part.bytes, part.charset));
  }

  static std::string unfolded(const MimePart& part, std::string text) {
    if (!part.flowed || part.type != "text/plain") return text;
    return unflowed(text, part.delete_space);
  }

  std::string decoded(std::string_view bytes, std::string_view charset) {
    if (bytes.size() > kMailHtmlBytesMax) {
      mail_.faults.add(MailFault::cut_text);
      bytes = bytes.substr(0, kMailHtmlBytesMax);
    }
    PartText text = part_text(bytes, charset, options_.charset, mail_.faults);
    if (charset_.empty()) charset_ = text.charset;
    believed_ = std::move(text.believed);
    return std::move(text.text);
  }

  void html(const MimePart& part) {
    const std::string_view bytes =
        std::string_view(part.bytes).substr(0, kMailHtmlBytesMax);
    if (bytes.size() < part.bytes.size()) {
      mail_.faults.add(MailFault::cut_html);
    }
    const std::string charset =
        part.charset.empty() ? html_charset(bytes) : part.charset;
    page(part, decoded(bytes, charset));
    const std::string believed = std::exchange(believed_, {});
    if (!believed.empty()) page(part, believed);
  }

  // The front of a page that may be read beside those before it.
  std::string_view still_read(std::string_view page) {
    const std::string_view front = cut(page, html_left_);
    if (front.size() < page.size()) mail_.faults.add(MailFault::cut_html);
    html_left_ -= front.size();
    return front;
  }

  void page(const MimePart& part, const std::string& text) {
    ShownHtml shown = read_html(still_read(text));
    mail_.faults.add(shown.faults);
    mail_.comments_in_words += shown.comments_in_words;
    const uint32_t shift = append(mail_.text, shown.text);
    append(mail_.hidden_text, shown.hidden);
    for (MailLink& link : shown.links) add_link(std::move(link), shift);
    add_tables(shown.tables, part.path, shift);
    for (MailImage& image : shown.images) {
      if (mail_.images.size() >= kMailLinksMax) {
        mail_.faults.add(MailFault::cut_links);
        break;
      }
      mail_.images.push_back(std::move(image));
    }
  }

  void add_tables(std::vector<MailTable>& tables, const std::string& part,
                  uint32_t shift) {
    const auto size = static_cast<uint32_t>(mail_.text.size());
    for (MailTable& table : tables) {
      if (mail_.tables.size() >= kMailTablesMax) {
        mail_.faults.add(MailFault::cut_pictures);
        return;
      }
      table.part = part;
      table.begin = std::min(table.begin + shift, size);
      mail_.tables.push_back(std::move(table));
    }
  }

  void add_link(MailLink link, uint32_t shift) {
    if (mail_.links.size() >= kMailLinksMax) {
      mail_.faults.add(MailFault::cut_links);
      return;
    }
    const auto size = static_cast<uint32_t>(mail_.text.size());
    link.begin = std::min(link.begin + shift, size);
    link.end = std::min(link.end + shift, size);
    mail_.links.push_back(std::move(link));
  }

  // The same of a text that nobody else wants: the first is nearly always all.
  void append_whole(std::string& to, std::string text) {
    if (!to.empty() || text.size() > kMailTextBytesMax) {
      append(to, text);
      return;
    }
    while (!text.empty() && is_blank_char(text.back())) text.pop_back();
    to = std::move(text);
  }

  // Adds a text as a paragraph of its own, within the bound, and says where it
  // begins.
  uint32_t append(std::string& to, std::string_view text) {
    while (!text.empty() && is_blank_char(text.back())) text.remove_suffix(1);
    if (!to.empty() && !text.empty()) to += "\n\n";
    const auto begin = static_cast<uint32_t>(to.size());
    size_t room =
        to.size() < kMailTextBytesMax ? kMailTextBytesMax - to.size() : 0;
    if (text.size() > room) {
      mail_.faults.add(MailFault::cut_text);
      text = cut(text, room);
    }
    to.append(text);
    return begin;
  }

  void file(const MimePart& part, Showing shown) {
    mail_.files.push_back({part.path, header_text(part.name, options_.charset),
                           part.type, part.content_id, part.attached,
                           part.bytes, 0, shown});
  }

  const MailOptions& options_;
  MailMessage& mail_;
  std::string charset_;   // of the first text
  std::string believed_;  // of the text that was decoded last
  size_t html_left_ = kMailHtmlBytesInAllMax;
};

}  // namespace

std::string show_parts(const MimePart& body, const MailOptions& options,
                       MailMessage& mail) {
  Shower shower(options, mail);
  shower.show(body);
  return shower.charset();
}

void show_inner_file(const MimePart& part, const MailOptions& options,
                     MailMessage& mail) {
  Shower(options, mail).show_inner(part);
}

void show_document(std::string_view text, std::string_view hidden,
                   MailMessage& mail) {
  Shower(MailOptions(), mail).document(text, hidden);
}

}  // namespace simwarden
