// SPDX-License-Identifier: Apache-2.0
#include "door/mail_record.h"

#include "diag/ascii.h"
#include "intake/mailbox.h"
#include "intake/row_writer.h"
#include "mail/header_text.h"
#include "mail/mail.h"

namespace simwarden {
namespace {

FieldId field_of(std::string_view name) {
  return *find_field(Kind::message, name);
}

void set_text(Record& record, std::string_view name, std::string_view value) {
  const FieldId id = field_of(name);
  record.set(id, read_scalar(record, field(id), value));
}

void set_texts(Record& record, std::string_view name,
               const std::vector<std::string>& values) {
  const FieldId id = field_of(name);
  std::vector<Slot> slots;
  for (const std::string& value : values) {
    if (slots.size() == kListItemsMax) break;
    slots.push_back(read_scalar(record, field(id), bare_address(value)));
  }
  record.set_list(id, slots);
}

void begin(Item& item) {
  item.record.clear(Kind::message);
  item.record.position = {.line = 1, .byte = 0};
  item.bad.reset();
  item.unknown_keys.clear();
}

// Behind those that it has.
void add_fault(Record& record, MailFault fault) {
  static const FieldId kFaults = field_of("mail_faults");
  std::vector<Slot> slots;
  const Slot before = record.slot(kFaults);
  if (before.state == SlotState::given) {
    for (uint32_t i = 0; i < before.list.count; ++i) {
      slots.push_back(record.element(kFaults, i));
    }
  }
  slots.push_back(read_scalar(record, field(kFaults),
                              kMailFaultNames[static_cast<size_t>(fault)]));
  record.set_list(kFaults, slots);
}

// The bytes as one text; a charset that nobody named is guessed.
void read_text(std::string_view bytes, const Envelope& envelope, Item& item) {
  begin(item);
  MailFaults faults;
  const std::string text = part_text(bytes, {}, {}, faults).text;
  const std::string_view shown = cut(text, kMailTextBytesMax);
  if (shown.size() < text.size()) faults.add(MailFault::cut_text);
  set_text(item.record, "id", kNamelessMail);
  set_text(item.record, "text", shown);
  if (!envelope.subject.empty()) {
    set_text(item.record, "subject", envelope.subject);
  }
  if (envelope.mail_from && !envelope.mail_from->empty()) {
    set_text(item.record, "sender", bare_address(*envelope.mail_from));
  }
  std::vector<std::string> names;
  for (size_t i = 0; i < kMailFaultNames.size(); ++i) {
    if (faults.has(MailFault(i))) names.emplace_back(kMailFaultNames[i]);
  }
  if (!names.empty()) set_texts(item.record, "mail_faults", names);
}

void read_parts(std::string_view bytes, const Envelope& envelope,
                const ListenerSettings& settings, Item& item) {
  const IntakeOptions options{.format = Format::mail,
                              .kind = KindChoice::message,
                              .authserv_id = settings.authserv_id};
  if (is_mailbox(bytes)) {
    parse_mail(unwrapped_mail(bytes), options, item);
  } else {
    parse_mail(bytes, options, item);
  }
  if (item.bad) {
    read_text(bytes, envelope, item);
    set_text(item.record, "transport", "email");
  }
  if (envelope.mail_from) {
    set_text(item.record, "return_path", bare_address(*envelope.mail_from));
  }
}

void leave_bad(std::string_view code, std::string_view message, Item& item) {
  begin(item);
  item.bad = BadRow{std::string(code), std::string(message), {1, 0}};
}

}  // namespace

std::string_view bare_address(std::string_view text) {
  text = trimmed(text, " \t\r\n");
  if (text.size() < 2 || text.front() != '<' || text.back() != '>') return text;
  return text.substr(1, text.size() - 2);
}

void read_mail_record(std::string_view bytes, const Envelope& envelope,
                      const ListenerSettings& settings,
                      const Timestamp& arrived, Item& item) {
  if (bytes.empty()) return leave_bad("E101", "no mail: it is empty", item);
  if (bytes.size() > kMailBytesMax) {
    return leave_bad("E102", "the mail is larger than 64 MiB", item);
  }
  if (envelope.plain) {
    read_text(bytes, envelope, item);
  } else {
    read_parts(bytes, envelope, settings, item);
  }
  if (envelope.cut) add_fault(item.record, MailFault::cut_mail);
  item.record.set(field_of("received_at"), Slot::of_time(arrived));
  if (!envelope.recipients.empty()) {
    set_texts(item.record, "recipients", envelope.recipients);
  }
  if (!settings.country.empty()) {
    set_text(item.record, "country", settings.country);
  }
  if (item.record.id() == kNamelessMail && !envelope.queue_id.empty()) {
    set_text(item.record, "id", envelope.queue_id);
  }
}

}  // namespace simwarden
