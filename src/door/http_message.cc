// SPDX-License-Identifier: Apache-2.0
#include "door/http_message.h"

#include <array>

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/status.hpp>
#include <fmt/format.h>

#include "notation/json_object.h"

namespace simwarden {
namespace {

using namespace std::string_view_literals;

void append_field(std::string& out, std::string_view name,
                  std::string_view value) {
  out.append(name).append(": "sv).append(value).append("\r\n"sv);
}

std::string_view reason_of(int status) {
  const auto reason = boost::beast::http::obsolete_reason(
      boost::beast::http::int_to_status(unsigned(status)));
  return {reason.data(), reason.size()};
}

std::string start_of(const HttpReply& reply, const HttpHead& head,
                     std::string_view more_fields, size_t body_bytes) {
  constexpr size_t kHeadBytes = 256;  // nearly all are shorter
  std::string out;
  out.reserve(kHeadBytes + body_bytes);
  out.append("HTTP/1.1 "sv);
  append_whole(out, reply.status);
  out += ' ';
  out += reply.reason.empty() ? reason_of(reply.status) : reply.reason;
  out += "\r\nServer: simwarden\r\n"sv;
  append_field(out, "Content-Type", reply.type);
  for (const auto& [name, value] : reply.fields) {
    append_field(out, name, value);
  }
  out += more_fields;
  if (!head.keep_alive) append_field(out, "Connection", "close");
  // Else such a client waits for the end of the connection.
  if (head.keep_alive && head.is_1_0) {
    append_field(out, "Connection", "keep-alive");
  }
  return out;
}

}  // namespace

std::string_view HttpHead::field(std::string_view name) const {
  for (const auto& [key, value] : fields) {
    if (key.size() == name.size() &&
        boost::beast::iequals(key, {name.data(), name.size()})) {
      return value;
    }
  }
  return {};
}

HttpReply problem(int status, std::string_view detail, std::string_view code) {
  HttpReply reply{.status = status,
                  .type = "application/problem+json",
                  .detail = std::string(detail)};
  JsonObject object(reply.body);
  object.text("title", reason_of(status));
  object.whole("status", uint64_t(status));
  object.text("detail", detail);
  object.text("code", code);
  object.close();
  reply.body += '\n';
  return reply;
}

std::string too_large(size_t bytes_max) {
  return fmt::format(
      "the body is larger than the {} bytes that this door takes "
      "(limits.request)",
      bytes_max);
}

HttpReply busy() {
  HttpReply reply = problem(503, kTooMuch);
  reply.fields.emplace_back("Retry-After", "1");
  return reply;
}

std::string to_bytes(const HttpReply& reply, const HttpHead& head,
                     std::string_view more_fields) {
  std::string out = start_of(reply, head, more_fields, reply.body.size());
  const bool bodiless = reply.status == 304 || reply.status == 204;
  if (!bodiless) {
    out += "Content-Length: "sv;
    append_whole(out, reply.body.size());
    out += "\r\n"sv;
  }
  out += "\r\n"sv;
  if (!bodiless && head.method != "HEAD") out += reply.body;
  return out;
}

std::string chunked_head(const HttpReply& reply, const HttpHead& head,
                         std::string_view more_fields) {
  return start_of(reply, head, more_fields, 0) +
         "Transfer-Encoding: chunked\r\n\r\n";
}

std::string_view as_chunk(std::string& text, std::string_view behind) {
  if (text.size() == kChunkHeadRoom) return behind;
  std::array<char, kChunkHeadRoom> head{};
  const char* const end =
      fmt::format_to(head.data(), "{:x}\r\n", text.size() - kChunkHeadRoom);
  const auto size = size_t(end - head.data());
  const size_t begin = kChunkHeadRoom - size;
  text.replace(begin, size, head.data(), size);
  text.append("\r\n"sv).append(behind);
  return std::string_view(text).substr(begin);
}

}  // namespace simwarden
