// SPDX-License-Identifier: Apache-2.0
#include "judge/masked.h"

#include "privacy/masks.h"

namespace simwarden {
namespace {

Mask mask_of(Privacy privacy) {
  switch (privacy) {
    case Privacy::unsaid:
    case Privacy::open: return Mask::none;
    case Privacy::phone: return Mask::phone;
    case Privacy::document: return Mask::document;
    case Privacy::name: return Mask::name;
    case Privacy::address: return Mask::address;
    case Privacy::sim: return Mask::sim;
    case Privacy::ip: return Mask::ip;
    case Privacy::email: return Mask::email;
    case Privacy::code: return Mask::code;
    case Privacy::free_text: return Mask::free_text;
  }
  return Mask::free_text;
}

}  // namespace

std::string masked(const Record& record, const Field& row, const Slot& slot) {
  Mask mask = mask_of(row.privacy);
  const bool invalid = slot.state == SlotState::invalid;
  // What it was meant to be is not known, or who fills the field in writes a
  // number or an address into it: it is free text at least.
  const bool any_text = invalid || row.type == FieldType::text;
  // A reader is to compare it with the file: its digits are no number.
  const bool is_digest = !invalid && row.format == FieldFormat::sha256;
  if (is_digest) return std::string(record.text(slot));
  if (mask == Mask::none && any_text) mask = Mask::free_text;
  return mask_value(
      invalid ? std::string(record.text(slot)) : to_text(record, row, slot),
      mask);
}

std::string masked_in(Bench& bench, const Field& row, const Slot& slot) {
  Facts& facts = bench.facts();
  const bool given = slot.state == SlotState::given && !row.list;
  const bool text = row.name == "text";
  const bool of_body =
      facts.record().kind() == Kind::message && (text || row.name == "subject");
  if (!given || !of_body) return masked(facts.record(), row, slot);
  const size_t begin = text ? facts.text_begin() : 0;
  const size_t size = facts.record().text(slot).size();
  return bench.excerpts().of(facts.body(), begin, begin + size,
                             kExcerptCharactersMax);
}

}  // namespace simwarden
