// SPDX-License-Identifier: Apache-2.0
#include "door/screening.h"

namespace simwarden {
namespace {

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

BadRow too_long(uint64_t line) {
  return {.code = "J106",
          .message = "the line is longer than this door takes",
          .position = {.line = line, .byte = 0}};
}

}  // namespace

LineScreener::LineScreener(const InForce& rules,
                           const ListenerSettings& settings,
                           std::string_view correlator)
    : rules_(rules),
      settings_(settings),
      correlator_(correlator),
      intake_{.kind = settings.kind},
      reader_(intake_) {}

void LineScreener::take(std::string_view bytes, std::string& out) {
  while (!bytes.empty()) {
    const size_t end = bytes.find('\n');
    const std::string_view part = bytes.substr(0, end);
    const bool lies_whole = end != std::string_view::npos && !skips_ &&
                            rest_.empty() &&
                            part.size() <= settings_.limits.request_bytes;
    if (lies_whole) {
      end_line(part, out);
      bytes.remove_prefix(end + 1);
      continue;
    }
    if (!skips_) rest_ += part;
    if (rest_.size() > settings_.limits.request_bytes) {
      skips_ = true;
      rest_.clear();
    }
    if (end == std::string_view::npos) return;
    bytes.remove_prefix(end + 1);
    end_rest(out);
  }
}

void LineScreener::finish(std::string& out) {
  if (skips_ || !rest_.empty()) end_rest(out);
}

void LineScreener::end_rest(std::string& out) {
  end_line(rest_, out);
  skips_ = false;
  rest_.clear();
}

void LineScreener::end_line(std::string_view line, std::string& out) {
  ++line_;
  if (skips_) {
    const InForce::Answer answer = rules_.unreadable(
        too_long(line_), {.source = settings_.name, .line = line_});
    out += answer.line;
    ticket_ = both(ticket_, answer.ticket);
    out += '\n';
  } else if (!is_blank(line)) {
    const ScreenedRecord screened = screen_one(reader_, item_, line, rules_,
                                               {.source = settings_.name,
                                                .line = line_,
                                                .bytes = line,
                                                .correlator = correlator_});
    out += screened.answer.line;
    ticket_ = both(ticket_, screened.answer.ticket);
    out += '\n';
  }
}

ScreenedRecord screen_one(JsonReader& reader, Item& item, std::string_view json,
                          const InForce& rules, const RecordPlace& place) {
  reader.read(json, {.line = place.line, .byte = 0}, 0, item);
  ScreenedRecord screened;
  if (item.bad) {
    screened.bad = true;
    screened.answer = rules.unreadable(*item.bad, place);
    screened.why = std::move(*item.bad);
    return screened;
  }
  screened.answer = rules.judge(item.record, place);
  return screened;
}

}  // namespace simwarden
