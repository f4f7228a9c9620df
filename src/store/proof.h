// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "notation/text_pen.h"
#include "privacy/sha256.h"

// The canonical bytes of stored rows (docs/audit.md, "What is hashed"). Every
// field is a netstring, "LENGTH:BYTES,"; a whole number is its decimal digits,
// a score the 16 hex digits of its IEEE 754 double.
//
//   personal = SHA-256(salt, record_id, subject, verdict_json unless NULL)
//   row      = SHA-256(line, byte, kind, action, score, profile, event_time,
//                      top_rule, each shadow and waived row, personal)
//
// So the personal details can go while the digest of them stays, and the rest
// of the row is proven as before. The salt goes with them: what is left cannot
// be tried out.
namespace simwarden {

// Values as in the database, not as enums: 257 is not 1.
struct VerdictFields {
  int64_t line = 0;
  int64_t byte = 0;
  int64_t kind = 0;
  int64_t action = 0;
  double score = 0;
  std::string_view profile;
  std::string_view event_time;
  std::string_view top_rule;
  std::string_view record_id;
  std::string_view subject;
  std::optional<std::string_view> json;
};

struct ShadowFields {
  std::string_view rule;
  double score = 0;
};

struct WaivedFields {
  std::string_view rule;
  double score = 0;
  std::string_view waiver;
  std::string_view asked_by;
  std::string_view approved_by;
  std::string_view why;
  std::string_view until;
};

struct ErrorFields {
  int64_t line = 0;
  int64_t byte = 0;
  std::string_view code;
  std::string_view message;  // personal: it may quote the record
};

// Makes the digests of one row after the other. Not thread-safe.
class RowHasher {
 public:
  Digest personal(std::string_view salt, const VerdictFields& row);
  Digest personal(std::string_view salt, const ErrorFields& row);
  // REQUIRES: `shadow` and `waived` in order of rule, as bytes.
  Digest verdict(const VerdictFields& row,
                 const std::vector<ShadowFields>& shadow,
                 const std::vector<WaivedFields>& waived,
                 const Digest& personal);
  Digest error(const ErrorFields& row, const Digest& personal);

  // Any list of fields: (field* finish)*
  void field(std::string_view text);
  void field(int64_t number);
  void field(double number);
  Digest finish();

 private:
  Sha256 hash_;
  TextPen bytes_;
};

}  // namespace simwarden
