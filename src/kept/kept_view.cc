// SPDX-License-Identifier: Apache-2.0
#include "kept/kept_view.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "facts/derived.h"
#include "facts/member_facts.h"
#include "facts/named_slot.h"
#include "kept/kept_json.h"
#include "policy/list_reader.h"
#include "policy/unasked_lists.h"

namespace simwarden {
namespace {

// No window looks back so far; a bound for bytes that are not ours.
constexpr double kSecondsMax = 1e9;

cel::Value withhold(uint32_t slot, const cel::Withheld& what,
                    cel::Scratch& scratch) {
  const auto kept = scratch.make<cel::Withheld>(1);
  kept[0] = what;
  const auto missing = scratch.make<cel::Missing>(1);
  missing[0] = {slot, uint8_t(WhyMissing::withheld), nullptr, nullptr,
                &kept[0]};
  return cel::Value::of_missing(&missing[0]);
}

uint32_t slot_of(std::string_view name) {
  return named_slot(kept_schema(), name);
}

// Facts of a text that are answered from what was kept of others.
struct TextFacts {
  uint32_t body = slot_of("message.body");
  uint32_t read_length = slot_of("message.read_length");
  uint32_t links = slot_of("message.links");
  uint32_t contacts = slot_of("message.contacts");
  uint32_t private_contacts = slot_of("message.private_contacts");
  uint32_t private_kinds = slot_of("message.private_contact_kinds");
  uint32_t codes = slot_of("message.codes");
  uint32_t likeness = slot_of("message.likeness");
  uint32_t phrases = slot_of("message.likeness_phrases");
  uint32_t reads_honest = slot_of("message.reads_honest");
  uint32_t blocks = slot_of("message.blocks");
  uint32_t block_count = slot_of("message.block_count");
  uint32_t cut = slot_of("message.cut");
  uint32_t wrapper = slot_of("message.wrapper_contact");
  uint32_t hidden_links = slot_of("message.hidden_links");
  uint32_t hidden_contacts = slot_of("message.hidden_contacts");
  uint32_t display_name_of = slot_of("message.display_name_of");
};
const TextFacts& text_facts() {
  static const TextFacts known;
  return known;
}

// Rows of the tables of derived facts, by slot.
const DerivedFact& derived_row(uint32_t slot) {
  const size_t index = slot - fields().size() - groups().size();
  const auto request = derived_request_facts();
  if (index < request.size()) return request[index];
  return derived_message_facts()[index - request.size()];
}

cel::Value default_of(const cel::Type* type) {
  if (type == cel::bool_type()) return cel::Value::of_bool(false);
  if (type == cel::int_type()) return cel::Value::of_int(0);
  return cel::Value::of_string("");
}

std::optional<cel::Value> plain_value(const dom::element& value) {
  switch (value.type()) {
    case dom::element_type::BOOL:
      return cel::Value::of_bool(value.get_bool().value_unsafe());
    case dom::element_type::INT64:
      return cel::Value::of_int(value.get_int64().value_unsafe());
    case dom::element_type::DOUBLE:
      return cel::Value::of_number(value.get_double().value_unsafe());
    case dom::element_type::STRING:
      return cel::Value::of_string(value.get_string().value_unsafe());
    default: return std::nullopt;
  }
}

std::vector<dom::element> items_of(const std::optional<dom::element>& list) {
  std::vector<dom::element> items;
  dom::array array;
  if (!list || list->get(array) != simdjson::SUCCESS) return items;
  for (const dom::element item : array) items.push_back(item);
  return items;
}

bool same_list(const Ruleset& a, const Ruleset& b, std::string_view name) {
  const NamedList* x = a.list(name);
  const NamedList* y = b.list(name);
  if (!x || !y) return x == y;
  const auto says_same = [](const ListEntry& p, const ListEntry& q) {
    return p.value == q.value && p.stands_for == q.stands_for &&
           p.suffix == q.suffix;
  };
  return x->of == y->of && x->weights == y->weights &&
         std::equal(x->keys.begin(), x->keys.end(), y->keys.begin(),
                    y->keys.end()) &&
         std::equal(x->entries.begin(), x->entries.end(), y->entries.begin(),
                    y->entries.end(), says_same);
}

const PatternSet* find_set(const Ruleset& ruleset, const std::string& pack,
                           const std::string& name) {
  for (const Pack& row : ruleset.packs) {
    if (row.name != pack) continue;
    for (const PatternSet& set : row.patterns) {
      if (set.name == name) return &set;
    }
  }
  return nullptr;
}

const DeclaredWindow* find_window(const Ruleset& ruleset,
                                  const std::string& pack,
                                  const std::string& name) {
  for (const Pack& row : ruleset.packs) {
    if (row.name != pack) continue;
    for (const DeclaredWindow& window : row.windows) {
      if (window.name == name) return &window;
    }
  }
  return nullptr;
}

}  // namespace

KeptBinding::KeptBinding(const Ruleset& then, const Plan& now) {
  const auto is_same = [&](std::string_view name) {
    return same_list(then, now.ruleset(), name);
  };
  const auto lists = lists_of_the_eye();
  same_lists_ = std::all_of(lists.begin(), lists.end(), is_same);
  same_phrases_ = is_same(kScamPhrases);
  first_slot_ = now.ruleset().pattern_slot(0);
  for (const Pack& pack : now.ruleset().packs) {
    for (const PatternSet& set : pack.patterns) {
      const PatternSet* was = find_set(then, pack.name, set.name);
      const bool same = was && was->view == set.view && was->any == set.any &&
                        was->near_contact == set.near_contact;
      sets_.push_back(same ? pack.name + "/" + set.name : "");
      near_contact_.push_back(set.near_contact.has_value());
    }
  }
  had_windows_ = !then.window_names.empty();
  first_window_ = now.ruleset().window_slot(0);
  for (const Pack& pack : now.ruleset().packs) {
    for (const DeclaredWindow& window : pack.windows) {
      const DeclaredWindow* was = find_window(then, pack.name, window.name);
      const bool same = was && was->window.identity == window.window.identity &&
                        was->window.with_this == window.window.with_this;
      windows_.push_back(
          {same ? pack.name + "/" + window.name : "", window.window.kind});
    }
  }
}

KeptView::KeptView(const KeptRecord& record, const KeptBinding& binding,
                   std::string_view country_then, std::string_view country_now)
    : kept_(record), binding_(binding), same_eye_(binding.same_lists()) {
  static const FieldId kCountry = *find_field(Kind::message, "country");
  const Record& whole = record.record();
  const bool own = whole.kind() == Kind::message &&
                   whole.slot(kCountry).state == SlotState::given;
  if (!own && country_then != country_now) same_eye_ = false;
}

std::optional<cel::Value> KeptView::fact(uint32_t slot, Facts& facts,
                                         cel::Scratch& scratch) const {
  const size_t field_count = fields().size();
  if (slot < field_count) {
    return field_value(static_cast<FieldId>(slot), facts, scratch);
  }
  if (slot < field_count + groups().size()) {
    return group_value(static_cast<GroupId>(slot - field_count), facts,
                       scratch);
  }
  return derived(slot, scratch);
}

std::optional<cel::Value> KeptView::field_value(FieldId id, Facts& facts,
                                                cel::Scratch& scratch) const {
  const Field& row = field(id);
  if (const cel::Withheld* what = kept_.whole(id)) {
    return withhold(id, *what, scratch);
  }
  if (!row.list || kept_.places_.empty()) return std::nullopt;
  const Slot& head = kept_.record_.slot(id);
  if (head.state != SlotState::given) return std::nullopt;
  const auto items = scratch.values(head.list.count);
  for (uint32_t i = 0; i < head.list.count; ++i) {
    const cel::Withheld* what = kept_.find(id, i);
    items[i] = what ? withhold(id, *what, scratch)
                    : facts.value_of(id, kept_.record_.element(id, i));
  }
  return scratch.make_list(items);
}

std::optional<cel::Value> KeptView::group_value(GroupId id, Facts& facts,
                                                cel::Scratch& scratch) const {
  const Group& row = group(id);
  const bool touched = std::any_of(
      kept_.places_.begin(), kept_.places_.end(), [&](const auto& place) {
        return place.id >= row.first && place.id < row.first + row.size;
      });
  const std::span<const MemberFact> worked_out = member_facts(row.name);
  const Slot& head = kept_.record_.group_slot(id);
  if (head.state != SlotState::given) return std::nullopt;
  if (!touched && worked_out.empty()) return std::nullopt;
  const uint32_t slot = facts.schema().group_slot(id);
  const std::vector<dom::element> told = items_of(kept_.json_->down(row.name));
  // A line that names the group twice is none of ours.
  if (told.size() != head.list.count) return withhold(slot, {}, scratch);
  const auto items = scratch.values(head.list.count);
  for (uint32_t i = 0; i < head.list.count; ++i) {
    const auto members = scratch.values(row.size + worked_out.size());
    const std::span<const Slot> slots = kept_.record_.members(id, i);
    for (uint8_t m = 0; m < row.size; ++m) {
      const auto member = static_cast<FieldId>(row.first + m);
      const cel::Withheld* what = kept_.find(member, i);
      members[m] = what ? withhold(slot, *what, scratch)
                        : facts.value_of(member, slots[m]);
    }
    for (size_t m = 0; m < worked_out.size(); ++m) {
      members[row.size + m] =
          member_fact(slot, {told[i]}, worked_out[m], scratch);
    }
    items[i] = make_object(group_type(id), members, scratch);
  }
  return scratch.make_list(items);
}

cel::Value KeptView::member_fact(uint32_t slot, const KeptRecord::Json& item,
                                 const MemberFact& row,
                                 cel::Scratch& scratch) const {
  if (row.of_contacts && !same_eye_) return withhold(slot, {}, scratch);
  return value_in(item, row.name, row.type(), slot, scratch);
}

std::optional<cel::Value> KeptView::derived(uint32_t slot,
                                            cel::Scratch& scratch) const {
  const TextFacts& known = text_facts();
  const DerivedFact& row = derived_row(slot);
  if (row.kind == Kind::request) {
    return row.is(kKept) ? plain(row.name) : std::nullopt;
  }
  if (slot == known.body) {
    const auto size = kept_.body_size();
    if (!size || *size == 0) return std::nullopt;
    return withhold(slot, {.token = {}, .size = *size}, scratch);
  }
  if (slot == known.read_length && !plain(row.name) && kept_.body_size()) {
    return withhold(slot, {}, scratch);  // not known to the program of that day
  }
  const bool needs_eye =
      slot == known.links || slot == known.contacts ||
      slot == known.private_contacts || slot == known.private_kinds ||
      slot == known.codes || slot == known.blocks || slot == known.wrapper ||
      slot == known.hidden_links || slot == known.hidden_contacts ||
      slot == known.display_name_of;
  if (needs_eye && !same_eye_) {
    return withhold(slot, {.token = {}, .may_be_empty = true}, scratch);
  }
  const bool needs_phrases = slot == known.likeness || slot == known.phrases ||
                             slot == known.reads_honest;
  const bool same_part = same_eye_ || !has_paragraphs();
  if (needs_phrases && !(binding_.same_phrases() && same_part)) {
    return withhold(slot, {}, scratch);
  }
  if (slot == known.reads_honest) return from_likeness(slot, scratch);
  if (slot == known.private_contacts || slot == known.private_kinds) {
    return from_contacts(slot, scratch);
  }
  const uint32_t from = slot == known.block_count ? known.blocks : slot;
  const cel::Type* type = derived_row(from).type();
  if (type->element) {
    const cel::Value list = list_of(from, type->element, scratch);
    if (from == slot || !list.is(cel::Tag::list)) return list;
    return cel::Value::of_int(static_cast<int64_t>(list.as_list().size()));
  }
  return value_in(*kept_.json_, row.name, type, slot, scratch);
}

// Of such a text the likeness may be of one, by what leads to a stranger.
bool KeptView::has_paragraphs() const {
  const auto found = kept_.json_->down(derived_row(text_facts().blocks).name);
  dom::array blocks;
  return found && found->get(blocks) == simdjson::SUCCESS && blocks.size() > 1;
}

// What is not there has its default; but a number is always written, so that
// one that is not there was not known to the program of that day.
cel::Value KeptView::value_in(const KeptRecord::Json& object,
                              std::string_view name, const cel::Type* type,
                              uint32_t slot, cel::Scratch& scratch) {
  const auto found = object.down(name);
  const bool number = type == cel::double_type();
  if (!found) return number ? withhold(slot, {}, scratch) : default_of(type);
  const auto value = plain_value(*found);
  if (value && number && value->is(cel::Tag::integer)) {
    return cel::Value::of_number(static_cast<double>(value->as_int()));
  }
  if (value) return *value;
  return withhold(slot, KeptRecord::Json{*found}.withheld(), scratch);
}

std::optional<cel::Value> KeptView::plain(std::string_view name) const {
  const auto found = kept_.json_->down(name);
  return found ? plain_value(*found) : std::nullopt;
}

cel::Value KeptView::list_of(uint32_t slot, const cel::Type* item,
                             cel::Scratch& scratch) const {
  const auto found = kept_.json_->down(derived_row(slot).name);
  dom::array items;
  if (!found) return scratch.make_list({});
  if (found->get(items) != simdjson::SUCCESS) {
    return withhold(slot, KeptRecord::Json{*found}.withheld(), scratch);
  }
  const auto values = scratch.values(items.size());
  size_t count = 0;
  for (const dom::element each : items) {
    const auto members = scratch.values(item->fields.size());
    for (size_t m = 0; m < members.size(); ++m) {
      const cel::TypeField& row = item->fields[m];
      members[m] = value_in({each}, row.name, row.type, slot, scratch);
    }
    values[count++] = make_object(item, members, scratch);
  }
  return scratch.make_list(values);
}

// No phrases are not written, as no other default is.
cel::Value KeptView::from_likeness(uint32_t slot, cel::Scratch& scratch) const {
  const auto share = plain("likeness");
  if (!share) return withhold(slot, {}, scratch);
  const auto phrases = plain("likeness_phrases");
  const double value = share->is(cel::Tag::integer)
                           ? static_cast<double>(share->as_int())
                           : share->as_number();
  return cel::Value::of_bool(reads_honest(
      {.share = value,
       .phrases = phrases ? static_cast<uint32_t>(phrases->as_int()) : 0U}));
}

cel::Value KeptView::from_contacts(uint32_t slot, cel::Scratch& scratch) const {
  const TextFacts& known = text_facts();
  const cel::Type* type = contact_type();
  const auto member = [&](std::string_view name) {
    size_t at = 0;
    while (type->fields[at].name != name) ++at;
    return at;
  };
  static const size_t kOfficial = member("official");
  static const size_t kKind = member("kind");
  const cel::Value all = list_of(known.contacts, type, scratch);
  if (!all.is(cel::Tag::list)) {
    return withhold(slot, {}, scratch);
  }
  std::vector<cel::Value> wanted;
  std::set<std::string_view> kinds;
  for (const cel::Value& contact : all.as_list()) {
    const cel::Value* members = contact.as_object().fields;
    if (!members[kOfficial].is_false()) continue;
    wanted.push_back(contact);
    kinds.insert(members[kKind].as_string());
  }
  if (slot == known.private_kinds) {
    return cel::Value::of_int(static_cast<int64_t>(kinds.size()));
  }
  return scratch.make_list(wanted);
}

cel::Value KeptView::pattern(uint32_t set, cel::Scratch& scratch) const {
  const std::string& then = binding_.set_of_then(set);
  if (then.empty() || (binding_.is_near_contact(set) && !same_eye_)) {
    return withhold(binding_.slot_of(set), {}, scratch);
  }
  const auto& found = kept_.patterns_;
  return cel::Value::of_bool(std::find(found.begin(), found.end(), then) !=
                             found.end());
}

cel::Value KeptView::window(uint32_t slot, cel::Scratch& scratch) const {
  const auto kept = kept_.json_->at(kWindowsKey);
  const auto figure = [&kept](std::string_view name) {
    return kept ? KeptRecord::Json{*kept}.at(name) : std::nullopt;
  };
  if (binding_.is_late_slot(slot)) {
    if (!binding_.had_windows()) return withhold(slot, {}, scratch);
    return cel::Value::of_bool(figure("late").has_value());
  }
  const KeptBinding::Window& window = binding_.window(slot);
  if (window.then.empty()) return withhold(slot, {}, scratch);
  const auto found = figure(window.then);
  if (!found) return scratch.make_error("there was no figure");
  int64_t number = 0;
  double fraction = 0;
  const bool whole = found->get(number) == simdjson::SUCCESS;
  if (found->get(fraction) != simdjson::SUCCESS) {
    return withhold(slot, {}, scratch);
  }
  switch (window.kind) {
    case WindowKind::count:
    case WindowKind::distinct:
      return whole ? cel::Value::of_int(number) : withhold(slot, {}, scratch);
    case WindowKind::share: return cel::Value::of_number(fraction);
    case WindowKind::since: break;
  }
  if (!(std::abs(fraction) <= kSecondsMax)) return withhold(slot, {}, scratch);
  return cel::Value::of_duration(std::llround(fraction * kNanosASecond));
}

bool KeptView::was_cut() const {
  const auto cut = plain("cut");
  return cut && cut->is_true();
}

}  // namespace simwarden
