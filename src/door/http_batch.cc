// SPDX-License-Identifier: Apache-2.0
#include "door/http_batch.h"

#include <algorithm>

#include <fmt/format.h>

#include "door/json_members.h"
#include "door/screening.h"
#include "door/unknown_names.h"
#include "intake/json_fault.h"
#include "text/charset.h"

namespace simwarden {
namespace {

// A field is no place for more: clients refuse heads beyond 8 KiB, and an
// escape is four times as long as its byte.
constexpr size_t kToldMax = 10;

bool begins_array(std::string_view body) {
  const size_t at = body.find_first_not_of(" \t\r\n");
  return at != std::string_view::npos && body[at] == '[';
}

// False: there is no memory for an answer of this length.
bool may_hold(const HttpAsk& ask, HttpReply& reply) {
  if (!ask.answer_held || ask.answer_held->grow_to(reply.body.size())) {
    return true;
  }
  ask.note_busy();
  reply = busy();
  return false;
}

class ArrayBatch : public HttpBatch {
 public:
  ArrayBatch(const HttpAsk& ask, std::string_view body)
      : ask_(ask),
        screener_(ask.rules, ask.settings, ask.service),
        members_(split_json_array(body, ask.settings.limits.records)) {}

  bool go_on(HttpReply& reply) override {
    if (is_refused(reply)) return false;
    if (next_ == 0) reply.body = "[";
    const auto sitting = ask_.rules.sit();
    for (size_t taken = 0; next_ < members_.texts.size();) {
      if (taken >= kTurnBytes) return true;
      taken += members_.texts[next_].size();
      take_next(*sitting, reply);
      if (!may_hold(ask_, reply)) return false;
    }
    reply.body += "]\n";
    tell_unknown(unknown_, reply);
    records_.note(ask_.service, ask_.settings, ask_.correlator.kept);
    return false;
  }

 private:
  bool is_refused(HttpReply& reply) const {
    if (members_.too_many) {
      reply = problem(413, fmt::format("the array has more than {} records "
                                       "(limits.records)",
                                       ask_.settings.limits.records));
      return true;
    }
    if (members_.wrong.empty()) return false;
    reply = problem(400,
                    fmt::format("the body is no JSON array: {} (byte {})",
                                members_.wrong, members_.wrong_at + 1),
                    "J102");
    return true;
  }

  void take_next(InForce::Sitting& sitting, HttpReply& reply) {
    const std::string_view json = members_.texts[next_];
    if (next_ > 0) reply.body += ',';
    ++next_;
    reply.ticket = both(reply.ticket,
                        screener_.screen_one_of_many(
                            json, sitting, place_of(ask_, next_, json, reply)));
    add_unknown(screener_.item().unknown_keys);
    records_.add(screener_.item().unknown_keys);
  }

  void add_unknown(const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      if (unknown_.size() > kToldMax) return;
      if (std::find(unknown_.begin(), unknown_.end(), name) == unknown_.end()) {
        unknown_.push_back(name);
      }
    }
  }

  const HttpAsk& ask_;
  RecordScreener screener_;
  JsonMembers members_;
  size_t next_ = 0;
  std::vector<std::string> unknown_;
  UnknownNames records_;  // that have such
};

class LinesBatch : public HttpBatch {
 public:
  explicit LinesBatch(const HttpAsk& ask)
      : ask_(ask),
        screener_(ask.rules, ask.settings, ask.service, ask.correlator,
                  {.caller = ask.caller, .key = ask.key}),
        rest_(ask.body) {}

  bool go_on(HttpReply& reply) override {
    reply.type = "application/x-ndjson";
    const std::string_view piece = rest_.substr(0, kTurnBytes);
    rest_.remove_prefix(piece.size());
    if (!screener_.take(piece, reply.body)) {
      ask_.note_busy();
      reply = busy();
      return false;
    }
    if (!may_hold(ask_, reply)) return false;
    if (!rest_.empty()) return true;
    screener_.finish(reply.body);
    reply.ticket = screener_.take_ticket();
    return false;
  }

 private:
  const HttpAsk& ask_;
  LineScreener screener_;
  std::string_view rest_;
};

}  // namespace

bool is_json_type(std::string_view type) {
  return type.empty() || type == "application/json" ||
         type == "application/x-www-form-urlencoded";
}

std::unique_ptr<HttpBatch> begin_batch(const HttpAsk& ask) {
  const std::string type = media_type(ask.head.field("content-type"));
  if (type == "application/x-ndjson") return std::make_unique<LinesBatch>(ask);
  const std::string_view body = behind_utf8_mark(ask.body);
  if (!is_json_type(type) || !begins_array(body)) return nullptr;
  return std::make_unique<ArrayBatch>(ask, body);
}

RecordPlace place_of(const HttpAsk& ask, uint64_t line, std::string_view bytes,
                     HttpReply& reply) {
  return {.source = ask.settings.name,
          .line = line,
          .bytes = bytes,
          .correlator = ask.correlator,
          .sent_by = SentBy{.caller = ask.caller, .key = ask.key},
          .line_to = &reply.body};
}

void tell_unknown(const std::vector<std::string>& names, HttpReply& reply) {
  if (names.empty()) return;
  std::string told;
  for (size_t i = 0; i < std::min(names.size(), kToldMax); ++i) {
    told += (i > 0 ? ", " : "") + told_unknown(names[i]);
  }
  if (names.size() > kToldMax) told += ", ...";
  reply.fields.emplace_back("X-Simwarden-Unknown", std::move(told));
}

}  // namespace simwarden
