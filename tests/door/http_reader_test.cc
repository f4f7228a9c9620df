// SPDX-License-Identifier: Apache-2.0
#include "door/http_reader.h"

#include <random>

#include <boost/test/unit_test.hpp>

#include "door/scripted_wire.h"

namespace simwarden {
namespace {

BOOST_AUTO_TEST_SUITE(http_reader)

constexpr size_t kBodyMax = 100;

// How the body is asked for.
enum class Way { now_or_waiting, waiting };

std::string shown(const HttpHead& head) {
  std::string out = head.method + ' ' + head.path + '?' + head.query;
  for (const auto& [name, value] : head.fields) {
    out.append("|").append(name).append("=").append(value);
  }
  return out + (head.keep_alive ? "|keep" : "|close");
}

// Requests up to the end, or to what cannot be read on.
Task<void> read_all(HttpReader& reader, Way way, std::string& out) {
  while (true) {
    const auto head = co_await reader.head();
    if (!head) break;
    out += shown(*head);
    std::string body;
    const bool is_here =
        way == Way::now_or_waiting && reader.takes_body_now(body, kBodyMax);
    if (!is_here) {
      const bool whole = co_await reader.whole_body(body, kBodyMax);
      if (!whole) break;
    }
    out += '[' + body + "]\n";
    if (reader.has_body()) out += "more to come\n";
  }
  if (reader.stopped()) {
    out += std::to_string(reader.stopped()->status) + reader.stopped()->why;
    if (reader.stopped()->broken) out += " broken";
  }
}

std::string read_in_pieces(std::string_view bytes, size_t piece, Way way,
                           uint64_t memory_bytes = 1000) {
  std::deque<std::string> script;
  for (size_t at = 0; at < bytes.size(); at += piece) {
    script.emplace_back(bytes.substr(at, piece));
  }
  ScriptedWire wire(std::move(script));
  const ListenerSettings settings;
  MemoryBudget memory(memory_bytes);
  std::string out;
  {
    HttpReader reader(wire, settings, memory);
    BOOST_TEST(runs_to_its_end(read_all(reader, way, out)));
  }
  BOOST_TEST(memory.used() == 0);
  return out + '/' + wire.written;
}

constexpr std::string_view kRequests[] = {
    "POST /a?b HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nX: y\r\n\r\nabc",
    "GET / HTTP/1.1\r\nHost: desk.example\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
    "POST / HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\nz",
    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n",
    // What ends a conversation.
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 101\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: "
    "3\r\n\r\nabc",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: "
    "chunked\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc",
    "POST  / HTTP/1.1\r\n\r\n",
    "nonsense\r\n\r\n",
};

BOOST_AUTO_TEST_CASE(a_body_that_is_here_is_the_one_that_was_waited_for) {
  std::mt19937 dice(31);
  for (int i = 0; i < 3'000; ++i) {
    std::string bytes;
    for (size_t left = 1 + dice() % 5; left > 0; --left) {
      bytes += kRequests[dice() % std::size(kRequests)];
    }
    const std::string waited =
        read_in_pieces(bytes, bytes.size(), Way::waiting);
    for (const size_t piece : {bytes.size(), size_t{1 + dice() % 40}}) {
      BOOST_REQUIRE_EQUAL(read_in_pieces(bytes, piece, Way::now_or_waiting),
                          waited);
    }
  }
}

BOOST_AUTO_TEST_CASE(requests_are_read_one_after_the_other) {
  const std::string bytes =
      std::string(kRequests[0]) + std::string(kRequests[4]);
  BOOST_TEST(read_in_pieces(bytes, bytes.size(), Way::now_or_waiting) ==
             "POST /a?b|Host=a|Content-Length=3|X=y|keep[abc]\n"
             "POST /?|Host=a|Transfer-Encoding=chunked|keep[abcde]\n0/");
}

BOOST_AUTO_TEST_CASE(a_body_is_taken_only_if_there_is_memory_for_it) {
  const std::string told =
      read_in_pieces(kRequests[0], 1000, Way::now_or_waiting, 2);
  BOOST_TEST(told.find("503") != std::string::npos, told);
}

// Of what is only announced nothing is held: a few could shut out all others.
BOOST_AUTO_TEST_CASE(a_body_takes_memory_as_it_comes) {
  const std::string head =
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 90\r\n\r\n";
  ScriptedWire wire({head, std::string(10, 'x'), std::string(10, 'x')});
  const ListenerSettings settings;
  MemoryBudget memory(1000);
  HttpReader reader(wire, settings, memory);
  std::string out;
  BOOST_TEST(runs_to_its_end(read_all(reader, Way::waiting, out)));
  BOOST_TEST(out.find("400the request ends in the middle") != out.npos, out);
  BOOST_TEST(memory.used() == 20);

  MemoryBudget little(50);
  ScriptedWire all({head, std::string(40, 'x'), std::string(50, 'x')});
  HttpReader other(all, settings, little);
  out.clear();
  BOOST_TEST(runs_to_its_end(read_all(other, Way::waiting, out)));
  BOOST_TEST(out.find("503too much is in flight") != out.npos, out);
}

// Its sender waits to be told, or sends it all in vain.
BOOST_AUTO_TEST_CASE(a_chunk_that_is_too_large_is_refused_by_its_head) {
  const std::string head =
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const char* chunk :
       {"65\r\nabc", "ffffffffffffffff\r\nabc", "3\r\nabc\r\n62\r\n"}) {
    const std::string told =
        read_in_pieces(head + chunk, 1000, Way::now_or_waiting);
    BOOST_TEST(told.find("413") != std::string::npos, told);
    BOOST_TEST(told.find(" 100 bytes that this door takes") != told.npos, told);
  }
  const std::string told = read_in_pieces(
      head + "3\r\nabc\r\n61\r\n" + std::string(97, 'x') + "\r\n0\r\n\r\n",
      1000, Way::now_or_waiting);
  BOOST_TEST(told.find("[abcxxx") != std::string::npos, told);
}

// A proxy in front may take it otherwise (RFC 9112, 3.2, 6.1 and 6.3).
BOOST_AUTO_TEST_CASE(what_could_be_read_in_two_ways_is_refused) {
  struct Row {
    std::string fields;
    std::string_view told;
    std::string_view version = "1.1";
  };
  const std::string host = "Host: a\r\n";
  const std::string length = "Content-Length: 3\r\n";
  const Row rows[] = {
      {"", "400there is no Host"},
      {host + host, "400Host stands twice"},
      {host + "host: b\r\n", "400Host stands twice"},
      {host + host, "400Host stands twice", "1.0"},
      {host + "Transfer-Encoding: xchunked\r\n", "501of Transfer-Encoding"},
      {host + "Transfer-Encoding: gzip, chunked\r\n", "501of Transfer"},
      {host + "Transfer-Encoding: identity, chunked\r\n", "501of Transfer"},
      {host + "Transfer-Encoding: gzip\r\n", "501of Transfer-Encoding"},
      {host + "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n",
       "501of Transfer-Encoding"},
      {host + "Transfer-Encoding: xchunked\r\n" + length, "400Transfer-Enc"},
      {host + length + "Transfer-Encoding: gzip\r\n", "400"},
      {host + length + "Transfer-Encoding: chunked\r\n", "400"},
      {host + "Transfer-Encoding: chunked\r\n", "400Transfer-Enc", "1.0"},
  };
  for (const Row& row : rows) {
    const std::string head = "POST / HTTP/" + std::string(row.version) +
                             "\r\n" + row.fields + "\r\n";
    const std::string told =
        read_in_pieces(head + "abcGET /v1/policy HTTP/1.1\r\nHost: a\r\n\r\n",
                       1000, Way::now_or_waiting);
    BOOST_TEST(told.starts_with(row.told), head << told);
    BOOST_TEST(told.find("policy") == std::string::npos, head << told);
  }
  const std::string fine = read_in_pieces(
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked \r\n\r\n"
      "3\r\nabc\r\n0\r\n\r\nGET / HTTP/1.0\r\n\r\n",
      1000, Way::now_or_waiting);
  BOOST_TEST(fine.find("[abc]") != std::string::npos, fine);
  BOOST_TEST(fine.find("GET /?|close[]") != std::string::npos, fine);
}

BOOST_AUTO_TEST_CASE(a_wrong_header_is_named) {
  struct Row {
    std::string_view head;
    std::string_view told;
  };
  const Row rows[] = {
      {"GET / HTTP/1.1\r\nHost: a\r\nX-Demo: b\x01"
       "c\r\n\r\n",
       "400bad value: X-Demo"},
      {"GET / HTTP/1.1\r\nHost: a\r\nX Demo: b\r\n\r\n",
       "400bad field: X Demo"},
      {"GET / HTTP/1.1\r\nA: b\r\nContent-Length: -1\r\nC: d\r\n\r\n",
       "400bad Content-Length: Content-Length"},
      {"GET / HTTP/1.1\r\n\x1b[2J: b\r\n\r\n", "400bad field: \\x1b[2J"},
      {"GET  / HTTP/1.1\r\nA: b\r\n\r\n", "400bad target"},
  };
  for (const Row& row : rows) {
    for (const size_t piece : {row.head.size(), size_t{1}, size_t{7}}) {
      const std::string told =
          read_in_pieces(row.head, piece, Way::now_or_waiting);
      BOOST_TEST(told.find(row.told) != std::string::npos, told);
    }
  }
}

// Who waits to be told to go on and sends all the same is not told.
BOOST_AUTO_TEST_CASE(who_expects_to_be_told_is_told_once) {
  const std::string_view head =
      "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: "
      "3\r\n\r\n";
  const std::string bytes = std::string(head) + "abc";
  for (const size_t piece : {bytes.size(), head.size()}) {
    const std::string told = read_in_pieces(bytes, piece, Way::now_or_waiting);
    BOOST_TEST((told.find("100 Continue") != std::string::npos) ==
               (piece == head.size()));
    BOOST_TEST(told.find("[abc]") != std::string::npos, told);
  }
}

BOOST_AUTO_TEST_CASE(a_client_of_http_1_0_is_told_nothing_before_the_answer) {
  const std::string told = read_in_pieces(
      "POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc",
      7, Way::now_or_waiting);
  BOOST_TEST(told.find("100 Continue") == std::string::npos, told);
  BOOST_TEST(told.find("[abc]") != std::string::npos, told);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace simwarden
