// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "diag/check.h"
#include "facts/derived.h"
#include "facts/member_facts.h"

// The object types of facts. The members of a type stand in the order of its
// row here; derived_message.cc fills them in the same order.
namespace simwarden {
namespace {

constexpr std::array<std::string_view, 8> kLinkKinds = {
    "web",      "short_link", "image", "messenger",
    "download", "deep_link",  "mail",  "phone"};
constexpr std::array<std::string_view, 16> kContactKinds = {
    "telegram",  "whatsapp", "wechat",  "qq",    "line",  "signal",
    "viber",     "zalo",     "discord", "kakao", "skype", "messenger",
    "instagram", "handle",   "email",   "phone"};
constexpr std::array<std::string_view, 10> kDisguises = {
    "",          "styled",      "variant", "spelled_dot",
    "spaced",    "digit_words", "emoji",   "mixed_script",
    "invisible", "escaped"};
constexpr std::array<std::string_view, 8> kCodeKinds = {
    "otp",  "activation_code", "call_forward", "sim_swap_sms", "iccid", "eid",
    "imei", "id_number"};
constexpr std::array<std::string_view, 8> kLookalikeReasons = {
    "",           "other_suffix",       "confusable",         "edit_distance",
    "added_word", "brand_in_subdomain", "brand_in_user_info", "brand_in_path"};

cel::TypeField text(std::string name, std::string doc,
                    std::span<const std::string_view> choices = {}) {
  return {std::move(name), cel::string_type(), choices, std::move(doc)};
}
cel::TypeField flag(std::string name, std::string doc) {
  return {std::move(name), cel::bool_type(), {}, std::move(doc)};
}
cel::TypeField number(std::string name, std::string doc) {
  return {std::move(name), cel::int_type(), {}, std::move(doc)};
}

const cel::Type* member_type(FieldType type) {
  switch (type) {
    case FieldType::boolean: return cel::bool_type();
    case FieldType::integer: return cel::int_type();
    case FieldType::number: return cel::double_type();
    case FieldType::timestamp:
    case FieldType::date: return cel::timestamp_type();
    case FieldType::text:
    case FieldType::choice: break;
  }
  return cel::string_type();
}

// The texts of all items together are no longer than a row.
uint64_t member_bytes(const Field& row) {
  return std::min(bytes_max(row), kProseBytesMax / kGroupItemsMax);
}

std::vector<const cel::Type*> make_group_types() {
  std::vector<const cel::Type*> types;
  for (const Group& group : groups()) {
    std::vector<cel::TypeField> members;
    for (uint8_t m = 0; m < group.size; ++m) {
      const Field& row = field(static_cast<FieldId>(group.first + m));
      const std::string_view name = row.name.substr(row.name.find("[].") + 3);
      const bool text =
          row.type == FieldType::text || row.type == FieldType::choice;
      members.push_back({std::string(name), member_type(row.type), row.choices,
                         std::string(row.doc), text ? member_bytes(row) : 0});
    }
    for (const MemberFact& row : member_facts(group.name)) {
      members.push_back(
          {std::string(row.name), row.type(), {}, std::string(row.doc)});
    }
    types.push_back(
        cel::object_type(std::string(group.name), std::move(members)));
  }
  return types;
}

}  // namespace

const cel::Type* link_type() {
  static const cel::Type* type = cel::object_type(
      "link",
      {text("url", "As it would be followed."),
       text("scheme", "https when none was written."),
       text("host", "Lower case, punycode, without port."),
       text("registrable", "Registrable domain by the Public Suffix List."),
       text("path", "With query and fragment."),
       text("kind", "What it leads to.", kLinkKinds),
       number("port", "0 when it is the scheme's own."),
       flag("official", "The domain or host is in an official list."),
       flag("is_ip", "The host is an IP address."),
       flag("is_idn", "The host has a punycode label."),
       flag("mixed_script", "A label mixes scripts."),
       flag("user_info", "Has user@ before the host."),
       flag("shortener", "The host is a public short-link service."),
       flag("image_host", "The host is an image host."),
       flag("free_hosting", "The host is free hosting."),
       flag("disposable", "The host gives throw-away mail addresses."),
       text("shown_text", "Text shown instead of the address."),
       flag("shown_differs", "The shown text names another place."),
       text("lookalike_of", "The official domain that it imitates."),
       text("lookalike_reason", "How it imitates it.", kLookalikeReasons),
       flag("disguised", "Only visible after folding."),
       number("block", "Which paragraph it stands in, from 0."),
       flag("qr_code", "It stands in a QR or bar code."),
       flag("in_file", "It stands in an attached PDF or office file.")});
  return type;
}

const cel::Type* contact_type() {
  static const cel::Type* type = cel::object_type(
      "contact",
      {text("kind", "The service it belongs to.", kContactKinds),
       text("value", "One canonical form."),
       flag("official", "In the official lists."),
       text("disguise", "How it was hidden; '' when it was not.", kDisguises),
       flag("wrapped", "In brackets or bold, or glued to emoji."),
       number("block", "Which paragraph it stands in, from 0."),
       flag("qr_code", "It stands in a QR or bar code."),
       flag("in_file", "It stands in an attached PDF or office file.")});
  return type;
}

const cel::Type* code_type() {
  static const cel::Type* type = cel::object_type(
      "code",
      {text("kind", "What the code is for.", kCodeKinds),
       flag("qr_code", "It stands in a QR or bar code."),
       flag("in_file", "It stands in an attached PDF or office file.")});
  return type;
}

const cel::Type* block_type() {
  static const cel::Type* type = cel::object_type(
      "block",
      {number("index", "Which paragraph it is, from 0."),
       text("text", "As it was written."),
       number("links", "Links that begin in it."),
       number("private_links",
              "Links in it to hosts and apps of no official list."),
       number("contacts", "Contacts that begin in it."),
       number("private_contacts", "Contacts in it of no official list."),
       number("hidden_contacts", "Private contacts in it that were disguised."),
       number("codes", "Codes that begin in it."),
       flag("wrapper",
            "It is the first or the last of three or more blocks and names a "
            "private contact that the other one names too.")});
  return type;
}

const cel::Type* group_type(GroupId id) {
  static const std::vector<const cel::Type*> types = make_group_types();
  return types[id];
}

// What leads to a person, or may say more than it should: the address behind a
// host, what was shown in its place, the account, the paragraph.
Keep keep_of_member(const cel::Type* type, size_t member) {
  const std::string& name = type->fields[member].name;
  if (type == link_type()) {
    const bool hidden = name == "url" || name == "path" || name == "shown_text";
    return hidden ? Keep::presence : Keep::value;
  }
  if (type == contact_type() && name == "value") return Keep::token;
  if (type == block_type() && name == "text") return Keep::presence;
  return Keep::value;
}

cel::Value make_object(const cel::Type* type,
                       std::span<const cel::Value> members,
                       cel::Scratch& scratch) {
  CHECK(members.size() == type->fields.size(), "one value for each field");
  auto* object = static_cast<cel::Object*>(
      scratch.allocate(sizeof(cel::Object), alignof(cel::Object)));
  *object = {type, members.data()};
  return cel::Value::of_object(object);
}

}  // namespace simwarden
