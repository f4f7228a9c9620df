// SPDX-License-Identifier: Apache-2.0
#include "facts/facts.h"

#include "diag/check.h"
#include "facts/contents.h"
#include "facts/derived.h"
#include "facts/mail_links.h"
#include "facts/member_facts.h"
#include "record/time.h"
#include "text/pictures.h"

// A fact is looked up by its slot: the slot says whether it is a field, a
// group or a derived fact. Each is worked out once and remembered together
// with the number of the record it belongs to, so that a new record forgets
// all of them by counting up.
namespace simwarden {
namespace {

WhyMissing why_missing(const Slot& slot) {
  if (slot.state == SlotState::null) return WhyMissing::null;
  if (slot.state == SlotState::invalid) return WhyMissing::invalid;
  return WhyMissing::absent;
}
constexpr size_t kReasons = 3;  // of WhyMissing, but for withheld

// Nothing where that is the plain view.
std::optional<View> as_read(const Views& views) {
  const Disguise& hidden = views.disguise;
  std::optional<View> shown;
  if (hidden.emoji + hidden.styled != 0) {
    shown = read_pictures(views.plain, views.raw);
  }
  if (hidden.bidi_controls != 0) {
    std::optional<View> turned =
        turn_overridden(shown ? *shown : views.plain, views.raw);
    if (turned) shown = std::move(turned);
  }
  std::optional<View> read = reletter(shown ? *shown : views.plain);
  return read ? std::move(read) : std::move(shown);
}

}  // namespace

Facts::Facts(const FactSchema& schema, const Registry& registry)
    : schema_(schema), registry_(registry), memos_(schema.slots()) {
  for (uint32_t slot = 0; slot < schema.slots(); ++slot) {
    sources_.push_back(source_of(schema, slot));
    for (uint8_t why = 0; why < kReasons; ++why) {
      missing_.push_back({slot, why, nullptr, nullptr});
    }
  }
}

Facts::Source Facts::source_of(const FactSchema& schema, uint32_t slot) {
  const size_t field_count = fields().size();
  if (slot < field_count) {
    const auto id = static_cast<FieldId>(slot);
    const Field& row = field(id);
    const WorkOut derive = work_out_of(id);
    const How how = derive ? How::derived : row.list ? How::list : How::scalar;
    return {how, row.type, id, row.choices.data(), derive};
  }
  Source source{How::derived, FieldType::text, 0, nullptr, nullptr};
  if (const DerivedFact* row = schema.derived_of(slot)) {
    source.derive = row->get;
    return source;
  }
  source.how = How::group;
  source.id = static_cast<uint16_t>(slot - field_count);
  return source;
}

cel::Value Facts::missing(uint32_t slot, WhyMissing why) const {
  return cel::Value::of_missing(&missing_[slot * kReasons + size_t(why)]);
}

void Facts::look_at(const Record& record, std::string_view region,
                    std::string_view profile) {
  record_ = &record;
  region_ = region;
  profile_ = profile;
  ++count_;
  body_.reset();
  if (joined_.capacity() > kViewBytesKept) std::string().swap(joined_);
  if (seen_) views_.forget();
  seen_ = false;
  squeezed_.reset();
  asked_relettered_ = false;
  followable_.reset();
  html_differs_.clear();
  unseen_.reset();
  likened_.reset();
}

bool Facts::profile_is_unknown() const {
  static const FieldId of_request =
      *find_field(Kind::request, "policy_profile");
  static const FieldId of_message =
      *find_field(Kind::message, "policy_profile");
  const Slot& named =
      record_->slot(record_->kind() == Kind::request ? of_request : of_message);
  return !profile_.empty() && named.state == SlotState::given &&
         record_->text(named) != profile_;
}

cel::Value Facts::fact(uint32_t slot, cel::Scratch& scratch) {
  CHECK(slot < memos_.size(), "programs are compiled against this schema");
  Memo& memo = memos_[slot];
  if (memo.of == count_) return memo.value;
  // What a record holds has bounds of its own, and is spent by no rule.
  const cel::Scratch::Making lasting(scratch, cel::Scratch::Life::record,
                                     cel::Scratch::Growth::is_free);
  const cel::Value value = work_out(slot, scratch);
  memos_[slot] = {count_, value};
  return value;
}

cel::Value Facts::work_out(uint32_t slot, cel::Scratch& scratch) {
  const Source& source = sources_[slot];
  switch (source.how) {
    case How::scalar:
      return value_of(source.id, source.type, source.choices,
                      record_->slot(source.id));
    case How::list: return list_of(source.id, scratch);
    case How::group: return group_of(static_cast<GroupId>(source.id), scratch);
    case How::derived: break;
  }
  return source.derive(*this, scratch);
}

cel::Value Facts::value_of(FieldId id, const Slot& slot) const {
  const Field& row = field(id);
  return value_of(id, row.type, row.choices.data(), slot);
}

cel::Value Facts::value_of(FieldId id, FieldType type,
                           const std::string_view* choices,
                           const Slot& slot) const {
  if (slot.state != SlotState::given) {
    return missing(id, why_missing(slot));
  }
  switch (type) {
    case FieldType::boolean: return cel::Value::of_bool(slot.boolean);
    case FieldType::integer: return cel::Value::of_int(slot.integer);
    case FieldType::number: return cel::Value::of_number(slot.number);
    case FieldType::text: return cel::Value::of_string(record_->text(slot));
    case FieldType::choice: return cel::Value::of_string(choices[slot.integer]);
    case FieldType::timestamp:
      return cel::Value::of_timestamp(slot.integer, slot.nanos);
    case FieldType::date:
      return cel::Value::of_timestamp(slot.integer * kSecondsPerDay, 0);
  }
  return missing(id, WhyMissing::absent);
}

cel::Value Facts::list_of(FieldId id, cel::Scratch& scratch) const {
  const Slot& head = record_->slot(id);
  if (head.state != SlotState::given) {
    return missing(id, why_missing(head));
  }
  auto items = scratch.values(head.list.count);
  for (uint32_t i = 0; i < head.list.count; ++i) {
    items[i] = value_of(id, record_->element(id, i));
  }
  return scratch.make_list(items);
}

cel::Value Facts::group_of(GroupId id, cel::Scratch& scratch) {
  const Slot& head = record_->group_slot(id);
  if (head.state != SlotState::given) {
    return missing(schema_.group_slot(id), why_missing(head));
  }
  const Group& row = group(id);
  const cel::Type* type = group_type(id);
  const std::span<const MemberFact> worked_out = member_facts(row.name);
  auto items = scratch.values(head.list.count);
  for (uint32_t i = 0; i < head.list.count; ++i) {
    auto members = scratch.values(row.size + worked_out.size());
    const std::span<const Slot> slots = record_->members(id, i);
    for (uint8_t m = 0; m < row.size; ++m) {
      members[m] = value_of(static_cast<FieldId>(row.first + m), slots[m]);
    }
    for (size_t m = 0; m < worked_out.size(); ++m) {
      members[row.size + m] = worked_out[m].get(*this, i);
    }
    items[i] = make_object(type, members, scratch);
  }
  return scratch.make_list(items);
}

std::string_view Facts::body() {
  if (body_) return *body_;
  static const FieldId subject = *find_field(Kind::message, "subject");
  static const FieldId text = *find_field(Kind::message, "text");
  const Slot& title = record_->slot(subject);
  const Slot& written = record_->slot(text);
  text_begin_ = 0;
  body_ = written.state == SlotState::given ? record_->text(written)
                                            : std::string_view();
  if (title.state != SlotState::given) return *body_;
  joined_.assign(record_->text(title)).append("\n\n");
  text_begin_ = static_cast<uint32_t>(joined_.size());
  body_ = joined_.append(*body_);
  return *body_;
}

uint32_t Facts::text_begin() {
  body();
  return text_begin_;
}

const Views& Facts::views() {
  if (!seen_) see(body(), views_);
  seen_ = true;
  return views_;
}

const View& Facts::squeezed() {
  if (!squeezed_) squeezed_ = squeeze(views().plain);
  return *squeezed_;
}

const View* Facts::relettered() {
  if (!asked_relettered_) relettered_ = as_read(views());
  asked_relettered_ = true;
  return relettered_ ? &*relettered_ : nullptr;
}

const Followable& Facts::followable() {
  if (followable_) return *followable_;
  return with_what_stands_beside(find_followable(views(), registry_, region_));
}

const Followable* Facts::followable_if_secret() {
  if (followable_ || has_links_beside_text(*record_)) return &followable();
  auto found = find_if_secret(views(), registry_, region_);
  return found ? &with_what_stands_beside(std::move(*found)) : nullptr;
}

const Followable& Facts::with_what_stands_beside(Followable found) {
  followable_ = std::move(found);
  const auto links = markup_links_of(*record_, body(), text_begin());
  html_differs_ = add_markup_links(links, registry_, region_, *followable_);
  add_contents(contents_of(*record_, body(), text_begin()), registry_, region_,
               *followable_);
  return *followable_;
}

bool Facts::may_hold_leads() {
  if (followable_) return true;  // it is there to be looked at
  return has_links_beside_text(*record_) || may_hold_links(views().plain.text);
}

bool Facts::html_link_differs(uint32_t index) {
  followable();
  return index < html_differs_.size() && html_differs_[index];
}

const LikenedPart& Facts::likened() {
  if (likened_) return *likened_;
  likened_.emplace();
  const auto& phrases = registry_.scam_phrases;
  if (phrases == nullptr) return *likened_;
  const View& plain = views().plain;
  likened_ = likened_all(*phrases, plain);
  const bool lines = body().find_first_of("\n\r") != std::string_view::npos;
  if (lines) likened_ = likened_part(*phrases, plain, followable(), *likened_);
  return *likened_;
}

void Facts::withhold_likeness() {
  likened_ = LikenedPart{};
  ++count_;  // what was worked out by it is worked out anew
}

const Unseen& Facts::unseen() {
  if (unseen_) return *unseen_;
  static const FieldId hidden = *find_field(Kind::message, "hidden_text");
  static const FieldId other = *find_field(Kind::message, "alternative_text");
  unseen_.emplace();
  const auto add = [&](FieldId id) {
    const Slot& slot = record_->slot(id);
    if (slot.state == SlotState::given) {
      unseen_->text.append(record_->text(slot));
    }
  };
  add(hidden);
  if (!unseen_->text.empty()) unseen_->text.append("\n\n");
  unseen_->alternative_begin = static_cast<uint32_t>(unseen_->text.size());
  add(other);
  if (unseen_->text.empty()) return *unseen_;
  unseen_->views = see(unseen_->text);
  unseen_->found = find_followable(unseen_->views, registry_, region_);
  return *unseen_;
}

std::string Facts::mail_cuts() const {
  static const FieldId faults = *find_field(Kind::message, "mail_faults");
  if (record_->kind() != Kind::message) return "";
  const Slot& list = record_->slot(faults);
  if (list.state != SlotState::given) return "";
  std::string cuts;
  for (uint32_t i = 0; i < list.list.count; ++i) {
    const Slot& fault = record_->element(faults, i);
    if (fault.state != SlotState::given) continue;
    const auto name = field(faults).choices[static_cast<size_t>(fault.integer)];
    if (!name.starts_with("cut_")) continue;
    cuts.append(cuts.empty() ? "" : ", ").append(name);
  }
  return cuts;
}

}  // namespace simwarden
