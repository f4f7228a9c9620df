// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/mail_faults.h"

// A mail -> what a reader of it sees, and what he does not see.
//
//   const MailMessage mail = *read_mail(bytes, {});
//   mail.text                  // the shown text, UTF-8, LF between lines
//   mail.links[0].target       // of <a href>, with where its text stands
//   mail.files[0].bytes        // every part that is no text, decoded
//
// Bytes are one message of RFC 5322 with MIME (RFC 2045 to 2049, 2231), as
// broken as senders make it. Nothing is fetched, nothing is thrown; the same
// bytes give the same MailMessage. Time and memory are linear in the bytes
// within the bounds below; a bound that was hit is a fault.
//
// Any thread.
namespace simwarden {

// Parts deeper than this: mail programs show no more of them either.
inline constexpr int kMailDepthMax = 32;
// Leaves of the tree of parts; digests of mailing lists have some hundred.
inline constexpr size_t kMailPartsMax = 1000;
// Header fields of all parts together, and their bytes; Postfix takes 100 KiB.
inline constexpr size_t kMailHeadersMax = 10000;
inline constexpr size_t kMailHeaderBytesMax = size_t{1} << 20;
// Colons in one list of addresses: each could begin a group. A name seldom has
// one.
inline constexpr size_t kMailGroupsMax = 200;
// Beginnings of encoded words in one field behind the last end of one: each is
// looked for an end to the end of the field. An honest field has none.
inline constexpr size_t kMailOpenWordsMax = 50;
// Lines that could part the parts of a multipart.
inline constexpr size_t kMailBoundariesMax = 10000;
// A larger mail is no message: providers take 25 to 50 MiB. What the parts
// decode to is never more than the mail itself.
inline constexpr size_t kMailBytesMax = size_t{64} << 20;
// Of one part's text before it is shown, pictures in its source included.
inline constexpr size_t kMailHtmlBytesMax = size_t{4} << 20;
// Of all parts' HTML: a megabyte that was made for it costs 0.3 s. What an
// honest mail has of that size is pictures in its source.
inline constexpr size_t kMailHtmlBytesInAllMax = size_t{16} << 20;
// What a person would read; the views of a text end there, too.
inline constexpr size_t kMailTextBytesMax = size_t{1} << 20;
// Links, and pictures of the HTML; more are no mail that people read.
inline constexpr size_t kMailLinksMax = 1000;
// Of one link; browsers take some KiB. The host stands in front.
inline constexpr size_t kMailTargetBytesMax = size_t{8} << 10;

// Cells of such a table in a row, and rows: the largest QR code has 177 modules
// and a margin. And tables that are kept: as many as are looked through.
inline constexpr size_t kMailTableSideMax = 200;
inline constexpr size_t kMailTablesMax = 16;

struct MailOptions {
  // The receiver whose Authentication-Results are believed (RFC 8601, 2.5);
  // "": none is.
  std::string authserv_id;
  // The charset of text that names none and is not UTF-8; "": it is guessed.
  std::string charset;
};

struct MailAddress {
  std::string name;     // decoded; "" when there is none
  std::string address;  // "demo@mail.example"; what stands there if it is none
};

// A time of a header field (RFC 5322, 3.3).
struct MailTime {
  int64_t seconds = 0;  // since 1970-01-01T00:00:00Z
  int16_t zone_minutes = 0;
};

struct MailLink {
  enum class Place : uint8_t { anchor, area, form, refresh, frame };
  std::string target;  // resolved against the base of its document
  Place place = Place::anchor;
  // What is shown for it, as bytes of MailMessage::text; empty for nothing.
  uint32_t begin = 0;
  uint32_t end = 0;
  bool hidden = false;  // it stands in what is not shown
};

// A picture of the HTML.
struct MailImage {
  std::string source;  // "cid:…", "https://…"; of "data:" only the type
  std::string alt;
  std::string bytes;  // of "data:", decoded
};

// A table of the HTML whose coloured cells could be the modules of a code.
struct MailTable {
  std::string part;    // as MailFile::part
  uint32_t begin = 0;  // where it stands in MailMessage::text
  uint32_t columns = 0;
  std::vector<uint32_t> colours;  // 0xRRGGBB, row by row
};

// A part that is a file, or could be saved as one; or a file inside of one.
// How much of what a file says is a part of MailMessage::text.
enum class Showing : uint8_t { nothing, front, whole };

struct MailFile {
  std::string part;  // "2.1", as IMAP numbers parts (RFC 9051, 6.4.5.1)
  std::string name;  // decoded; "" when there is none; "a.zip/b.pdf"
  std::string type;  // "image/png", lower case, as declared
  std::string content_id;
  bool attached = false;  // Content-Disposition: attachment
  std::string bytes;      // decoded
  uint64_t size = 0;      // where `bytes` are not all
  Showing shown = Showing::nothing;
};

// One method of an Authentication-Results field (RFC 8601).
struct AuthenticationResult {
  std::string method;  // "spf", "dkim", "dmarc", lower case
  std::string result;  // "pass", "fail", …, lower case
  std::string domain;  // of the property that names who was authenticated
};

struct MailMessage {
  std::string id;  // Message-ID without its brackets
  std::string subject;
  std::vector<MailAddress> from;  // of all From fields
  std::vector<MailAddress> reply_to;
  std::vector<MailAddress> recipients;     // To and Cc
  std::optional<std::string> return_path;  // "" is the empty path of bounces
  std::optional<MailTime> received;  // by the topmost Received, else the Date
  // What the topmost field of the trusted receiver says; nullopt when it wrote
  // none.
  std::optional<std::vector<AuthenticationResult>> authentication;

  std::string text;
  // What the HTML holds and does not show.
  std::string hidden_text;
  // The text beside an HTML part that says something else.
  std::string alternative_text;
  uint32_t comments_in_words = 0;  // of HTML, between two letters
  std::vector<MailLink> links;     // in the order of the text
  std::vector<MailImage> images;
  std::vector<MailTable> tables;
  std::vector<MailFile> files;
  MailFaults faults;
};

// Nullopt when not even one header field stands at the front.
std::optional<MailMessage> read_mail(std::string_view bytes,
                                     const MailOptions& options);

}  // namespace simwarden
