// SPDX-License-Identifier: Apache-2.0
#include "judge/explain.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "facts/derived.h"
#include "facts/named_slot.h"
#include "judge/filled_reason.h"
#include "judge/masked.h"
#include "likeness/likeness.h"
#include "privacy/masks.h"

// The evidence of a hit are the facts that its condition reads. For a list
// (links, factors) the elements that matter are found by asking again with
// the list narrowed to one element: where the rule still hits, that element
// is a witness. No witness means that the list as a whole was to blame
// ("fewer than two"), and its first elements are shown. Patterns are muted one
// after the other; those that the rule cannot do without are its evidence, so
// that a word somewhere else in the text is not shown as a reason.
namespace simwarden {
namespace {

bool is_quoted(FieldType type) {
  return type != FieldType::boolean && type != FieldType::integer &&
         type != FieldType::number;
}

bool is_quoted(const cel::Value& value) {
  return !value.is(cel::Tag::boolean) && !value.is(cel::Tag::integer) &&
         !value.is(cel::Tag::uinteger) && !value.is(cel::Tag::number);
}

Evidence::State state_of(const Slot& slot) {
  switch (slot.state) {
    case SlotState::absent: return Evidence::State::not_recorded;
    case SlotState::null: return Evidence::State::null;
    case SlotState::invalid: return Evidence::State::invalid;
    case SlotState::given: return Evidence::State::value;
  }
  return Evidence::State::not_recorded;
}

uint64_t gap_between(Span a, Span b) {
  if (a.end <= b.begin) return b.begin - a.end;
  if (b.end <= a.begin) return a.begin - b.end;
  return 0;
}

// Facts that are told in another way than their type alone says.
struct ToldApart {
  explicit ToldApart(const FactSchema& schema)
      : body(named_slot(schema, "message.body")),
        likeness(named_slot(schema, "message.likeness")),
        hidden_links(named_slot(schema, "message.hidden_links")),
        hidden_contacts(named_slot(schema, "message.hidden_contacts")),
        private_contacts(named_slot(schema, "message.private_contacts")) {}
  uint32_t body;
  uint32_t likeness;
  uint32_t hidden_links;
  uint32_t hidden_contacts;
  uint32_t private_contacts;
};
const ToldApart& facts_told_apart(const FactSchema& schema) {
  static const ToldApart known(schema);
  return known;
}

class Explainer {
 public:
  Explainer(const RuleHit& hit, Bench& bench, cel::Scratch& scratch)
      : rule_(*hit.rule.rule),
        failed_(hit.failed),
        bench_(bench),
        scratch_(scratch),
        schema_(bench.plan().schema()),
        told_(facts_told_apart(schema_)) {}

  std::vector<Evidence> evidence() {
    if (bench_.kept()) return {};
    mute_dispensable_patterns();
    const auto slots = rule_.condition.program->slots();
    found_.reserve(slots.size());
    for (const uint32_t slot : slots) add(slot);
    for (const uint32_t set : muted_) bench_.mute(set, false);
    drop_repeated_spans();
    // Spans first lead the eye; the rest in the order of the table. Most often
    // they stand so, and a partition would ask for memory to see that.
    const auto is_span = [](const Evidence& e) { return e.end > e.begin; };
    if (!std::is_partitioned(found_.begin(), found_.end(), is_span)) {
      std::stable_partition(found_.begin(), found_.end(), is_span);
    }
    return std::move(found_);
  }

 private:
  // Who asks for contacts and for private ones is told of each once.
  void drop_repeated_spans() {
    const auto same = [](const Evidence& a, const Evidence& b) {
      return a.begin == b.begin && a.end == b.end && a.by == b.by &&
             a.fact == b.fact && a.seen_as == b.seen_as;
    };
    auto end = found_.begin();
    for (Evidence& one : found_) {
      const bool repeated =
          one.end > one.begin &&
          std::any_of(found_.begin(), end, [&](const Evidence& before) {
            return same(before, one);
          });
      if (repeated) continue;
      if (&one != &*end) *end = std::move(one);
      ++end;
    }
    found_.erase(end, found_.end());
  }

  void add(uint32_t slot) {
    const Ruleset& ruleset = bench_.plan().ruleset();
    if (slot >= ruleset.schema_slots) {
      const uint32_t index = slot - ruleset.schema_slots;
      if (index < ruleset.parameter_names.size()) {
        add_parameter(slot, ruleset.parameter_names[index]);
      } else if (slot < ruleset.window_slot(0)) {
        add_pattern(slot - ruleset.pattern_slot(0));
      } else {
        add_window(slot);
      }
      return;
    }
    if (const Field* row = schema_.field_of(slot)) {
      add_field(slot, *row);
    } else {
      add_worked_out(slot);
    }
  }

  void add_parameter(uint32_t slot, const std::string& name) {
    const cel::Value value = bench_.fact(slot, scratch_);
    found_.push_back({.fact = "profile." + name,
                      .value = shown(value),
                      .quoted = is_quoted(value)});
  }

  void add_window(uint32_t slot) {
    const cel::Value value = bench_.fact(slot, scratch_);
    Evidence e;
    e.fact = bench_.plan().name_of(slot);
    if (value.is(cel::Tag::missing) || value.is(cel::Tag::error)) {
      e.state = Evidence::State::not_recorded;
    } else {
      e.value = shown_at(slot, value, bench_);
      e.quoted = is_quoted(value);
    }
    found_.push_back(std::move(e));
  }

  // What stands far from every contact is muted first, so that the words
  // beside a contact remain.
  void mute_dispensable_patterns() {
    std::vector<uint32_t> sets = patterns_read();
    // Of one there is no order, and contacts are dear to find.
    if (sets.size() > 1) put_farthest_first(sets);
    for (const uint32_t set : sets) {
      bench_.mute(set, true);
      if (still_hits()) {
        muted_.push_back(set);
      } else {
        bench_.mute(set, false);
      }
    }
  }

  // What does not match says nothing either way, and is left out.
  void put_farthest_first(std::vector<uint32_t>& sets) {
    std::erase_if(
        sets, [&](uint32_t set) { return !bench_.patterns().match_of(set); });
    std::map<uint32_t, uint64_t> distance;
    for (const uint32_t set : sets) distance[set] = distance_to_contact(set);
    std::stable_sort(sets.begin(), sets.end(), [&](uint32_t a, uint32_t b) {
      return distance[a] > distance[b];
    });
  }

  // Bytes between the set's match and the nearest private contact. REQUIRES:
  // it has a match.
  uint64_t distance_to_contact(uint32_t set) {
    const auto match = bench_.patterns().match_of(set);
    uint64_t nearest = UINT64_MAX;
    for (const Contact& contact : bench_.facts().followable().contacts) {
      if (contact.official) continue;
      const uint64_t gap = gap_between(match->original, contact.span);
      nearest = std::min(nearest, gap);
    }
    return nearest;
  }

  std::vector<uint32_t> patterns_read() const {
    const Ruleset& ruleset = bench_.plan().ruleset();
    const uint32_t first = ruleset.pattern_slot(0);
    std::vector<uint32_t> sets;
    const uint32_t end = ruleset.window_slot(0);
    for (const uint32_t slot : rule_.condition.program->slots()) {
      if (slot >= first && slot < end) sets.push_back(slot - first);
    }
    return sets;
  }

  void add_pattern(uint32_t set) {
    if (std::count(muted_.begin(), muted_.end(), set) > 0) return;
    const auto match = bench_.patterns().match_of(set);
    if (!match) return;
    found_.push_back(words_at(match->original, match->seen_as));
    found_.back().by = "patterns." + bench_.plan().sets()[set]->name;
  }

  void add_field(uint32_t slot, const Field& row) {
    const auto id = static_cast<FieldId>(slot);
    const Record& record = bench_.facts().record();
    const Slot& given = record.slot(id);
    // A field that can be worked out shows what the rule saw.
    if (given.state != SlotState::given) {
      const cel::Value value = bench_.fact(slot, scratch_);
      if (!value.is(cel::Tag::missing)) {
        found_.push_back({.fact = schema_.name(slot),
                          .value = shown(value),
                          .quoted = is_quoted(value)});
        return;
      }
    }
    Evidence e;
    e.fact = schema_.name(slot);
    e.state = state_of(given);
    e.quoted = row.list || is_quoted(row.type);
    if (e.state == Evidence::State::value ||
        e.state == Evidence::State::invalid) {
      e.value = masked_in(bench_, row, given);
    }
    found_.push_back(std::move(e));
  }

  void add_worked_out(uint32_t slot) {
    // The whole text is no evidence: the reader has it before him.
    if (slot == told_.body) return;
    const cel::Value value = bench_.fact(slot, scratch_);
    if (value.is(cel::Tag::list)) {
      add_list(slot, value);
      return;
    }
    if (slot == told_.likeness) add_telling_phrases();
    Evidence e;
    e.fact = schema_.name(slot);
    if (value.is(cel::Tag::missing)) {
      e.state = Evidence::State::not_recorded;
      const uint8_t why = value.as_missing().why;
      if (why == uint8_t(WhyMissing::null)) e.state = Evidence::State::null;
    } else {
      e.value = shown(value);
      e.quoted = is_quoted(value);
    }
    found_.push_back(std::move(e));
  }

  // Where the words stand that make a message like scams.
  void add_telling_phrases() {
    const auto& phrases = bench_.facts().registry().scam_phrases;
    if (phrases == nullptr) return;
    const View& plain = bench_.facts().views().plain;
    const LikenedPart& part = bench_.facts().likened();
    const std::string_view text =
        std::string_view(plain.text).substr(part.begin, part.end - part.begin);
    for (const PhraseSpan& told : phrases->telling(text, kWitnessesMax)) {
      found_.push_back(words_at(
          plain.original(part.begin + told.begin, part.begin + told.end),
          spelled(text, told)));
      found_.back().by = "message.likeness";
    }
  }

  // That a duty fails with less than the record holds proves nothing of what is
  // left, unless it failed with the whole.
  bool still_hits() {
    const cel::Scratch::Loan loan(scratch_);
    const cel::Value value =
        rule_.condition.program->evaluate(bench_, scratch_);
    if (!rule_.duty) return value.is_true();
    return !value.is_true() && (failed_ || !value.is(cel::Tag::error));
  }

  std::vector<uint32_t> witnesses(uint32_t slot, uint32_t size) {
    std::vector<uint32_t> found;
    const uint32_t tried = std::min(size, kWitnessesTriedMax);
    for (uint32_t i = 0; i < tried && found.size() < kWitnessesMax; ++i) {
      bench_.narrow(slot, i);
      if (still_hits()) found.push_back(i);
    }
    bench_.widen();
    return found;
  }

  void add_list(uint32_t slot, const cel::Value& value) {
    const auto items = value.as_list();
    const auto size = static_cast<uint32_t>(items.size());
    if (size == 0) {
      found_.push_back(
          {.fact = schema_.name(slot), .value = "[]", .quoted = false});
      return;
    }
    std::vector<uint32_t> which = witnesses(slot, size);
    for (uint32_t i = 0; which.empty() && i < std::min(size, kWitnessesMax);
         ++i) {
      which.push_back(i);
    }
    for (const uint32_t index : which) add_item(slot, items[index], index);
  }

  // An element of a list of such.
  void add_object(uint32_t slot, const cel::Type* type, uint32_t index) {
    if (slot == told_.hidden_links) {
      add_hidden_link(bench_.facts().unseen().found.links[index]);
    } else if (slot == told_.hidden_contacts) {
      add_hidden_contact(bench_.facts().unseen().found.contacts[index]);
    } else if (type == link_type()) {
      add_link(bench_.facts().followable().links[index]);
    } else if (type == contact_type()) {
      add_contact(slot, index);
    } else if (type == code_type()) {
      add_code(bench_.facts().followable().codes[index]);
    } else if (type == block_type()) {
      found_.push_back(span(bench_.facts().followable().blocks[index],
                            fmt::format("block {}", index)));
      found_.back().by = "block";
    } else {
      add_member_values(slot, index);
    }
  }

  void add_hidden_link(const Link& link) {
    found_.push_back(hidden_span(link.span, link.url));
    found_.back().by = "link";
  }

  void add_hidden_contact(const Contact& contact) {
    found_.push_back(
        hidden_span(contact.span, contact.kind + " " + contact.value));
    found_.back().by = "contact";
  }

  void add_link(const Link& link) {
    found_.push_back(found_at(link.span, link.beside, link.url));
    hide_code_in_link(link);
    found_.back().by = "link";
  }

  void add_code(const Code& code) {
    found_.push_back(found_at(code.span, code.beside, code.kind));
    found_.back().by = "code";
  }

  void add_item(uint32_t slot, const cel::Value& item, uint32_t index) {
    if (item.is(cel::Tag::object)) {
      add_object(slot, item.as_object().type, index);
      return;
    }
    found_.push_back({.fact = schema_.name(slot),
                      .value = shown(item),
                      .quoted = is_quoted(item)});
  }

  void hide_code_in_link(const Link& link) {
    const bool holds =
        bench_.excerpts().touches_secret(bench_.facts().body(), link.span.begin,
                                         link.span.end, Secret::Is::code);
    if (holds && link.span.size() > 0) {
      found_.back().seen_as = found_.back().text;
    }
  }

  void add_contact(uint32_t slot, uint32_t index) {
    const bool only_private = slot == told_.private_contacts;
    uint32_t seen = 0;
    for (const Contact& contact : bench_.facts().followable().contacts) {
      if (only_private && contact.official) continue;
      if (seen++ != index) continue;
      found_.push_back(found_at(contact.span, contact.beside,
                                contact.kind + " " + contact.value));
      found_.back().by = "contact";
      return;
    }
  }

  // "type=otp_sms destination_type=number_being_replaced result=pass"
  void add_member_values(uint32_t slot, uint32_t index) {
    const auto group_id = static_cast<GroupId>(slot - fields().size());
    found_.push_back({.fact = fmt::format("{}[{}]", schema_.name(slot), index),
                      .value = member_values(group_id, index, 0)});
  }

  // Members that are given, but for those of the first `from` in the table.
  std::string member_values(GroupId of, uint32_t index, uint8_t from) const {
    const Group& row = group(of);
    const Record& record = bench_.facts().record();
    std::string text;
    for (uint8_t m = from; m < row.size; ++m) {
      const auto id = static_cast<FieldId>(row.first + m);
      const Slot& member = record.member(id, index);
      if (member.state != SlotState::given &&
          member.state != SlotState::invalid) {
        continue;
      }
      if (!text.empty()) text += ' ';
      text += group_type(of)->fields[m].name;
      text += '=';
      text += masked(record, field(id), member);
    }
    return text;
  }

  // What stands in the text, or beside it: then where that is.
  Evidence found_at(Span at, Beside beside, std::string_view seen_as) {
    if (beside.what == Beside::What::text || at.size() > 0) {
      return span(at, seen_as);
    }
    const bool in_code = beside.what == Beside::What::qr_code;
    const std::string_view name = in_code ? "qr_codes" : "file_links";
    constexpr uint8_t kBehindContent = 1;
    return {.fact = fmt::format("message.{}[{}]", name, beside.index),
            .value = fmt::format("{} {}", mask_value(seen_as, Mask::free_text),
                                 member_values(*find_group(Kind::message, name),
                                               beside.index, kBehindContent))};
  }

  // Words out of the text, of which what is hidden there is not told as what it
  // was seen as: the word that makes it a code may stand elsewhere.
  Evidence words_at(Span at, std::string_view seen_as) {
    Evidence e = span(at, seen_as);
    const std::string_view body = bench_.facts().body();
    if (at.size() == 0 || e.text.ends_with("…")) return e;
    if (e.text != body.substr(at.begin, at.size())) e.seen_as = e.text;
    return e;
  }

  // A span of what a reader does not see.
  Evidence hidden_span(Span at, std::string_view seen_as) {
    const Unseen& unseen = bench_.facts().unseen();
    const bool other = at.begin >= unseen.alternative_begin;
    const uint32_t shift = other ? unseen.alternative_begin : 0;
    Evidence e;
    e.fact = other ? "message.alternative_text" : "message.hidden_text";
    e.text = bench_.excerpts().of(unseen.text, at.begin, at.end,
                                  kExcerptCharactersMax);
    e.seen_as = mask_value(seen_as, Mask::free_text);
    e.begin = at.begin - shift;
    e.end = at.end - shift;
    return e;
  }

  // A span of the body as evidence of the field that it lies in. A link of a
  // mail's HTML for which nothing is shown has an empty one.
  Evidence span(Span at, std::string_view seen_as) {
    if (at.size() == 0) {
      return {.fact = "message.html_links",
              .value = mask_value(seen_as, Mask::free_text),
              .quoted = true};
    }
    Facts& facts = bench_.facts();
    const std::string_view body = facts.body();
    const uint32_t text_begin = facts.text_begin();
    Evidence e;
    const bool in_text = at.begin >= text_begin;
    e.fact = in_text ? "message.text" : "message.subject";
    e.text =
        bench_.excerpts().of(body, at.begin, at.end, kExcerptCharactersMax);
    e.seen_as = mask_value(seen_as, Mask::free_text);
    const uint32_t shift = in_text ? text_begin : 0;
    e.begin = at.begin - shift;
    e.end = at.end - shift;
    return e;
  }

  const Rule& rule_;
  const bool failed_;
  Bench& bench_;
  cel::Scratch& scratch_;
  const FactSchema& schema_;
  const ToldApart& told_;
  std::vector<Evidence> found_;
  std::vector<uint32_t> muted_;  // pattern sets the rule hits without
};

}  // namespace

Finding name_hit(const PlannedRule& planned, std::string_view language) {
  const Rule& rule = *planned.rule;
  return {.rule = rule.id,
          .outcome = Outcome::hit,
          .family = rule.family,
          .severity = rule.severity,
          .score = rule.score,
          .title = in_language(rule.title, language),
          .reason = {},
          .remedy = {},
          .evidence = {},
          .controls = rule.controls,
          .shadow = rule.status == RuleStatus::shadow};
}

Finding explain_hit(const RuleHit& hit, Bench& bench, cel::Scratch& scratch,
                    std::string_view language) {
  const Rule& rule = *hit.rule.rule;
  Finding finding = name_hit(hit.rule, language);
  finding.evidence = Explainer(hit, bench, scratch).evidence();
  // One that is not there in the language is an English sentence.
  const auto reason = find_in_language(rule.reason, language);
  if (reason != rule.reason.end()) {
    finding.reason = fill_in(reason->second, bench, scratch, reason->first);
  }
  finding.remedy = in_language(rule.remedy, language);
  return finding;
}

}  // namespace simwarden
