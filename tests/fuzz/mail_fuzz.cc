// SPDX-License-Identifier: Apache-2.0
// Mails and mailboxes. What comes out is sound: UTF-8, spans inside the text,
// within the bounds. A mailbox is the same however its bytes arrive, and a mail
// that says nothing of its parts the same as one of plain text. The first byte
// says how big the pieces are; 0 reads the rest as HTML.
#include "fuzz/input.h"
#include "intake/chunk_reader.h"
#include "intake/mailbox.h"
#include "mail/header_text.h"
#include "mail/html.h"
#include "mail/mail.h"
#include "mail/words.h"
#include "text/charset.h"

using namespace simwarden;

namespace {

void check_links(const std::vector<MailLink>& links, std::string_view text) {
  CHECK(links.size() <= kMailLinksMax, "links are bounded");
  for (const MailLink& link : links) {
    CHECK(link.begin <= link.end && link.end <= text.size(),
          "a link stands in the text");
  }
}

void check_mail(std::string_view bytes) {
  const auto mail =
      read_mail(bytes, {.authserv_id = "mx.example", .charset = ""});
  if (!mail) return;
  CHECK(count_utf8(mail->text).bad == 0, "the text is UTF-8");
  CHECK(count_utf8(mail->subject).bad == 0, "the subject is UTF-8");
  CHECK(mail->text.size() <= kMailTextBytesMax, "the text is bounded");
  check_links(mail->links, mail->text);
  CHECK(mail->tables.size() <= kMailTablesMax, "tables are bounded");
  for (const MailTable& table : mail->tables) {
    CHECK(table.begin <= mail->text.size(), "a table stands in the text");
    CHECK(table.columns > 0 && table.columns <= kMailTableSideMax &&
              table.colours.size() % table.columns == 0 &&
              table.colours.size() <= table.columns * kMailTableSideMax,
          "whole rows within the bounds");
  }
}

// GMime reads the one, and not the other.
void check_plain(std::string_view bytes) {
  const auto mail = read_mail(bytes, {});
  if (!mail || contains_word(bytes, "content-") || bytes.front() == '>' ||
      bytes.starts_with("From ")) {
    return;
  }
  const auto typed =
      read_mail("Content-Type: text/plain\n" + std::string(bytes), {});
  CHECK(typed.has_value(), "a mail as well");
  CHECK(mail->text == typed->text, "the same text");
  CHECK(mail->subject == typed->subject, "the same subject");
  CHECK(mail->files.size() == typed->files.size(), "as many files");
}

std::vector<Item> mails(std::string_view bytes, size_t piece) {
  ReaderParts parts;
  parts.format = Format::mail;
  parts.source = std::make_unique<fuzz::MemorySource>(bytes, piece);
  parts.whole_file = !is_mailbox(bytes);
  const auto reader = make_chunk_reader(std::move(parts));
  std::vector<Item> items;
  Chunk chunk;
  while (*reader->next(chunk)) parse_chunk(chunk, Format::mail, {}, items);
  return items;
}

void check_same(const std::vector<Item>& a, const std::vector<Item>& b) {
  CHECK(a.size() == b.size(), "as many mails");
  for (size_t i = 0; i < a.size(); ++i) {
    CHECK(a[i].record == b[i].record, "the same record");
    CHECK(a[i].record.position == b[i].record.position, "at the same place");
    CHECK(a[i].bad.has_value() == b[i].bad.has_value(), "bad or good");
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view bytes = fuzz::as_text(data, size);
  if (bytes.empty()) return 0;
  const auto choice = static_cast<unsigned char>(bytes.front());
  bytes.remove_prefix(1);
  if (choice == 0) {
    MailFaults faults;
    const ShownHtml shown = read_html(part_text(bytes, "", "", faults).text);
    CHECK(count_utf8(shown.text).bad == 0, "the text is UTF-8");
    check_links(shown.links, shown.text);
    return 0;
  }
  check_mail(bytes);
  check_plain(bytes);
  check_same(mails(bytes, bytes.size() + 1), mails(bytes, choice));
  return 0;
}
