// SPDX-License-Identifier: Apache-2.0
#include "door/screening.h"

#include <exception>

#include <fmt/format.h>

#include "text/charset.h"

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

std::optional<BadRow> refuse_kind(Kind kind, KindChoice taken) {
  const bool is_taken =
      taken == KindChoice::automatic ||
      (taken == KindChoice::message) == (kind == Kind::message);
  if (is_taken) return std::nullopt;
  return BadRow{.code = "J112",
                .message = fmt::format(
                    "this door takes no {}s: its kind says so", name_of(kind)),
                .position = {}};
}

RecordScreener::RecordScreener(const InForce& rules,
                               const ListenerSettings& settings,
                               Service& service)
    : rules_(rules),
      settings_(settings),
      service_(service),
      intake_{.kind = settings.kind},
      reader_(intake_) {}

Ticket RecordScreener::screen(std::string_view json, InForce::Sitting& sitting,
                              const RecordPlace& place) {
  reader_.read(json, {.line = place.line, .byte = 0}, 0, item_);
  if (!item_.bad) item_.bad = refuse_kind(item_.record.kind(), settings_.kind);
  if (item_.bad) {
    item_.bad->position.line = place.line;  // of a stream of records its number
    return rules_.unreadable(*item_.bad, place);
  }
  return sitting.judge(item_.record, place).ticket;
}

Ticket RecordScreener::screen_one_of_many(std::string_view json,
                                          InForce::Sitting& sitting,
                                          const RecordPlace& place) {
  const size_t begin = place.line_to->size();
  try {
    return screen(json, sitting, place);
  } catch (const std::exception& e) {
    place.line_to->resize(begin);
    service_.note(settings_, DoorEvent::failed,
                  {.what = e.what(), .correlator = place.correlator.kept});
    return rules_.unreadable(
        {.code = "R101",
         .message = fmt::format("it could not be judged: {}", e.what()),
         .position = {.line = place.line, .byte = 0}},
        place);
  }
}

LineScreener::LineScreener(const InForce& rules,
                           const ListenerSettings& settings, Service& service,
                           const Correlator& correlator, SentBy sent_by)
    : rules_(rules),
      settings_(settings),
      service_(service),
      correlator_(correlator),
      sent_by_(sent_by),
      records_(rules, settings, service),
      held_(service.memory(settings)) {}

bool LineScreener::take(std::string_view bytes, std::string& out) {
  const auto sitting = rules_.sit();
  while (!bytes.empty()) {
    const size_t end = bytes.find('\n');
    const std::string_view part = bytes.substr(0, end);
    const bool lies_whole = end != std::string_view::npos && !skips_ &&
                            rest_.empty() &&
                            part.size() <= settings_.limits.request_bytes;
    if (lies_whole) {
      end_line(part, *sitting, out);
      bytes.remove_prefix(end + 1);
      continue;
    }
    if (!skips_) {
      if (!held_.grow_to(rest_.size() + part.size())) return false;
      rest_ += part;
    }
    if (rest_.size() > settings_.limits.request_bytes) {
      skips_ = true;
      rest_.clear();
    }
    if (end == std::string_view::npos) return true;
    bytes.remove_prefix(end + 1);
    end_rest(*sitting, out);
  }
  return true;
}

void LineScreener::finish(std::string& out) {
  if (skips_ || !rest_.empty()) end_rest(*rules_.sit(), out);
}

void LineScreener::end_rest(InForce::Sitting& sitting, std::string& out) {
  end_line(rest_, sitting, out);
  skips_ = false;
  rest_ = std::string();
  held_.release();
}

void LineScreener::end_line(std::string_view line, InForce::Sitting& sitting,
                            std::string& out) {
  if (++line_ == 1) line = behind_utf8_mark(line);
  RecordPlace place{.source = settings_.name, .line = line_, .line_to = &out};
  if (skips_) {
    ticket_ = both(ticket_, rules_.unreadable(too_long(line_), place));
  } else if (!is_blank(line)) {
    place.bytes = line;
    place.correlator = correlator_;
    place.sent_by = sent_by_;
    ticket_ = both(ticket_, records_.screen_one_of_many(line, sitting, place));
    unknown_.add(records_.item().unknown_keys);
  } else {
    return;
  }
  out += '\n';
}

}  // namespace simwarden
