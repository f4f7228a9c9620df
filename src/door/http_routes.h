// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "door/http_message.h"
#include "door/service.h"
#include "door/settings.h"
#include "door/wire.h"

// The paths of the JSON API (docs/serve.md): one row each.
namespace simwarden {

// What a request is answered from.
struct HttpAsk {
  const HttpHead& head;
  std::string_view body;
  const ListenerSettings& settings;
  Service& service;
  const InForce& rules;  // in force when the request came
  Correlator correlator = {};
  std::string_view caller = {};       // whose token it came with
  std::string_view key = {};          // the caller's, of this request
  HeldMemory* answer_held = nullptr;  // until the answer is sent
  Wire* wire = nullptr;               // that it came by

  // That there is no memory for it.
  void note_busy() const {
    service.note(
        settings, DoorEvent::busy,
        {.correlator = correlator.kept, .client = wire ? wire->client() : ""});
  }
};

// A body of many records, which is judged a turn at a time, so that the other
// conversations of its thread have theirs in between.
class HttpBatch {
 public:
  virtual ~HttpBatch() = default;
  // Takes a turn. False: it was the last one, and `reply` is whole.
  virtual bool go_on(HttpReply& reply) = 0;
};

struct HttpRoute {
  std::string_view method;
  std::string_view path;  // with a "*" at its end: all that begin so
  TokenRole role;         // that a bearer token must have; none: open to all
  std::string_view doc;   // one line for the manual
  // Null: http.cc answers, since the answer takes its time.
  HttpReply (*reply)(const HttpAsk& ask);
  bool streams = false;  // lines of JSON are answered while they come
  // The answer when what `reply` stands for could not be kept; null: 503.
  HttpReply (*not_kept)(const HttpAsk& ask) = nullptr;
  // Instead of `reply`, where the answer waits for something.
  Task<HttpReply> (*answer)(const HttpAsk& ask) = nullptr;
  // Instead of `reply`, where it gives one.
  std::unique_ptr<HttpBatch> (*batch)(const HttpAsk& ask) = nullptr;
};

// A protocol that is spoken over HTTP.
struct HttpDialect {
  std::span<const HttpRoute> routes;  // method "*": whichever comes
  // A problem (RFC 9457) in the protocol's own words; null: as it is.
  HttpReply (*restate)(const HttpReply& problem) = nullptr;
  bool password_is_token = false;  // in a field Password
  bool utf8 = false;               // see refuse_charset()
};

// Of the door `http`.
std::span<const HttpRoute> http_routes();

// Holds a conversation in HTTP/1.1 (http.cc): every door that speaks it has a
// table of its own.
Task<void> converse_routes(Wire& wire, const ListenerSettings& settings,
                           Service& service, std::span<const HttpRoute> routes);
Task<void> converse_dialect(Wire& wire, const ListenerSettings& settings,
                            Service& service, const HttpDialect& dialect);

// What came of a reload.
HttpReply reload_reply(const Reloaded& done);

// The route, or why there is none: 404, or 405 with the methods that there
// are.
struct FoundRoute {
  const HttpRoute* route = nullptr;
  HttpReply refusal;
};
FoundRoute find_route(const HttpHead& head, std::span<const HttpRoute> routes);

// Whose token it is; 401 or 403 when the door asks for tokens and this one will
// not do.
struct Admission {
  Caller caller = {};
  std::optional<HttpReply> refusal = {};
};
Admission admit(const HttpHead& head, const HttpRoute& route,
                const ListenerSettings& settings, const Service& service,
                bool password_is_token = false);

// 415 when Content-Type declares another charset than UTF-8 or US-ASCII: who
// declares it means other letters by the bytes, though all be ASCII (UTF-7).
std::optional<HttpReply> refuse_charset(const HttpHead& head);

// Of a Content-Type, without its parameters, in small letters.
std::string media_type(std::string_view field);

}  // namespace simwarden
