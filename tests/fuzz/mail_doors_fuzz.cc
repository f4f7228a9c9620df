// SPDX-License-Identifier: Apache-2.0
// What mail servers say: heads of both line protocols, fields of rspamd's
// HTTP, envelopes, and mails that get fields in front. No line of ours has a
// line break of theirs in it.
#include <algorithm>

#include "door/marked_mail.h"
#include "door/rspamd_request.h"
#include "door/spam_lines.h"
#include "fuzz/input.h"

using namespace simwarden;

namespace {

void check_head(std::string_view bytes, std::string_view protocol) {
  const size_t end = spam_head_end(bytes);
  CHECK(end == bytes.npos || end <= bytes.size(), "within the bytes");
  const SpamHead read = read_spam_head(bytes.substr(0, end), protocol);
  CHECK(read.request.has_value() == read.wrong.empty(), "one of the two");
  if (!read.request) return;
  CHECK(read.request->fields.size() <= kSpamFieldsMax, "the bound holds");
  HttpHead fields;
  for (const SpamRequest::Field& field : read.request->fields) {
    CHECK(field.name.find('\n') == std::string::npos, "a line is a field");
    fields.fields.emplace_back(field.name, field.value);
  }
  const Envelope envelope = read_rspamd_request(fields).envelope;
  CHECK(envelope.recipients.size() <= kRspamdRecipientsMax, "bounded");
}

void check_marks(std::string_view mail) {
  const std::string marked =
      with_fields(mail, {{"X-Spam-Flag", "YES"}}, {"X-Spam-"});
  CHECK(marked.size() <= mail.size() + 32, "a field more, not a mail more");
  const size_t header = header_end(mail);
  CHECK(marked.ends_with(mail.substr(header)), "the body stays as it is");
}

void check_replies(std::string_view bytes) {
  MailAnswer answer{.told = Told::rewrite_subject,
                    .subject = std::string(bytes)};
  answer.verdict.id = std::string(bytes);
  const std::string reply = rspamc_reply(answer, {20, 40, 70});
  CHECK(std::count(reply.begin(), reply.end(), '\n') == 5, "lines are ours");
}

}  // namespace

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check_head(bytes, "SPAMC");
  check_head(bytes, "RSPAMC");
  HttpHead query;
  query.query = std::string(bytes);
  read_rspamd_request(query);
  check_marks(bytes);
  check_replies(bytes);
  Envelope envelope;
  envelope.plain = size % 2 == 0;
  envelope.mail_from = std::string(bytes.substr(0, size / 2));
  envelope.recipients = {std::string(bytes.substr(size / 2))};
  Item item;
  read_mail_record(bytes, envelope, {}, {}, item);
  CHECK(item.bad.has_value() == bytes.empty(), "every mail is a record");
  return 0;
}
