// SPDX-License-Identifier: Apache-2.0
#include "door/http_message.h"

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/status.hpp>
#include <fmt/format.h>

#include "notation/json_object.h"

namespace simwarden {
namespace {

std::string start_of(const HttpReply& reply, const HttpHead& head) {
  const auto reason = boost::beast::http::obsolete_reason(
      boost::beast::http::int_to_status(unsigned(reply.status)));
  std::string out = fmt::format(
      "HTTP/1.1 {} {}\r\nServer: simwarden\r\nContent-Type: {}\r\n",
      reply.status,
      reply.reason.empty() ? std::string_view(reason.data(), reason.size())
                           : reply.reason,
      reply.type);
  for (const auto& [name, value] : reply.fields) {
    out += fmt::format("{}: {}\r\n", name, value);
  }
  if (!head.keep_alive) out += "Connection: close\r\n";
  return out;
}

}  // namespace

std::string_view HttpHead::field(std::string_view name) const {
  for (const auto& [key, value] : fields) {
    if (boost::beast::iequals(key, {name.data(), name.size()})) return value;
  }
  return {};
}

HttpReply problem(int status, std::string_view detail, std::string_view code) {
  HttpReply reply{.status = status,
                  .type = "application/problem+json",
                  .detail = std::string(detail)};
  const auto reason = boost::beast::http::obsolete_reason(
      boost::beast::http::int_to_status(unsigned(status)));
  JsonObject object(reply.body);
  object.text("title", {reason.data(), reason.size()});
  object.whole("status", uint64_t(status));
  object.text("detail", detail);
  object.text("code", code);
  object.close();
  reply.body += '\n';
  return reply;
}

std::string to_bytes(const HttpReply& reply, const HttpHead& head) {
  std::string out = start_of(reply, head);
  const bool bodiless = reply.status == 304 || reply.status == 204;
  if (!bodiless) {
    out += fmt::format("Content-Length: {}\r\n", reply.body.size());
  }
  out += "\r\n";
  if (!bodiless && head.method != "HEAD") out += reply.body;
  return out;
}

std::string chunked_head(const HttpReply& reply, const HttpHead& head) {
  return start_of(reply, head) + "Transfer-Encoding: chunked\r\n\r\n";
}

std::string chunk_of(std::string_view text) {
  if (text.empty()) return "0\r\n\r\n";
  return fmt::format("{:x}\r\n{}\r\n", text.size(), text);
}

}  // namespace simwarden
