// SPDX-License-Identifier: Apache-2.0
#include "door/mail_judging.h"

#include <algorithm>

#include <fmt/format.h>

#include "diag/ascii.h"
#include "record/closed_files.h"

namespace simwarden {
namespace {

using std::chrono::microseconds;

std::string_view text_of(const Record& record, FieldId id) {
  const Slot& slot = record.slot(id);
  return slot.state == SlotState::given ? record.text(slot) : "";
}

double begin_of(Action action, const ActionScores& scores) {
  switch (action) {
    case Action::pass: return 0;
    case Action::review: return scores.review;
    case Action::hold: return scores.hold;
    case Action::refuse: return scores.refuse;
  }
  return 0;
}

std::string option_of(const Evidence& evidence) {
  switch (evidence.state) {
    case Evidence::State::not_recorded: return evidence.fact + " not recorded";
    case Evidence::State::null: return evidence.fact + " null";
    case Evidence::State::invalid:
    case Evidence::State::value: break;
  }
  const std::string& shown =
      evidence.text.empty() ? evidence.value : evidence.text;
  return one_line(fmt::format("{}: {}", evidence.fact, shown));
}

Symbol symbol_of(const Finding& finding) {
  Symbol symbol{.name = peer_name(finding.rule),
                .family = finding.family,
                .title = finding.title,
                .score = finding.acts() ? finding.score : 0};
  if (finding.shadow) symbol.title += " (in shadow)";
  if (finding.waiver) symbol.title += " (waived)";
  for (const Evidence& evidence : finding.evidence) {
    if (symbol.options.size() == kSymbolOptionsMax) break;
    std::string option = option_of(evidence);
    if (std::find(symbol.options.begin(), symbol.options.end(), option) ==
        symbol.options.end()) {
      symbol.options.push_back(std::move(option));
    }
  }
  return symbol;
}

// By this machine's clock: the times of a header are its sender's.
Timestamp this_moment() {
  using namespace std::chrono;
  const auto since = system_clock::now().time_since_epoch();
  return {.seconds = floor<seconds>(since).count()};
}

// A mail can be for review without a rule that hit.
Symbol symbol_of_invalid(const Verdict& verdict) {
  return {.name = "NOT_TAKEN_AS_IT_IS",
          .family = "invalid",
          .title = "What of it is not valid or was not looked at",
          .options = {invalid_facts(verdict)}};
}

MailAnswer answer_to_bad(const BadRow& bad, const RecordPlace& place,
                         const ListenerSettings& settings,
                         const InForce& rules) {
  MailAnswer answer = answer_on_error(settings);
  answer.bad = bad;
  answer.ticket = rules.unreadable(bad, place);
  return answer;
}

MailAnswer answer_to(const Record& record, RecordPlace place,
                     const ListenerSettings& settings, const InForce& rules,
                     std::chrono::steady_clock::time_point begin) {
  static const FieldId kSubject = *find_field(Kind::message, "subject");
  static const FieldId kText = *find_field(Kind::message, "text");
  place.self_test = is_self_test(text_of(record, kText));
  auto judged = rules.judge(record, place);
  MailAnswer answer{.verdict = std::move(judged.verdict),
                    .ticket = judged.ticket,
                    .stored_as = std::move(judged.stored_as),
                    .leads = std::move(judged.leads),
                    .subject = std::string(text_of(record, kSubject)),
                    .closed = count_closed(record),
                    .self_test = place.self_test};
  answer.told = settings.answers.of(answer.verdict.action);
  if (answer.self_test) {
    answer.told = std::max(answer.told, settings.answers.of(Action::refuse));
  }
  answer.took = std::chrono::duration_cast<microseconds>(
      std::chrono::steady_clock::now() - begin);
  return answer;
}

// Of letters, digits and a few signs, as servers make them.
bool is_queue_name(std::string_view text) {
  constexpr size_t kNameBytesMax = 64;
  return !text.empty() && text.size() <= kNameBytesMax &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return is_ascii_word(c) || c == '-' || c == '.';
         });
}

}  // namespace

std::string_view queue_correlator(std::string_view queue_id,
                                  std::string_view otherwise) {
  return is_queue_name(queue_id) ? queue_id : otherwise;
}

MailAnswer judge_mail(std::string_view bytes, const Envelope& envelope,
                      const ListenerSettings& settings, const InForce& rules,
                      MailWanted wanted) {
  if (bytes.empty()) return {.skipped = true};
  const auto begin = std::chrono::steady_clock::now();
  const RecordPlace place{
      .source = settings.name,
      .bytes = bytes,
      .correlator = {queue_correlator(envelope.queue_id, envelope.correlator)},
      .leads = wanted.leads,
      .reasons = wanted.reasons};
  thread_local Item item;  // no room is made anew for each mail
  read_mail_record(bytes, envelope, settings, this_moment(), item);
  if (item.bad) return answer_to_bad(*item.bad, place, settings, rules);
  return answer_to(item.record, place, settings, rules, begin);
}

std::string_view told_message_id(const MailAnswer& answer) {
  const std::string_view id = answer.verdict.id;
  return id.empty() || id == kNamelessMail ? "undef" : id;
}

MailAnswer answer_on_error(const ListenerSettings& settings) {
  MailAnswer answer{.skipped = true};
  if (settings.on_error == OnError::tempfail) answer.told = Told::soft_reject;
  if (settings.on_error == OnError::hold) {
    answer.told = settings.answers.hold;
    answer.action_least = Action::hold;
  }
  return answer;
}

MailAnswer answer_not_kept(MailAnswer judged,
                           const ListenerSettings& settings) {
  MailAnswer answer = answer_on_error(settings);
  if (settings.on_error != OnError::hold || judged.skipped) return answer;
  judged.told = answer.told;
  judged.action_least = std::max(judged.action_least, answer.action_least);
  judged.stored_as.clear();
  judged.ticket = {};
  return judged;
}

Action told_action(const MailAnswer& answer) {
  const Action tried = answer.self_test ? Action::refuse : Action::pass;
  return std::max({answer.verdict.action, answer.action_least, tried});
}

bool is_self_test(std::string_view text) {
  return text.find(kGtube) != text.npos || text.find(kSmsSelfTest) != text.npos;
}

std::string peer_name(std::string_view rule) {
  std::string name(rule);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

std::string one_line(std::string_view text) {
  std::string line(text);
  std::replace_if(
      line.begin(), line.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; },
      ' ');
  return line;
}

std::vector<Symbol> symbols_of(const MailAnswer& answer) {
  std::vector<Symbol> symbols;
  if (answer.self_test) {
    symbols.push_back(
        {.name = "GTUBE", .family = "self-test", .title = "A self-test"});
  }
  for (const Finding& finding : answer.verdict.findings) {
    symbols.push_back(symbol_of(finding));
  }
  if (!answer.verdict.invalid.empty()) {
    symbols.push_back(symbol_of_invalid(answer.verdict));
  }
  return symbols;
}

std::string names_of_acting(const MailAnswer& answer) {
  std::string names = answer.self_test ? "GTUBE" : "";
  size_t count = 0;
  for (const Finding& finding : answer.verdict.findings) {
    if (!finding.acts()) continue;
    if (!names.empty()) names += ',';
    if (++count > kNamesMax) return names + "...";
    names += peer_name(finding.rule);
  }
  return names;
}

double compared_score(const MailAnswer& answer, const ActionScores& scores) {
  return std::max(answer.verdict.score, begin_of(told_action(answer), scores));
}

double marked_from(const MailAnswers& answers, const ActionScores& scores) {
  for (const Action action : {Action::review, Action::hold}) {
    if (answers.of(action) != Told::no_action) return begin_of(action, scores);
  }
  return scores.refuse;
}

std::vector<MailField> fields_of(const MailAnswer& answer) {
  if (answer.told == Told::no_action) return {};
  std::vector<MailField> fields;
  fields.push_back(
      {"X-Simwarden-Action", std::string(name_of(told_action(answer)))});
  if (answer.skipped) return fields;
  fields.push_back(
      {"X-Simwarden-Score", fmt::format("{:.2f}", answer.verdict.score)});
  if (auto names = names_of_acting(answer); !names.empty()) {
    fields.push_back({"X-Simwarden-Rules", std::move(names)});
  }
  // A mail can be for review without a rule that hit.
  if (auto names = invalid_facts(answer.verdict); !names.empty()) {
    fields.push_back({"X-Simwarden-Invalid", std::move(names)});
  }
  if (!answer.closed.empty()) {
    fields.push_back({"X-Simwarden-Closed", answer.closed});
  }
  if (!answer.stored_as.empty()) {
    fields.push_back({"X-Simwarden-Verdict", answer.stored_as});
  }
  return fields;
}

std::string_view smtp_text(Told told) {
  if (told == Told::reject) return "Message refused by policy";
  if (told == Told::soft_reject) return "Try again later";
  return {};
}

std::string rewritten_subject(const MailAnswer& answer) {
  return std::string(kSubjectMark) + one_line(answer.subject);
}

}  // namespace simwarden
