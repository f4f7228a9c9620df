// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

// What is wrong with a mail or was not looked at. The name of each is what the
// fact message.mail_faults says.
namespace simwarden {

enum class MailFault : uint8_t {
  // A bound was hit: the rest was not looked at.
  cut_headers,
  cut_parts,
  cut_depth,
  cut_html,
  cut_text,
  cut_links,
  // The mail is broken, or made to be read in two ways.
  open_multipart,
  unknown_encoding,
  unknown_charset,
  wrong_charset,
  broken_charset,
  several_from,
  // A bound on its pictures was hit.
  cut_pictures,
  // The mail is broken, too.
  wrong_type,      // a Content-Type that names no type, or two of them
  wrong_encoding,  // two transfer encodings, or one that is against the rules
  // A bound on what its archives and office files hold was hit.
  cut_files,
  // The limit of the door that it came through was hit: its end is not there.
  cut_mail,
};
inline constexpr std::array<std::string_view, 17> kMailFaultNames = {
    "cut_headers",     "cut_parts",     "cut_depth",      "cut_html",
    "cut_text",        "cut_links",     "open_multipart", "unknown_encoding",
    "unknown_charset", "wrong_charset", "broken_charset", "several_from",
    "cut_pictures",    "wrong_type",    "wrong_encoding", "cut_files",
    "cut_mail"};

// A set of them.
class MailFaults {
 public:
  void add(MailFault fault) { bits_ |= bit(fault); }
  void add(MailFaults others) { bits_ |= others.bits_; }
  bool has(MailFault fault) const { return (bits_ & bit(fault)) != 0; }
  bool empty() const { return bits_ == 0; }

 private:
  static constexpr uint32_t bit(MailFault fault) {
    return uint32_t{1} << static_cast<uint32_t>(fault);
  }
  uint32_t bits_ = 0;
};

}  // namespace simwarden
