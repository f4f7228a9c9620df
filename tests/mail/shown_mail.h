// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <fmt/format.h>

#include "mail/file_types.h"
#include "mail/mail.h"

// A parsed mail as a person reads it, for goldens.
namespace simwarden {

inline std::string shown_addresses(const std::vector<MailAddress>& list) {
  std::string out;
  for (const MailAddress& one : list) {
    if (!out.empty()) out += ", ";
    out += one.name.empty() ? one.address
                            : fmt::format("{} <{}>", one.name, one.address);
  }
  return out;
}

inline void add_shown(std::string& out, std::string_view name,
                      std::string_view value) {
  if (!value.empty()) out += fmt::format("{}: {}\n", name, value);
}

inline void add_block(std::string& out, std::string_view name,
                      std::string_view text) {
  if (!text.empty()) out += fmt::format("--- {}\n{}\n", name, text);
}

inline std::string shown_mail(const MailMessage& mail) {
  constexpr std::string_view kPlaces[] = {"anchor", "area", "form", "refresh",
                                          "frame"};
  std::string out;
  add_shown(out, "id", mail.id);
  add_shown(out, "subject", mail.subject);
  add_shown(out, "from", shown_addresses(mail.from));
  add_shown(out, "reply to", shown_addresses(mail.reply_to));
  add_shown(out, "recipients", shown_addresses(mail.recipients));
  if (mail.return_path) {
    out += fmt::format("return path: <{}>\n", *mail.return_path);
  }
  if (mail.received) {
    out += fmt::format("received: {} {:+}\n", mail.received->seconds,
                       mail.received->zone_minutes);
  }
  if (mail.authentication) {
    out += "authentication:";
    for (const auto& one : *mail.authentication) {
      out += fmt::format(" {}={}({})", one.method, one.result, one.domain);
    }
    out += '\n';
  }
  for (size_t i = 0; i < kMailFaultNames.size(); ++i) {
    if (mail.faults.has(static_cast<MailFault>(i))) {
      out += fmt::format("fault: {}\n", kMailFaultNames[i]);
    }
  }
  if (mail.comments_in_words > 0) {
    out += fmt::format("comments in words: {}\n", mail.comments_in_words);
  }
  for (const MailLink& link : mail.links) {
    out += fmt::format(
        "link: {} {}{} [{}]\n", kPlaces[size_t(link.place)], link.target,
        link.hidden ? " hidden" : "",
        std::string_view(mail.text).substr(link.begin, link.end - link.begin));
  }
  for (const MailImage& image : mail.images) {
    out += fmt::format("image: {} [{}]\n", image.source, image.alt);
  }
  for (const MailFile& file : mail.files) {
    out += fmt::format("file: {} {} \"{}\" {} bytes{}{}\n", file.part,
                       file.type, file.name, file.bytes.size(),
                       file.attached ? " attached" : "",
                       file.content_id.empty() ? "" : " " + file.content_id);
    const std::string_view type = detect_file_type(file.bytes);
    if (!type.empty()) out += fmt::format("  looks like {}\n", type);
  }
  add_block(out, "text", mail.text);
  add_block(out, "hidden", mail.hidden_text);
  add_block(out, "alternative", mail.alternative_text);
  return out;
}

}  // namespace simwarden
