// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cel/run/program.h"
#include "cel/value/scratch.h"
#include "contact/contact.h"
#include "facts/likened_part.h"
#include "facts/schema.h"
#include "record/record.h"
#include "text/views.h"

// The facts of one record: worked out at the first question and kept for the
// record's life. (look_at fact*)*
//
// One thread at a time. Keeps the record, the registry and the schema by
// reference: they must outlive the questions. Values live in the Scratch that
// fact() was given: clear it only together with the next look_at().
namespace simwarden {

// A text that is not shown, and what it leads to.
struct Unseen {
  std::string text;
  uint32_t alternative_begin = 0;  // before it stands the hidden text
  Views views;
  Followable found;
};

// Why a fact is missing (cel::Missing::why). A withheld one was recorded, but
// its value was not kept (cel::Withheld): no record in our hands has any.
enum class WhyMissing : uint8_t { absent, null, invalid, withheld };

class Facts final : public cel::Activation {
 public:
  Facts(const FactSchema& schema, const Registry& registry);

  // The record to be asked about. `region`: ISO 3166-1 region of national
  // telephone numbers, from the profile ("" for none). `profile`: the name of
  // that by which the record is judged, which outlives it ("": not said).
  void look_at(const Record& record, std::string_view region,
               std::string_view profile = {});

  // REQUIRES: slot < schema.slots(), of the record's kind.
  cel::Value fact(uint32_t slot, cel::Scratch& scratch) override;

  const Record& record() const { return *record_; }
  const FactSchema& schema() const { return schema_; }
  const Registry& registry() const { return registry_; }
  std::string_view region() const { return region_; }
  // The record names a profile that there is not.
  bool profile_is_unknown() const;

  // The message as a whole: subject and text, what it looks like, what it
  // leads to. REQUIRES: the record is a message.
  std::string_view body();
  // Where message.text begins in body(); before it stands the subject.
  uint32_t text_begin();
  const Views& views();
  const View& squeezed();
  // Null when it would be the plain view.
  const View* relettered();
  const Followable& followable();
  // Null where a look at the text tells that followable() holds no number of
  // seven digits and more, no mail address and no code that stands in it.
  const Followable* followable_if_secret();
  // To scams seen before, and of what part; 0 and 0 without weights of phrases.
  const LikenedPart& likened();
  const Likeness& likeness() { return likened().likeness; }
  // Until the next record, as if no list of phrases were there.
  void withhold_likeness();
  // Whether followable() may hold links or mail addresses; often seen without
  // working it out.
  bool may_hold_leads();
  // The shown text of message.html_links[index] names another place than the
  // link leads to. REQUIRES: there is such a link.
  bool html_link_differs(uint32_t index);
  // What a mail holds and a reader does not see: hidden_text, then
  // alternative_text, as one text.
  const Unseen& unseen();
  // A mail was cut at a bound, message.mail_faults names it.
  bool mail_was_cut() const { return !mail_cuts().empty(); }
  // "cut_depth, cut_text"; "" when it was not.
  std::string mail_cuts() const;

  // A slot of the record as a value.
  cel::Value value_of(FieldId id, const Slot& slot) const;

 private:
  // How a slot is worked out.
  enum class How : uint8_t { scalar, list, group, derived };
  struct Source {
    How how;
    FieldType type;  // of a field
    uint16_t id;     // of the field or the group
    // Of a choice; else null.
    const std::string_view* choices;
    cel::Value (*derive)(Facts& facts, cel::Scratch& scratch);
  };
  static Source source_of(const FactSchema& schema, uint32_t slot);
  // `choices`: of FieldType::choice. Apart from the field's row, which is big
  // and seldom near.
  cel::Value value_of(FieldId id, FieldType type,
                      const std::string_view* choices, const Slot& slot) const;

  struct Memo {
    uint64_t of = 0;  // the record (by count) that `value` belongs to
    cel::Value value;
  };
  cel::Value work_out(uint32_t slot, cel::Scratch& scratch);
  const Followable& with_what_stands_beside(Followable found);
  cel::Value missing(uint32_t slot, WhyMissing why) const;
  cel::Value list_of(FieldId id, cel::Scratch& scratch) const;
  cel::Value group_of(GroupId id, cel::Scratch& scratch);

  const FactSchema& schema_;
  const Registry& registry_;
  const Record* record_ = nullptr;
  std::string region_;
  std::string_view profile_;
  uint64_t count_ = 0;           // records looked at
  std::vector<Source> sources_;  // by slot
  std::vector<Memo> memos_;
  // What is not there, by slot and reason: most facts of most records.
  std::vector<cel::Missing> missing_;
  uint32_t text_begin_ = 0;
  std::optional<std::string_view> body_;
  std::string joined_;  // what body_ shows, when the record has both parts
  // The memory of the record before is used again.
  Views views_;
  bool seen_ = false;  // views_ are of this record
  std::optional<View> squeezed_;
  std::optional<View> relettered_;
  bool asked_relettered_ = false;
  std::optional<Followable> followable_;
  std::vector<bool> html_differs_;  // by html link
  std::optional<Unseen> unseen_;
  std::optional<LikenedPart> likened_;
};

}  // namespace simwarden
