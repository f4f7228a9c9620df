// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cel/value/scratch.h"
#include "judge/bench.h"
#include "kept/kept_tree.h"
#include "notation/text_pen.h"
#include "privacy/tokens.h"

// What is kept of a record beside its verdict: its facts as one line of JSON,
// names and nesting as in the input, sorted by name (members of links and the
// like as the catalogue has them), no blanks.
//
//   {"agent":{"id":{"token":"t1:…"}},"channel":{"type":"store_own"},…,
//    "kind":"request",…}
//
// What becomes of a fact is said by one table (Keep in record/fields.h; for
// members of links, contacts and blocks keep_of_member() of facts/derived.h):
//
//   a value               "store_own", true, 3, "2026-03-02T10:15:30+08:00"
//   null                  recorded as null
//   {"invalid":true}      recorded with a value that its type does not allow
//   {"masked":true}       recorded; nothing of it is kept. A list: "count" too
//   {"token":"t1:…"}      a pseudonym (privacy/tokens.h)
//   {"excerpt":"…","size":120,"token":"t1:…"}
//                         a text: masked excerpt, code points, pseudonym
//   no key                not recorded
//
// Of a message also what the judge saw in it (links, contacts, codes,
// paragraphs, disguise, what a mail hides, whom it pretends to be from) and
// what it worked out of the items of a group (attachments[].runs), where what
// is false, 0, "" or [] is left out, and which sets of patterns matched
// ("patterns": ["pack/set"]).
//
// Of either what was counted over other records, as far as there were figures
// ("windows": {"pack/window": 3}, a span in seconds, and "late": true of a
// record that was).
//
// A text that may be kept as it is but holds what looks like somebody's number
// or a code (privacy/masks.h) becomes a token. A number of at most 5 digits
// belongs to nobody and is kept.
namespace simwarden {

// A list that is longer is masked as a whole.
inline constexpr size_t kKeptItemsMax = 1024;

// One thread.
class KeptWriter {
 public:
  explicit KeptWriter(const SiteKey& key) : tokens_(key) {}

  // Appends the line, with its line break, of the record that `bench` looks
  // at: what a Judge has just judged.
  void append(std::string& out, Bench& bench);

 private:
  bool is_absent(const KeptNode& node) const;
  bool write(const KeptNode& node, bool first);
  void write_key(const KeptNode& node, bool first);
  bool write_object(const KeptNode& node);
  void write_field(const Field& row, FieldId id, const Slot& slot);
  void write_list(const Field& row, FieldId id, const Slot& head);
  void write_group(const KeptNode& node, const Slot& head);
  void write_text(const Field& row, FieldId id, std::string_view text);
  void write_excerpt(FieldId id, std::string_view text);
  void write_member_facts(GroupId id, uint32_t item, bool first);
  void write_derived(const cel::Value& value, Keep keep);
  void write_item(const cel::Object& object);
  void write_member(const cel::Value& value, Keep keep);
  bool write_patterns();
  bool write_windows();
  void write_figure(const cel::Value& value);
  void write_open_text(std::string_view text);
  void write_masked(size_t count);
  void write_token(std::string_view text);

  TokenMaker tokens_;
  cel::Scratch scratch_;
  TextPen out_;
  Bench* bench_ = nullptr;
  const Record* record_ = nullptr;
};

}  // namespace simwarden
