// SPDX-License-Identifier: Apache-2.0
// A header may begin at the front, behind a line that could be a boundary
// ("--"), and behind the header of a message/rfc822 part. Boundaries count
// once a header spoke of one; a signature's "-- " is not one before.
#include "mail/mime_guard.h"

#include <algorithm>
#include <array>

#include "mail/mail.h"
#include "mail/words.h"

namespace simwarden {
namespace {

using namespace std::string_view_literals;

bool holds_addresses(std::string_view name) {
  constexpr std::array kNames = {"from"sv, "sender"sv, "reply-to"sv,
                                 "to"sv,   "cc"sv,     "bcc"sv};
  constexpr std::string_view kResent = "resent-";
  return same_word(name.substr(0, kResent.size()), kResent) ||
         std::any_of(kNames.begin(), kNames.end(), [&](std::string_view one) {
           return same_word(name, one);
         });
}

// Where the first empty line stands, or the end.
size_t header_size(std::string_view mail) {
  size_t at = 0;
  while (at < mail.size() && !begins_with_empty_line(mail.substr(at))) {
    at = std::min(mail.find('\n', at), mail.size() - 1) + 1;
  }
  return at;
}

// Bytes are added up in a byte, many at once: a quarter of what std::count,
// which adds up in eight, has to do.
size_t count_colons(std::string_view text) {
  constexpr size_t kBlock = 240;  // no more than a byte counts
  size_t count = 0;
  for (; !text.empty(); text.remove_prefix(std::min(kBlock, text.size()))) {
    uint8_t in_block = 0;
    for (const char c : text.substr(0, kBlock)) {
      in_block = static_cast<uint8_t>(in_block + (c == ':' ? 1 : 0));
    }
    count += in_block;
  }
  return count;
}

size_t count_words(std::string_view text) {
  size_t count = 0;
  for (size_t at = 0; (at = text.find("=?", at)) != text.npos; at += 2) ++count;
  return count;
}

// Of nearly every mail, seen at one look instead of line by line: a header too
// small for any bound, that speaks neither of parts nor of a message inside.
// Whatever comes behind it is text.
bool is_harmless(std::string_view mail) {
  // Each line has a byte. A longer header is cut behind it, and not harmless.
  constexpr size_t kBytesMax = kMailHeadersMax;
  const std::string_view header =
      mail.substr(0, header_size(mail.substr(0, kBytesMax)));
  return header.size() < kBytesMax && count_colons(header) <= kMailGroupsMax &&
         count_words(header) <= kMailOpenWordsMax &&
         !contains_word(header, "boundary") &&
         !contains_word(header, "message/");
}

class Guard {
 public:
  Guard(std::string_view mail, MailFaults& faults)
      : mail_(mail), faults_(faults) {}

  size_t run() {
    for (size_t at = 0; at < mail_.size() && !is_harmless_body();) {
      const size_t end = std::min(mail_.find('\n', at), mail_.size() - 1) + 1;
      if (!take(mail_.substr(at, end - at))) return at;
      at = end;
    }
    return mail_.size();
  }

 private:
  // Whatever comes is text.
  bool is_harmless_body() const { return !in_header_ && !may_have_parts_; }

  // False when the line is one too many.
  bool take(std::string_view line) {
    if (in_header_) return take_header(line);
    if (line.starts_with("--")) {
      if (++boundaries_ > kMailBoundariesMax) return cut(MailFault::cut_parts);
      begin_header();
    }
    return true;
  }

  bool take_header(std::string_view line) {
    if (line == "\n" || line == "\r\n") {
      in_header_ = nested_;
      nested_ = false;
      return true;
    }
    if (may_have_parts_ && line.starts_with("--") &&
        ++boundaries_ > kMailBoundariesMax) {
      return cut(MailFault::cut_parts);
    }
    ++headers_;
    bytes_ += line.size();
    if (has_too_many_groups(line) || has_too_many_open_words(line)) {
      return cut(MailFault::cut_headers);
    }
    may_have_parts_ = may_have_parts_ || contains_word(line, "boundary");
    nested_ = nested_ || contains_word(line, "message/");
    if (headers_ > kMailHeadersMax || bytes_ > kMailHeaderBytesMax) {
      return cut(MailFault::cut_headers);
    }
    return true;
  }

  // GMime reads the lists of addresses at once, and follows groups inside
  // groups without a bound.
  bool has_too_many_groups(std::string_view line) {
    if (!is_blank_char(line[0])) {
      colons_ = 0;
      in_addresses_ =
          holds_addresses(without_blanks(line.substr(0, line.find(':'))));
    }
    if (!in_addresses_) return false;
    colons_ += static_cast<size_t>(std::count(line.begin(), line.end(), ':'));
    return colons_ > kMailGroupsMax;
  }

  // For the end of an encoded word GMime looks to the end of the field, anew
  // for each that has none.
  bool has_too_many_open_words(std::string_view line) {
    if (!is_blank_char(line[0])) open_words_ = 0;
    if (const size_t end = line.rfind("?="); end != line.npos) {
      open_words_ = 0;
      line.remove_prefix(end);
    }
    open_words_ += count_words(line);
    return open_words_ > kMailOpenWordsMax;
  }

  void begin_header() {
    in_header_ = true;
    nested_ = false;
  }

  bool cut(MailFault fault) {
    faults_.add(fault);
    return false;
  }

  std::string_view mail_;
  MailFaults& faults_;
  bool in_header_ = true;
  bool nested_ = false;  // the header speaks of a message inside
  bool may_have_parts_ = false;
  bool in_addresses_ = false;  // the field is a list of addresses
  size_t colons_ = 0;          // of it
  size_t open_words_ = 0;      // of the field
  size_t headers_ = 0;
  size_t bytes_ = 0;
  size_t boundaries_ = 0;
};

}  // namespace

size_t guarded_size(std::string_view mail, MailFaults& faults) {
  return is_harmless(mail) ? mail.size() : Guard(mail, faults).run();
}

}  // namespace simwarden
