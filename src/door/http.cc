// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <memory>
#include <random>
#include <utility>  // Boost 1.74 forgets it

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include "diag/ascii.h"
#include "diag/hex.h"
#include "door/doors.h"
#include "door/http_reader.h"
#include "door/http_routes.h"
#include "door/last_words.h"
#include "door/screening.h"
#include "door/settling.h"
#include "door/unpacking.h"
#include "privacy/masks.h"

// HTTP/1.1 over one wire: a request, its answer, and the next one.
namespace simwarden {
namespace {

namespace net = boost::asio;

// CAMARA's x-correlator, and "=" for the trace ids of load balancers
// ("Root=1-5759e988"): nothing that a header, a log or a page would have to
// quote.
constexpr size_t kRequestIdMax = 256;

bool is_request_id(std::string_view text) {
  constexpr std::string_view kOthers = "-_:;./<>{}=";
  return !text.empty() && text.size() <= kRequestIdMax &&
         std::all_of(text.begin(), text.end(), [&](char c) {
           return is_ascii_letter(c) || is_digit(c) ||
                  kOthers.find(c) != kOthers.npos;
         });
}

// Its groups of digits are by chance.
bool is_uuid(std::string_view text) {
  constexpr std::string_view kShape = "00000000-0000-0000-0000-000000000000";
  return std::equal(text.begin(), text.end(), kShape.begin(), kShape.end(),
                    [](char c, char shape) {
                      return shape == '-' ? c == '-' : is_hex_digit(c);
                    });
}

std::array<char, 16> fresh_id() {
  thread_local std::mt19937_64 dice{std::random_device{}()};
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::array<char, 16> id;
  uint64_t rest = dice();
  for (size_t i = id.size(); i-- > 0; rest >>= 4) id[i] = kDigits[rest & 15];
  return id;
}

// What a request is that is answered before its body was read.
DoorEvent refusal_event(int status) {
  switch (status) {
    case 404:
    case 405: return DoorEvent::not_found;
    case 415: return DoorEvent::malformed;
    default: return DoorEvent::refused;
  }
}

// The caller's names for a request, or one of ours; they go back with the
// answer (x-correlator is CAMARA's) and into the store.
class RequestNames {
 public:
  RequestNames() { take({}); }
  void take(const HttpHead& head) {
    fields_.clear();
    const std::string_view correlator = head.field("x-correlator");
    stored_.clear();
    told_.clear();
    if (is_request_id(correlator)) add("x-correlator: ", correlator);
    const std::string_view given = head.field("x-request-id");
    take_key(head.field("idempotency-key"), given);
    if (is_request_id(given)) return add("X-Request-Id: ", given);
    const auto fresh = fresh_id();
    const std::string_view ours(fresh.data(), fresh.size());
    if (told_.empty()) told_ = stored_ = ours;  // no number of anybody
    add("X-Request-Id: ", ours);
  }
  // x-correlator, if there is one.
  Correlator correlator() const { return {stored_, told_}; }
  // Who sends this very request again says it again; "": nothing does so. Not
  // x-correlator, which is of all requests of a flow.
  std::string_view key() const { return key_; }
  // Lines of the answer.
  std::string_view fields() const { return fields_; }

 private:
  // What is remembered has a bound; it goes nowhere else, so may be any bytes.
  void take_key(std::string_view own, std::string_view given) {
    key_.clear();
    if (own.empty() && is_request_id(given)) key_ = given;
    if (own.size() <= kRequestIdMax && !own.empty()) key_ = own;
  }
  void add(std::string_view name, std::string_view value) {
    if (told_.empty()) {
      told_ = value;
      stored_ = is_uuid(value) ? std::string(value) : mask_text(value);
    }
    fields_.append(name).append(value).append("\r\n");
  }

  std::string fields_;
  std::string stored_;
  std::string told_;
  std::string key_;
};

class HttpConversation {
 public:
  HttpConversation(Wire& wire, const ListenerSettings& settings,
                   Service& service, const HttpDialect& dialect)
      : wire_(wire),
        settings_(settings),
        service_(service),
        dialect_(dialect),
        reader_(wire, settings, service.memory(settings)),
        unpacked_held_(service.memory(settings)),
        answer_held_(service.memory(settings)) {}

  Task<void> run() {
    while (true) {
      unpacked_held_.release();
      answer_held_.release();
      is_named_ = false;
      HttpHead* const head = co_await reader_.head();
      if (!head) {
        co_await say_why_stopped();
        co_return;
      }
      const bool goes_on = co_await answer(*head);
      if (!goes_on || !head->keep_alive) co_return;
    }
  }

 private:
  // False when nothing more can be read from this wire. One reply for all that
  // may be said: each would have its place in what is allocated for the task.
  Task<bool> answer(HttpHead& head) {
    names_.take(head);
    is_named_ = true;
    Caller caller;
    HttpReply reply;
    const HttpRoute* const route = admit(head, caller, reply);
    if (!route) co_return co_await refuse(head, reply);
    const auto rules = service_.in_force(settings_);
    if (route->streams && !head.is_1_0 &&
        media_type(head.field("content-type")) == "application/x-ndjson" &&
        head.field("content-encoding").empty()) {
      co_return co_await stream(head, *rules, caller);
    }
    std::string body;
    const size_t most = settings_.limits.request_bytes;
    if (!reader_.takes_body_now(body, most) &&
        !co_await reader_.whole_body(body, most)) {
      co_await say_why_stopped();
      co_return false;
    }
    if (!unpack(head, body, reply)) co_return co_await send(head, reply);
    if (!route->reply && !route->answer) {
      reply = reload_reply(co_await reloaded());
      co_return co_await send(head, reply);
    }
    const HttpAsk ask{head,        body,         settings_,
                      service_,    *rules,       names_.correlator(),
                      caller.name, names_.key(), &answer_held_,
                      &wire_};
    if (route->answer) {
      reply = co_await route->answer(ask);
      co_return co_await send(head, reply);
    }
    std::unique_ptr<HttpBatch> batch =
        route->batch ? route->batch(ask) : nullptr;
    if (!batch) reply = reply_of(*route, ask);
    while (batch && go_on(*batch, reply)) co_await give_way();
    count_refusal(reply);
    if (reply.ticket.number > 0 &&
        !co_await may_be_told(service_, settings_, reply.ticket)) {
      reply = told_unkept(reply, *route, ask);
    }
    // What needs no waiting needs no task.
    const std::string bytes = bytes_of(head, reply);
    const size_t sent = wire_.write_now(bytes);
    if (sent == bytes.size()) co_return true;
    co_return co_await write(std::string_view(bytes).substr(sent));
  }

  // Null: `refusal` says why.
  const HttpRoute* admit(const HttpHead& head, Caller& caller,
                         HttpReply& refusal) {
    FoundRoute found = find_route(head, dialect_.routes);
    if (!found.route) {
      refusal = std::move(found.refusal);
      return nullptr;
    }
    if (dialect_.utf8) {
      if (auto charset = refuse_charset(head)) {
        refusal = std::move(*charset);
        return nullptr;
      }
    }
    Admission admission = simwarden::admit(
        head, *found.route, settings_, service_, dialect_.password_is_token);
    caller = std::move(admission.caller);
    if (!admission.refusal) return found.route;
    refusal = *std::move(admission.refusal);
    return nullptr;
  }

  // False: `wrong` says why not.
  bool unpack(const HttpHead& head, std::string& body, HttpReply& wrong) {
    auto refusal = unpack_body(head.field("content-encoding"), body,
                               settings_.limits.request_bytes, unpacked_held_);
    if (!refusal) return true;
    wrong = std::move(*refusal);
    if (wrong.status == 503) note(DoorEvent::busy);
    count_refusal(wrong);
    return false;
  }

  void note(DoorEvent event, std::string_view what = {}) {
    service_.note(settings_, event,
                  {.what = what,
                   .correlator = is_named_ ? names_.correlator().kept : "",
                   .client = wire_.client()});
  }

  // Of a request that was read and came to no verdict.
  void count_refusal(const HttpReply& reply) {
    if (reply.counted) return;
    switch (reply.status) {
      case 400:
      case 415:
      case 422: note(DoorEvent::malformed); break;
      case 413: note(DoorEvent::too_large); break;
      default: break;
    }
  }

  // What is thrown there (no memory left, or our own mistake) is an answer,
  // too.
  HttpReply reply_of(const HttpRoute& route, const HttpAsk& ask) {
    try {
      return route.reply(ask);
    } catch (const std::exception& e) {
      const HttpReply why = failed(e);
      return route.not_kept ? route.not_kept(ask) : why;
    }
  }

  bool go_on(HttpBatch& batch, HttpReply& reply) {
    try {
      return batch.go_on(reply);
    } catch (const std::exception& e) {
      reply = failed(e);
      return false;
    }
  }

  HttpReply failed(const std::exception& e) {
    note(DoorEvent::failed, e.what());
    return problem(500, "it failed here, and the log says why");
  }

  // Behind all that waits for this thread.
  static Task<void> give_way() {
    co_await net::post(co_await net::this_coro::executor, net::use_awaitable);
  }

  static HttpReply told_unkept(const HttpReply& reply, const HttpRoute& route,
                               const HttpAsk& ask) {
    if (reply.unless_kept) return reply.unless_kept();
    return route.not_kept ? route.not_kept(ask) : not_kept();
  }

  static HttpReply not_kept() {
    HttpReply reply =
        problem(503, "the verdict could not be stored; try again soon");
    reply.fields.emplace_back("Retry-After", "1");
    return reply;
  }

  // Waits without holding up the thread.
  Task<Reloaded> reloaded() {
    return net::async_initiate<decltype(net::use_awaitable), void(Reloaded)>(
        [this](auto handler) {
          auto kept = std::make_shared<decltype(handler)>(std::move(handler));
          const auto executor = net::get_associated_executor(*kept);
          service_.reload([kept, executor](const Reloaded& done) {
            net::post(executor, [kept, done] { (*kept)(done); });
          });
        },
        net::use_awaitable);
  }

  // The body of a refused request is not worth keeping: the wire is closed
  // unless there is none.
  Task<bool> refuse(HttpHead& head, HttpReply& reply) {
    note(refusal_event(reply.status));
    if (!reader_.has_body()) co_return co_await send(head, reply);
    head.keep_alive = false;
    co_await send_last(head, reply);
    co_return false;
  }

  Task<bool> send(HttpHead& head, HttpReply& reply) {
    co_return co_await write(bytes_of(head, reply));
  }
  // Where more could come than was read.
  Task<void> send_last(HttpHead& head, HttpReply& reply) {
    const std::string bytes = bytes_of(head, reply);
    co_await say_last(wire_, bytes, settings_.timeouts.write);
  }

  std::string bytes_of(HttpHead& head, HttpReply& reply) const {
    constexpr std::string_view kProblem = "application/problem+json";
    const bool is_problem = reply.type == kProblem;
    if (is_problem && dialect_.restate) reply = dialect_.restate(reply);
    head.keep_alive = head.keep_alive && !wire_.is_closing();
    std::string bytes = to_bytes(reply, head, names_.fields());
    reply.body = std::string();  // it would be there twice while it is sent
    return bytes;
  }

  // Verdicts go out while records still come in. Who does not read them is
  // not read from: that is the back-pressure.
  Task<bool> stream(const HttpHead& head, const InForce& rules,
                    const Caller& caller) {
    const HttpReply reply{.type = "application/x-ndjson"};
    co_await reader_.ask_for_body();
    if (!co_await write(chunked_head(reply, head, names_.fields()))) {
      co_return false;
    }
    LineScreener screener(rules, settings_, service_, names_.correlator(),
                          {.caller = caller.name, .key = names_.key()});
    std::string arrived;
    std::string out(kChunkHeadRoom, ' ');
    while (co_await reader_.some_body(arrived)) {
      // The answer to a short message is hardly longer.
      constexpr size_t kAnswerOfMessage = 4;
      out.reserve(out.size() + kAnswerOfMessage * arrived.size());
      const bool taken = screener.take(arrived, out);
      if (!taken || !answer_held_.grow_to(out.size())) {
        note(DoorEvent::busy);
        co_return false;  // as when a line cannot be kept
      }
      arrived.clear();
      if (!reader_.has_body()) break;  // the end goes out with its lines
      if (!co_await tell(screener, out)) co_return false;
    }
    if (reader_.stopped()) {
      note_stop(*reader_.stopped());
      co_return false;  // the answer stays unfinished
    }
    screener.finish(out);
    co_return co_await tell(screener, out, kLastChunk);
  }

  // Lines of which one cannot be kept end the answer unfinished: the client
  // knows by the missing last chunk which records it has to send again. `out`
  // has room for the head of a chunk in front.
  Task<bool> tell(LineScreener& screener, std::string& out,
                  std::string_view behind = {}) {
    if (!co_await may_be_told(service_, settings_, screener.take_ticket())) {
      co_return false;
    }
    const std::string_view bytes = as_chunk(out, behind);
    bool written = true;
    if (!bytes.empty()) written = co_await write(bytes);
    out = std::string(kChunkHeadRoom, ' ');
    answer_held_.release();
    co_return written;
  }

  Task<bool> write(std::string_view bytes) {
    const WireState state =
        co_await wire_.write(bytes, settings_.timeouts.write);
    co_return state == WireState::open;
  }

  void note_stop(const HttpStop& stop) {
    if (stop.broken) note(DoorEvent::broken);
    switch (stop.status) {
      case 0: break;
      case 408: note(DoorEvent::too_slow); break;
      case 413:
      case 431: note(DoorEvent::too_large); break;
      case 503: note(DoorEvent::busy); break;
      default: note(DoorEvent::malformed); break;
    }
  }

  Task<void> say_why_stopped() {
    const auto& stopped = reader_.stopped();
    if (!stopped) co_return;
    note_stop(*stopped);
    if (stopped->status == 0) co_return;
    HttpHead none{.keep_alive = false};
    HttpReply reply = problem(stopped->status, stopped->why);
    if (stopped->status == 503) reply.fields.emplace_back("Retry-After", "1");
    co_await send_last(none, reply);
  }

  Wire& wire_;
  const ListenerSettings& settings_;
  Service& service_;
  const HttpDialect& dialect_;
  HttpReader reader_;
  HeldMemory unpacked_held_;  // for a body that came packed
  HeldMemory answer_held_;    // for what is being told
  RequestNames names_;
  bool is_named_ = false;  // the names are those of the request at hand
};

}  // namespace

Task<void> converse_routes(Wire& wire, const ListenerSettings& settings,
                           Service& service,
                           std::span<const HttpRoute> routes) {
  co_await converse_dialect(wire, settings, service, {.routes = routes});
}

Task<void> converse_dialect(Wire& wire, const ListenerSettings& settings,
                            Service& service, const HttpDialect& dialect) {
  HttpConversation conversation(wire, settings, service, dialect);
  co_await conversation.run();
}

Task<void> converse_http(Wire& wire, const ListenerSettings& settings,
                         Service& service) {
  co_await converse_dialect(wire, settings, service,
                            {.routes = http_routes(), .utf8 = true});
}

Task<void> refuse_http(Wire& wire, const ListenerSettings& settings, Service&) {
  HttpReply reply = problem(503, "too many connections; try again soon");
  reply.fields.emplace_back("Retry-After", "1");
  const HttpHead none{.keep_alive = false};
  const std::string bytes = to_bytes(reply, none);
  co_await say_last(wire, bytes, settings.timeouts.write);
}

}  // namespace simwarden
