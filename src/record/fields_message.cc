// SPDX-License-Identifier: Apache-2.0
// Messages.
#include "record/choices.h"
#include "record/families.h"

namespace simwarden {
namespace {

constexpr Field kFields[] = {
    {.name = "id",
     .type = FieldType::text,
     .keep = Keep::presence,
     .doc = "The name of the message in its source.",
     .example = "demo-0001",
     .source = "RFC 5322 Message-ID"},
    {.name = "text",
     .type = FieldType::text,
     .format = FieldFormat::prose,
     .privacy = Privacy::free_text,
     .keep = Keep::excerpt,
     .doc = "The text of the message as it was sent, without its subject.",
     .example = "Please bring your card to the store."},
    {.name = "subject",
     .type = FieldType::text,
     .format = FieldFormat::prose,
     .privacy = Privacy::free_text,
     .keep = Keep::excerpt,
     .doc = "The subject line, or the title of a post.",
     .example = "Your order",
     .source = "RFC 5322 Subject"},
    {.name = "sender",
     .type = FieldType::text,
     .privacy = Privacy::free_text,
     .keep = Keep::token,
     .doc = "Who sent it: a number, an address, a sender name or a handle.",
     .example = "info@example.com",
     .source = "RFC 5322 From"},
    {.name = "recipients",
     .type = FieldType::text,
     .list = true,
     .privacy = Privacy::free_text,
     .doc = "Whom it was sent to.",
     .example = "[demo_anna@example.com, +15555550101]",
     .source = "RFC 5322 To"},
    {.name = "transport",
     .type = FieldType::choice,
     .choices = choices::kTransport,
     .doc = "What carried the message.",
     .example = "sms"},
    {.name = "language",
     .type = FieldType::text,
     .doc = "The language of the text, when the source knows it.",
     .example = "en",
     .source = "RFC 5646"},
    {.name = "country",
     .type = FieldType::text,
     .format = FieldFormat::country,
     .doc = "The country whose rules and numbering apply to the message.",
     .example = "GB"},
    {.name = "received_at",
     .type = FieldType::timestamp,
     .doc = "When the message arrived.",
     .example = "2026-03-02T02:15:30.25Z"},
    {.name = "attachments",
     .type = FieldType::text,
     .list = true,
     .privacy = Privacy::free_text,
     .doc = "The file names of what was attached.",
     .example = "[form.pdf, app.apk]"},
    {.name = "policy_profile",
     .type = FieldType::text,
     .doc = "The profile of parameters that the message is to be judged by.",
     .example = "generic"},
    {.name = "conversation_id",
     .type = FieldType::text,
     .keep = Keep::token,
     .doc = "The name of the conversation that the message belongs to.",
     .example = "demo-thread-7"},
};

}  // namespace

std::span<const Field> message_fields() {
  return kFields;
}

}  // namespace simwarden
