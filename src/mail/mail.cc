// SPDX-License-Identifier: Apache-2.0
#include "mail/mail.h"

#include <algorithm>
#include <utility>

#include "diag/ascii.h"
#include "mail/authentication.h"
#include "mail/header_text.h"
#include "mail/mime.h"
#include "mail/parts.h"
#include "mail/plain_fields.h"
#include "mail/shown_names.h"
#include "mail/words.h"
#include "text/charset.h"

namespace simwarden {
namespace {

bool is_utf8_or_ascii(std::string_view text) {
  return is_ascii(text) || count_utf8(text).bad == 0;
}

class HeaderReader {
 public:
  // `charset`: of values with bare bytes.
  HeaderReader(std::string_view authserv_id, std::string_view charset,
               MailMessage& mail)
      : authserv_id_(authserv_id), charset_(charset), mail_(mail) {}

  void read(const std::vector<MimeHeader>& headers) {
    for (const MimeHeader& header : headers) take(header);
    for (size_t i = 0; i < dates_.size() && !mail_.received; ++i) {
      mail_.received = read_mail_time(dates_[i]);
    }
    if (from_fields_ > 1) mail_.faults.add(MailFault::several_from);
  }

 private:
  void take(const MimeHeader& header) {
    const auto is = [&header](std::string_view name) {
      return same_word(header.name, name);
    };
    if (is("from")) {
      ++from_fields_;
      add_addresses(header.value, mail_.from);
    } else if (is("reply-to")) {
      add_addresses(header.value, mail_.reply_to);
    } else if (is("to") || is("cc")) {
      add_addresses(header.value, mail_.recipients);
    } else if (is("subject")) {
      std::string subject = header_text(header.value, charset_);
      if (mail_.subject.empty()) {
        mail_.subject = std::move(subject);
      } else if (subject != mail_.subject) {
        show_document(subject, "", mail_);  // some programs show the last
      }
    } else if (is("message-id")) {
      if (mail_.id.empty()) {
        mail_.id = header_text(without_brackets(header.value), "");
      }
    } else if (is("return-path")) {
      // The topmost is the receiver's.
      if (!mail_.return_path) {
        mail_.return_path =
            header_text(without_brackets(header.value), charset_);
      }
    } else if (is("received")) {
      received(header.value);
    } else if (is("date")) {
      dates_.push_back(header.value);
    } else if (is("authentication-results")) {
      authentication(header.value);
    }
  }

  // Raw bytes become text before addresses are parted, encoded words after.
  void add_addresses(std::string_view value, std::vector<MailAddress>& to) {
    if (auto plain = plain_mailbox(value)) {
      MailAddress& one = to.emplace_back();
      one.name = plain->name;
      one.address = plain->address;
      return;
    }
    std::string text;
    if (!is_utf8_or_ascii(value)) {
      text = to_utf8(value, charset_).view.text;
      value = text;
    }
    for (MailAddress& address : read_addresses(value)) {
      address.name = header_text(address.name, charset_);
      address.address = header_text(address.address, charset_);
      to.push_back(std::move(address));
    }
  }

  void received(std::string_view value) {
    if (seen_received_) return;
    seen_received_ = true;
    const size_t semicolon = value.rfind(';');
    if (semicolon == value.npos) return;
    mail_.received = read_mail_time(value.substr(semicolon + 1));
  }

  void authentication(std::string_view value) {
    if (authserv_id_.empty() || mail_.authentication) return;
    mail_.authentication = read_authentication(value, authserv_id_);
  }

  std::string_view authserv_id_;
  std::string_view charset_;
  MailMessage& mail_;
  std::vector<std::string_view> dates_;
  size_t from_fields_ = 0;
  bool seen_received_ = false;
};

// Names are shown beside the text, and can say as much as it does.
void show_adverts(MailMessage& mail) {
  constexpr size_t kRecipientsMax = 64;  // programs show a few
  std::vector<std::string> names;
  for (const auto* addresses : {&mail.from, &mail.reply_to}) {
    for (const MailAddress& one : *addresses) names.push_back(one.name);
  }
  for (const MailAddress& one : mail.recipients) {
    if (names.size() >= kRecipientsMax) break;
    names.push_back(one.name);
  }
  for (const MailFile& file : mail.files) {
    names.push_back(file.name.substr(0, file.name.rfind('.')));
  }
  for (const std::string& name : names) {
    if (is_advert(without_addresses(name))) show_document(name, "", mail);
  }
}

// RFC 5322 would let `{"text":"…"}` be a field; nobody names one so, and what
// is no mail must not pass as an empty one.
bool has_a_field(const std::vector<MimeHeader>& headers) {
  return std::any_of(headers.begin(), headers.end(), [](const auto& header) {
    return header.name.find_first_of("{}[]()<>\",;") == header.name.npos;
  });
}

// Files of old Macintosh programs end their lines so, and mail programs show
// them. Where one LF is, a CR alone ends no line of a header.
bool ends_lines_by_cr(std::string_view bytes) {
  return bytes.find('\r') != bytes.npos && bytes.find('\n') == bytes.npos;
}

std::string with_lf(std::string_view bytes) {
  std::string lines(bytes);
  std::replace(lines.begin(), lines.end(), '\r', '\n');
  return lines;
}

}  // namespace

std::optional<MailMessage> read_mail(std::string_view bytes,
                                     const MailOptions& options) {
  if (ends_lines_by_cr(bytes)) return read_mail(with_lf(bytes), options);
  MimeMessage mime = read_mime(bytes);
  std::optional<MailMessage> read;
  if (!has_a_field(mime.headers)) return read;
  MailMessage& mail = read.emplace();
  mail.faults = mime.faults;
  std::string charset = options.charset;
  if (mime.body) {
    const std::string of_text = show_parts(*mime.body, options, mail);
    // A header with bare bytes is in the charset of its text.
    if (charset.empty()) charset = of_text;
  }
  HeaderReader(options.authserv_id, charset, mail).read(mime.headers);
  show_adverts(mail);
  return read;
}

}  // namespace simwarden
