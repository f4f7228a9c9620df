// SPDX-License-Identifier: Apache-2.0
#include "kept/kept_writer.h"

#include <algorithm>

#include "diag/ascii.h"
#include "diag/characters.h"
#include "facts/derived.h"
#include "facts/member_facts.h"
#include "notation/json_text.h"
#include "privacy/masks.h"
#include "record/time_text.h"

namespace simwarden {
namespace {

constexpr size_t kExcerptCharactersMax = 160;
constexpr size_t kShortNumberMax = 5;

bool is_short_number(std::string_view text) {
  return text.size() <= kShortNumberMax &&
         std::all_of(text.begin(), text.end(), is_digit);
}

// Few texts need the masker, which looks at digits of all scripts, codes and
// addresses.
bool is_plainly_clean(std::string_view text) {
  size_t digits = 0;
  for (const char c : text) {
    if (c == '@' || c == '$' || (static_cast<unsigned char>(c) & 0x80)) {
      return false;
    }
    digits += is_digit(c) ? 1 : 0;
  }
  return digits < 3;
}

bool says_too_much(std::string_view text) {
  return !is_plainly_clean(text) && mask_text(text) != text;
}

// What these formats allow holds no number of anybody.
bool is_harmless(FieldFormat format) {
  return format == FieldFormat::country || format == FieldFormat::currency ||
         format == FieldFormat::semver || format == FieldFormat::hours;
}

// `plain`: a word that JSON writes as it is, as all choices are.
void append_quoted(TextPen& out, std::string_view plain) {
  char* const at = out.room(plain.size() + 2);
  at[0] = '"';
  TextPen::put(at + 1, plain);
  at[1 + plain.size()] = '"';
  out.wrote(plain.size() + 2);
}

void append_time(TextPen& out, const Timestamp& time) {
  char* const begin = out.room(kTimeTextMax + 2);
  *begin = '"';
  char* const end = write_time(begin + 1, time);
  *end = '"';
  out.wrote(size_t(end + 1 - begin));
}

bool is_default(const cel::Value& value) {
  switch (value.tag()) {
    case cel::Tag::boolean: return !value.as_bool();
    case cel::Tag::integer: return value.as_int() == 0;
    case cel::Tag::string: return value.as_string().empty();
    case cel::Tag::list: return value.as_list().empty();
    default: return false;
  }
}

Keep keep_of_derived(uint32_t slot) {
  const DerivedFact* row = kept_schema().derived_of(slot);
  return row->is(kAsToken) ? Keep::token : Keep::value;
}

}  // namespace

void KeptWriter::append(std::string& out, Bench& bench) {
  out_.clear();
  bench_ = &bench;
  record_ = &bench.facts().record();
  scratch_.clear();
  write_object(kept_tree(record_->kind()));
  out_ += '\n';
  out += out_.text();
}

// False, and nothing written, when nothing below was recorded.
// NOLINTNEXTLINE(misc-no-recursion): as deep as names have dots
bool KeptWriter::write_object(const KeptNode& node) {
  TextPen& out = out_;
  const size_t begin = out.size();
  out += '{';
  bool first = true;
  for (const KeptNode& child : node.children) {
    if (is_absent(child)) continue;
    if (write(child, first)) first = false;
  }
  if (first) {
    out.cut(begin);
    return false;
  }
  out += '}';
  return true;
}

// A field of which nothing is kept, as most are.
bool KeptWriter::is_absent(const KeptNode& node) const {
  const auto id = static_cast<FieldId>(node.id);
  return node.is == KeptNode::Is::field &&
         record_->slot(id).state == SlotState::absent && !keeps_worked_out(id);
}

void KeptWriter::write_key(const KeptNode& node, bool first) {
  out_ += std::string_view(node.key).substr(first ? 1 : 0);
}

// The key and what is behind it, unless that is not there.
// NOLINTNEXTLINE(misc-no-recursion): as deep as names have dots
bool KeptWriter::write(const KeptNode& node, bool first) {
  TextPen& out = out_;
  const size_t begin = out.size();
  switch (node.is) {
    case KeptNode::Is::object:
      write_key(node, first);
      if (write_object(node)) return true;
      out.cut(begin);
      return false;
    case KeptNode::Is::field: {
      const auto id = static_cast<FieldId>(node.id);
      const Slot& slot = record_->slot(id);
      const bool found =
          keeps_worked_out(id) && bench_->facts().fact(id, scratch_).is_true();
      if (slot.state == SlotState::absent && !found) return false;
      write_key(node, first);
      if (found) {
        out += "true";
      } else {
        write_field(field(id), id, slot);
      }
      return true;
    }
    case KeptNode::Is::group: {
      const Slot& head = record_->group_slot(static_cast<GroupId>(node.id));
      if (head.state == SlotState::absent) return false;
      write_key(node, first);
      write_group(node, head);
      return true;
    }
    case KeptNode::Is::derived: {
      const cel::Value value = bench_->facts().fact(node.id, scratch_);
      if (value.is(cel::Tag::missing) || is_default(value)) return false;
      write_key(node, first);
      write_derived(value, keep_of_derived(node.id));
      return true;
    }
    case KeptNode::Is::kind:
      write_key(node, first);
      append_json_string(out, name_of(record_->kind()));
      return true;
    case KeptNode::Is::patterns:
      write_key(node, first);
      if (write_patterns()) return true;
      out.cut(begin);
      return false;
    case KeptNode::Is::windows:
      write_key(node, first);
      if (write_windows()) return true;
      out.cut(begin);
      return false;
  }
  return false;
}

void KeptWriter::write_field(const Field& row, FieldId id, const Slot& slot) {
  TextPen& out = out_;
  if (slot.state == SlotState::null) {
    out += "null";
    return;
  }
  if (slot.state == SlotState::invalid) {
    out += R"({"invalid":true})";
    return;
  }
  if (row.list) return write_list(row, id, slot);
  switch (row.type) {
    case FieldType::boolean: out += slot.boolean ? "true" : "false"; return;
    case FieldType::integer: append_whole(out, slot.integer); return;
    case FieldType::number: append_json_number(out, slot.number); return;
    case FieldType::text: write_text(row, id, record_->text(slot)); return;
    case FieldType::choice:
      append_quoted(out, row.choices[static_cast<size_t>(slot.integer)]);
      return;
    case FieldType::timestamp:
      append_time(out, {slot.integer, slot.nanos, slot.zone_minutes});
      return;
    case FieldType::date:
      append_json_string(out, to_text(*record_, row, slot));
      return;
  }
}

void KeptWriter::write_list(const Field& row, FieldId id, const Slot& head) {
  const uint32_t count = head.list.count;
  if (keep_of(row) == Keep::presence || count > kKeptItemsMax) {
    return write_masked(count);
  }
  Field element = row;
  element.list = false;
  out_ += '[';
  for (uint32_t i = 0; i < count; ++i) {
    if (i > 0) out_ += ',';
    write_field(element, id, record_->element(id, i));
  }
  out_ += ']';
}

void KeptWriter::write_group(const KeptNode& node, const Slot& head) {
  TextPen& out = out_;
  if (head.state != SlotState::given) {
    out += head.state == SlotState::null ? "null" : R"({"invalid":true})";
    return;
  }
  out += '[';
  const auto group_id = static_cast<GroupId>(node.id);
  for (uint32_t i = 0; i < head.list.count; ++i) {
    out += i > 0 ? ",{" : "{";
    bool first = true;
    const std::span<const Slot> slots = record_->members(group_id, i);
    for (const KeptNode& member : node.children) {
      const auto id = static_cast<FieldId>(member.id);
      const Field& row = field(id);
      const Slot& slot = slots[row.member];
      if (slot.state == SlotState::absent) continue;
      write_key(member, first);
      write_field(row, id, slot);
      first = false;
    }
    write_member_facts(group_id, i, first);
    out += '}';
  }
  out += ']';
}

// What was worked out of members that are not kept. Those of which nothing is
// said have their defaults.
void KeptWriter::write_member_facts(GroupId id, uint32_t item, bool first) {
  TextPen& out = out_;
  for (const MemberFact& row : member_facts(group(id).name)) {
    const cel::Value value = row.get(bench_->facts(), item);
    if (is_default(value)) continue;
    out += first ? "\"" : ",\"";
    out += row.name;
    out += "\":";
    write_member(value, Keep::value);
    first = false;
  }
}

void KeptWriter::write_text(const Field& row, FieldId id,
                            std::string_view text) {
  if (text.empty()) {
    out_ += "\"\"";
    return;
  }
  switch (keep_of(row)) {
    case Keep::value:
      if (is_harmless(row.format)) return append_json_string(out_, text);
      return write_open_text(text);
    case Keep::token:
      if (is_short_number(text)) return append_json_string(out_, text);
      return write_token(text);
    case Keep::excerpt: return write_excerpt(id, text);
    case Keep::presence:
    case Keep::by_class: break;
  }
  out_ += R"({"masked":true})";
}

// Text and subject are masked together with what stands around them: a code in
// the text may belong to a word in the subject.
void KeptWriter::write_excerpt(FieldId id, std::string_view text) {
  static const FieldId kText = *find_field(Kind::message, "text");
  static const FieldId kSubject = *find_field(Kind::message, "subject");
  TextPen& out = out_;
  Facts& facts = bench_->facts();
  const bool in_body = id == kText || id == kSubject;
  const std::string_view around = in_body ? facts.body() : text;
  const size_t begin = id == kText ? facts.text_begin() : 0;
  out += R"({"excerpt":)";
  append_json_string(out,
                     bench_->excerpts().of(around, begin, begin + text.size(),
                                           kExcerptCharactersMax));
  out += R"(,"size":)";
  append_whole(out, int64_t(count_characters(text)));
  out += R"(,"token":")";
  out += tokens_.of(text);
  out += "\"}";
}

void KeptWriter::write_open_text(std::string_view text) {
  if (says_too_much(text)) return write_token(text);
  append_json_string(out_, text);
}

void KeptWriter::write_token(std::string_view text) {
  out_ += R"({"token":")";
  out_ += tokens_.of(text);
  out_ += "\"}";
}

void KeptWriter::write_masked(size_t count) {
  out_ += R"({"count":)";
  append_whole(out_, int64_t(count));
  out_ += R"(,"masked":true})";
}

void KeptWriter::write_derived(const cel::Value& value, Keep keep) {
  if (!value.is(cel::Tag::list)) return write_member(value, keep);
  const std::span<const cel::Value> items = value.as_list();
  if (items.size() > kKeptItemsMax) return write_masked(items.size());
  out_ += '[';
  for (size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out_ += ',';
    write_item(items[i].as_object());
  }
  out_ += ']';
}

void KeptWriter::write_item(const cel::Object& object) {
  TextPen& out = out_;
  out += '{';
  bool first = true;
  for (size_t m = 0; m < object.type->fields.size(); ++m) {
    const cel::Value& value = object.fields[m];
    if (is_default(value)) continue;
    out += first ? "\"" : ",\"";
    out += object.type->fields[m].name;
    out += "\":";
    write_member(value, keep_of_member(object.type, m));
    first = false;
  }
  out += '}';
}

void KeptWriter::write_member(const cel::Value& value, Keep keep) {
  TextPen& out = out_;
  switch (value.tag()) {
    case cel::Tag::boolean: out += value.as_bool() ? "true" : "false"; return;
    case cel::Tag::integer: append_whole(out, value.as_int()); return;
    case cel::Tag::number: append_json_number(out, value.as_number()); return;
    case cel::Tag::string:
      if (keep == Keep::value) return write_open_text(value.as_string());
      if (keep == Keep::token) return write_token(value.as_string());
      break;
    default: break;
  }
  out += R"({"masked":true})";
}

bool KeptWriter::write_patterns() {
  const Ruleset& ruleset = bench_->plan().ruleset();
  TextPen& out = out_;
  out += '[';
  bool first = true;
  uint32_t set = 0;
  for (const Pack& pack : ruleset.packs) {
    for (const PatternSet& row : pack.patterns) {
      const uint32_t slot = ruleset.pattern_slot(set++);
      if (!bench_->fact(slot, scratch_).is_true()) continue;
      out += first ? "\"" : ",\"";
      out += pack.name;
      out += '/';
      out += row.name;
      out += '"';
      first = false;
    }
  }
  out += ']';
  return !first;
}

bool KeptWriter::write_windows() {
  const Ruleset& ruleset = bench_->plan().ruleset();
  TextPen& out = out_;
  out += '{';
  bool first = true;
  if (!ruleset.window_names.empty() &&
      bench_->fact(ruleset.late_slot(), scratch_).is_true()) {
    out += R"("late":true)";
    first = false;
  }
  size_t window = 0;
  for (const Pack& pack : ruleset.packs) {
    for (const DeclaredWindow& row : pack.windows) {
      const uint32_t slot = ruleset.window_slot(window++);
      if (pack.asks != name_of(record_->kind())) continue;
      const cel::Value value = bench_->fact(slot, scratch_);
      if (value.is(cel::Tag::missing) || value.is(cel::Tag::error)) continue;
      out += first ? "\"" : ",\"";
      out += pack.name;
      out += '/';
      out += row.name;
      out += "\":";
      write_figure(value);
      first = false;
    }
  }
  out += '}';
  return !first;
}

void KeptWriter::write_figure(const cel::Value& value) {
  TextPen& out = out_;
  if (value.is(cel::Tag::number)) {
    append_json_number(out, value.as_number());
  } else if (value.is(cel::Tag::duration)) {
    append_json_number(out, double(value.duration_nanos()) / kNanosASecond);
  } else {
    append_whole(out, value.as_int());
  }
}

}  // namespace simwarden
