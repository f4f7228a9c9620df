// SPDX-License-Identifier: Apache-2.0
#include "door/spam_lines.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "diag/ascii.h"
#include "door/marked_mail.h"

namespace simwarden {
namespace {

constexpr size_t kRuleColumn = 22;
constexpr std::string_view kUnderDescription = "                            ";

std::string_view without_blanks(std::string_view text) {
  return trimmed(text, " \t\r\n");
}

template <typename Number>
std::optional<Number> read_number(std::string_view text) {
  Number number = 0;
  const auto end =
      std::from_chars(text.data(), text.data() + text.size(), number);
  if (end.ec != std::errc() || end.ptr != text.data() + text.size()) {
    return std::nullopt;
  }
  return number;
}

// "CHECK SPAMC/1.5"
bool read_command(std::string_view line, std::string_view protocol,
                  SpamRequest& request) {
  line = without_blanks(line);
  const size_t blank = line.find(' ');
  if (blank == line.npos) return false;
  request.command = line.substr(0, blank);
  const std::string_view version = without_blanks(line.substr(blank));
  const size_t slash = version.find('/');
  if (slash == version.npos || version.substr(0, slash) != protocol) {
    return false;
  }
  const std::string_view number = version.substr(slash + 1);
  if (!number.starts_with("1.")) return false;
  const auto minor = read_number<uint32_t>(number.substr(2));
  request.minor = minor.value_or(0);
  return minor.has_value();
}

bool read_field(std::string_view line, SpamRequest& request) {
  const size_t colon = line.find(':');
  if (colon == line.npos || colon == 0) return false;
  SpamRequest::Field field{std::string(without_blanks(line.substr(0, colon))),
                           std::string(without_blanks(line.substr(colon + 1)))};
  if (same_letters(field.name, "content-length")) {
    request.length = read_number<uint64_t>(field.value);
    if (!request.length) return false;
  }
  request.fields.push_back(std::move(field));
  return true;
}

std::string spam_line(const SpamVerdict& verdict, std::string_view ham) {
  return fmt::format("Spam: {} ; {:.1f} / {:.1f}\r\n",
                     verdict.spam ? "True" : ham, verdict.score,
                     verdict.required);
}

std::string length_line(size_t size) {
  return fmt::format("Content-length: {}\r\n", size);
}

// Of Debian's spamd with report_safe 0: fields, not a report around the mail.
// X-Spam-Level is left out: its stars are points of another scale.
std::vector<MailField> spam_fields(const MailAnswer& answer,
                                   const SpamVerdict& verdict) {
  std::vector<MailField> fields;
  if (verdict.spam) fields.push_back({"X-Spam-Flag", "YES"});
  fields.push_back({"X-Spam-Checker-Version", "simwarden"});
  const std::string names = names_of_acting(answer);
  fields.push_back(
      {"X-Spam-Status",
       fmt::format("{}, score={:.1f} required={:.1f} tests={} autolearn=no",
                   verdict.spam ? "Yes" : "No", verdict.score, verdict.required,
                   names.empty() ? "none" : names)});
  for (MailField& field : fields_of(answer)) fields.push_back(std::move(field));
  return fields;
}

std::string symbols_reply(const SpamRequest& request, const MailAnswer& answer,
                          const SpamVerdict& verdict) {
  const std::string names = names_of_acting(answer);
  if (request.minor < 3) {
    return spam_line(verdict, "False") + "\r\n" + names + "\r\n";
  }
  return length_line(names.size()) + spam_line(verdict, "False") + "\r\n" +
         names;
}

std::string report_reply(const SpamRequest& request, const MailAnswer& answer,
                         const SpamVerdict& verdict) {
  const bool only_spam = request.command == "REPORT_IFSPAM";
  const bool shown = !only_spam || verdict.spam;
  const std::string report = shown ? spamd_report(answer, verdict) : "";
  const std::string length =
      request.minor < 3 ? "" : length_line(report.size());
  return length + spam_line(verdict, only_spam ? "No" : "False") + "\r\n" +
         report;
}

std::string mail_reply(const SpamRequest& request, std::string_view mail,
                       const MailAnswer& answer, const SpamVerdict& verdict) {
  std::string marked =
      with_fields(mail, spam_fields(answer, verdict), {"X-Spam-", kOwnFields});
  if (request.command == "HEADERS") marked.resize(header_end(marked));
  const std::string spam = request.minor < 3 ? "" : spam_line(verdict, "False");
  return length_line(marked.size()) + spam + "\r\n" + marked;
}

}  // namespace

std::string_view SpamRequest::field(std::string_view name) const {
  for (const Field& field : fields) {
    if (same_letters(field.name, name)) return field.value;
  }
  return {};
}

size_t spam_head_end(std::string_view bytes) {
  for (size_t feed = bytes.find('\n'); feed != bytes.npos;
       feed = bytes.find('\n', feed + 1)) {
    const std::string_view rest = bytes.substr(feed + 1);
    if (rest.starts_with("\n")) return feed + 2;
    if (rest.starts_with("\r\n")) return feed + 3;
  }
  return bytes.npos;
}

SpamHead read_spam_head(std::string_view head, std::string_view protocol) {
  SpamRequest request;
  const size_t first = std::min(head.find('\n'), head.size());
  const std::string_view line = head.substr(0, first);
  if (!read_command(line, protocol, request)) {
    return {.wrong = "Bad header line: (Invalid command line)"};
  }
  head.remove_prefix(std::min(first + 1, head.size()));
  while (!head.empty()) {
    const size_t end = std::min(head.find('\n'), head.size());
    const std::string_view text = without_blanks(head.substr(0, end));
    head.remove_prefix(std::min(end + 1, head.size()));
    if (text.empty()) break;
    if (request.fields.size() == kSpamFieldsMax) {
      return {.wrong = "Bad header line: (too many of them)"};
    }
    if (!read_field(text, request)) {
      return {.wrong = "Bad header line: (header not in 'Name: value' format)"};
    }
  }
  return {.request = std::move(request)};
}

SpamVerdict spam_verdict(const MailAnswer& answer, const MailAnswers& answers,
                         const ActionScores& scores) {
  SpamVerdict verdict{.spam = answer.told != Told::no_action,
                      .score = compared_score(answer, scores),
                      .required = marked_from(answers, scores)};
  // Some clients compare, some read the word: both must say the same.
  if (verdict.spam) verdict.score = std::max(verdict.score, verdict.required);
  return verdict;
}

bool is_spamd_check(std::string_view command) {
  constexpr std::string_view kCommands[] = {
      "CHECK", "SYMBOLS", "REPORT", "REPORT_IFSPAM", "PROCESS", "HEADERS"};
  return std::find(std::begin(kCommands), std::end(kCommands), command) !=
         std::end(kCommands);
}

bool is_report(const SpamRequest& request) {
  return request.command.starts_with("REPORT");
}

std::string spamd_reply(const SpamRequest& request, std::string_view mail,
                        const MailAnswer& answer, const SpamVerdict& verdict) {
  std::string out = "SPAMD/1.1 0 EX_OK\r\n";
  if (request.command == "CHECK") {
    return out + spam_line(verdict, "False") + "\r\n";
  }
  if (request.command == "SYMBOLS") {
    return out + symbols_reply(request, answer, verdict);
  }
  if (is_report(request)) {
    return out + report_reply(request, answer, verdict);
  }
  return out + mail_reply(request, mail, answer, verdict);
}

std::string spamd_report(const MailAnswer& answer, const SpamVerdict& verdict) {
  std::string out = fmt::format(
      "Content analysis details:   ({:.1f} points, {:.1f} required)\n\n"
      " pts rule name              description\n"
      "---- ---------------------- "
      "--------------------------------------------------\n",
      verdict.score, verdict.required);
  for (const Symbol& symbol : symbols_of(answer)) {
    out += fmt::format("{:4.1f} {:<{}} {}\n", symbol.score, symbol.name,
                       kRuleColumn, symbol.title);
    for (const std::string& option : symbol.options) {
      out += fmt::format("{}[{}]\n", kUnderDescription, option);
    }
  }
  return out;
}

std::string rspamc_reply(const MailAnswer& answer, const ActionScores& scores) {
  std::string out = fmt::format(
      "RSPAMD/1.3 0 EX_OK\r\n"
      "Metric: default; {}; {:.2f} / {:.2f} / 0.0\r\nAction: {}\r\n",
      answer.told >= Told::add_header ? "True" : "False",
      compared_score(answer, scores), scores.refuse,
      name_of(without_quarantine(answer.told)));
  if (answer.told == Told::rewrite_subject) {
    out += fmt::format("Subject: {}\r\n", rewritten_subject(answer));
  }
  for (const Symbol& symbol : symbols_of(answer)) {
    out += fmt::format("Symbol: {}({:.2f})\r\n", symbol.name, symbol.score);
  }
  out += fmt::format("Message-ID: {}\r\n", one_line(told_message_id(answer)));
  return out;
}

std::string spam_trouble(std::string_view protocol, int code,
                         std::string_view why) {
  return fmt::format("{} {} {}\r\n", protocol, code, why);
}

}  // namespace simwarden
