// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "diag/check.h"

// The table of all fields that a record can carry: one row a field. Type
// checking of conditions, the `facts` command, the docs, CSV headers, reading
// and masking all come from this table and from nowhere else.
namespace simwarden {

enum class Kind : uint8_t { request, message };
std::string_view name_of(Kind kind);  // "request", "message"

enum class FieldType : uint8_t {
  boolean,
  integer,
  number,
  text,
  choice,     // one of `choices`
  timestamp,  // RFC 3339 with a zone
  date,       // ISO 8601 calendar date
};
std::string_view name_of(FieldType type);

// What the text of a field must look like beyond its type. A value that does
// not is kept as an *invalid* slot, never dropped. Formats that carry a check
// digit (iccid, imei, eid) do NOT make the slot invalid when only the digit
// is wrong: that is for a rule to say (facts such as
// request.sim.new.eid_valid).
enum class FieldFormat : uint8_t {
  any,          // a short text
  prose,        // what a person wrote: as long as a row may be
  serial,       // a short text whose digits are often all there is to it: not
                // what is_rounded() says yes to
  e164,         // ^\+[1-9][0-9]{4,14}$
  country,      // ISO 3166-1 alpha-2, upper case
  currency,     // ISO 4217
  sha256,       // 64 hex digits
  correlation,  // CAMARA x-correlator
  semver,
  host,        // as in a URL, without a port; of an http URL its host is read
  media_type,  // RFC 6838, of which case is no part: in small letters
  hours,       // HH:MM-HH:MM, of days of the week too (record/open_hours.h)
  hour,        // integer 0 to 23
  fraction,    // number 0 to 1
  not_negative,
};

// Whether the format lets a number be so.
inline bool in_range(FieldFormat format, double value) {
  switch (format) {
    case FieldFormat::hour: return value >= 0 && value <= 23;
    case FieldFormat::fraction: return value >= 0 && value <= 1;
    case FieldFormat::not_negative: return value >= 0;
    default: return true;
  }
}

// How a value is treated wherever it leaves the program (privacy/masks.h).
enum class Privacy : uint8_t {
  unsaid,  // of what is no text; every text says its class
  open,    // nobody's: kept as it is, shown like any text (mask_text)
  phone,
  document,
  name,
  address,
  sim,  // ICCID, EID, IMEI, IMSI
  ip,
  email,
  code,       // never shown
  free_text,  // shown as a masked excerpt
};

// What the store keeps of a value beside the verdict, for later judgements and
// figures (kept/kept_writer.h). An empty text is kept as it is.
enum class Keep : uint8_t {
  by_class,  // what keep_of() says
  value,
  token,     // a pseudonym, by which equal values can be found
  excerpt,   // of prose: a pseudonym, its size, and a masked excerpt
  presence,  // only that there was a value
};

// A name, an identifier or a remark that is longer is data gone wrong, or an
// attack: it becomes an invalid slot.
inline constexpr size_t kShortTextBytesMax = size_t{64} << 10;
// Of a prose; no row of a source is longer (intake/intake.h).
inline constexpr size_t kProseBytesMax = size_t{8} << 20;
// More recipients than any mail has; more factors than any form has.
inline constexpr size_t kListItemsMax = size_t{1} << 16;
inline constexpr size_t kGroupItemsMax = size_t{1} << 10;

// Index of a row in the table of fields.
using FieldId = uint16_t;
// Index of a repeated group ("auth.factors[]") in the table of groups.
using GroupId = uint8_t;
inline constexpr GroupId kNoGroup = 0xff;

// What each value is read by stands first, in one cache line.
struct Field {
  Kind kind = Kind::request;
  GroupId group = kNoGroup;  // kNoGroup unless inside "name[]"
  uint8_t member = 0;        // position inside its group
  FieldId id = 0;
  // Without the kind, as in JSON and CSV: "channel.type",
  // "auth.factors[].type", "linked_services".
  std::string_view name = {};
  FieldType type = FieldType::text;
  bool list = false;  // a list of scalars ("linked_services")
  std::span<const std::string_view> choices = {};  // for FieldType::choice
  FieldFormat format = FieldFormat::any;
  Privacy privacy = Privacy::unsaid;
  Keep keep = Keep::by_class;  // ask keep_of()
  // A record of any profile must have it. `agent.id` only where a person
  // took the request.
  bool mandatory = false;
  std::string_view doc = {};      // one sentence
  std::string_view example = {};  // as it stands in JSON, strings unquoted
  std::string_view source = {};   // where the name comes from; "" when ours
};

struct Group {
  Kind kind = Kind::request;
  std::string_view name = {};  // "auth.factors"
  std::string_view doc = {};
  bool mandatory = false;
  // A text may stand for an item with nothing but its first member: the names
  // of attachments.
  bool short_form = false;
  FieldId first = 0;  // its members are first .. first + size - 1
  uint8_t size = 0;
};

// The whole table: the requests' fields, then the messages'.
std::span<const Field> fields();
// The fields of one kind; the first of them has the id first_field(kind).
std::span<const Field> fields_of(Kind kind);
FieldId first_field(Kind kind);
std::span<const Group> groups();
// REQUIRES: the id came from this table. Inline: asked several times for each
// value that is read.
inline const Field& field(FieldId id) {
  static const std::span<const Field> rows = fields();
  CHECK(id < rows.size(), "ids come from the table");
  return rows[id];
}
inline const Group& group(GroupId id) {
  static const std::span<const Group> rows = groups();
  CHECK(id < rows.size(), "ids come from the table");
  return rows[id];
}

// Exact snake_case name ("channel.type", "auth.factors[].type").
std::optional<FieldId> find_field(Kind kind, std::string_view name);
std::optional<GroupId> find_group(Kind kind, std::string_view name);

// What the store keeps of the field, never Keep::by_class: values that are no
// texts as they are, and texts by their privacy class, unless the row says
// otherwise.
Keep keep_of(const Field& field);
std::string_view name_of(Keep keep);  // "value", "token", …

// The most bytes that a text of the field can have. REQUIRES: a text or choice.
size_t bytes_max(const Field& field);

// What a value of the field must be, for a person: "one of lost, stolen, …",
// "a time with a zone, as in 2026-03-02T10:15:30+08:00".
std::string expected(const Field& field);

}  // namespace simwarden
