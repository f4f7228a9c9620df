// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "door/ticket.h"

// HTTP/1.1 requests and answers as plain values, so that what a path means
// can be told apart from how bytes arrive.
namespace simwarden {

struct HttpHead {
  std::string method;  // "POST"
  std::string path;    // "/v1/screen", without the query
  std::string query;   // behind the "?"
  std::vector<std::pair<std::string, std::string>> fields;  // as they came
  bool keep_alive = true;
  bool is_1_0 = false;  // HTTP/1.0 knows no chunks

  // The first field of that name, in any case; empty when there is none.
  std::string_view field(std::string_view name) const;
};

struct HttpReply {
  int status = 200;
  std::string_view type = "application/json";  // of the program's own words
  std::vector<std::pair<std::string, std::string>> fields;
  std::string body;
  Ticket ticket = {};       // told only once what it stands for is kept
  std::string reason = {};  // of the status line; empty: the standard's words
  std::string detail = {};  // of a problem
  bool counted = false;     // the refusal that it is was counted already
  // What is told in its place when that could not be kept; null: what the
  // route says.
  std::function<HttpReply()> unless_kept = {};
};

// RFC 9457. `title` is the status' own words when empty.
HttpReply problem(int status, std::string_view detail,
                  std::string_view code = {});
// Of a body that is larger than limits.request: how much that is.
std::string too_large(size_t bytes_max);
// What is answered when MemoryBudget has no more: 503, come again.
inline constexpr const char* kTooMuch =
    "too much is in flight at this moment; try again soon";
HttpReply busy();

// Status line, fields and body (not for HEAD), ready to be sent. `more_fields`:
// lines behind the reply's own.
std::string to_bytes(const HttpReply& reply, const HttpHead& head,
                     std::string_view more_fields = {});
// Status line and fields of an answer that is sent in chunks.
std::string chunked_head(const HttpReply& reply, const HttpHead& head,
                         std::string_view more_fields = {});
// In front of the text of a chunk: its size in hex, a line end.
inline constexpr size_t kChunkHeadRoom = 16 + 2;
// Ends the answer.
inline constexpr std::string_view kLastChunk = "0\r\n\r\n";
// A chunk, and what goes out `behind` it, made where its text stands behind so
// many bytes of room; the result is a part of `text`. No text makes no chunk.
std::string_view as_chunk(std::string& text, std::string_view behind = {});

}  // namespace simwarden
