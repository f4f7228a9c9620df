// SPDX-License-Identifier: Apache-2.0
// Load on a filter daemon in the protocol it speaks, and how long each answer
// took. For tests/bench/daemons, which measures filters beside each other.
//
//   door_load PROTOCOL PORT CONNECTIONS SECONDS FOLDER
//
// PROTOCOL is json (POST /v1/screen, the text of a mail as a message), ndjson
// (the same, 100 a POST), checkv2 (rspamd), spamd (SYMBOLS) or milter; PORT is
// on 127.0.0.1. The mails are the files of FOLDER, in turn. As many connections
// as told have one question each under way, and open anew when the other side
// closes. Prints one JSON object: messages, seconds, and percentiles of the
// answers in microseconds. Exit code 1 when an answer is not a verdict.
#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using Clock = std::chrono::steady_clock;
using std::string;
using std::string_view;

constexpr size_t kBatch = 100;  // records of an ndjson POST

[[noreturn]] void fail(const string& what) {
  fmt::print(stderr, "door_load: {}\n", what);
  std::exit(1);
}

// What is sent, piece by piece: the next piece goes out when the answer to the
// one before is whole.
struct Question {
  std::vector<string> pieces;
  size_t messages = 1;
};

struct Protocol {
  std::vector<string> greeting;  // pieces said once a connection
  std::vector<Question> questions;
  bool half_close = false;  // our end comes before the answer
  // How many bytes of `answer` are the whole answer to a piece; none: more is
  // to come. `ended`: the other side has closed.
  std::optional<size_t> (*whole)(string_view answer, bool ended);
};

constexpr auto kSameLetter = [](char a, char b) {
  return (a | 32) == (b | 32);
};

bool holds(string_view text, string_view part) {
  return std::search(text.begin(), text.end(), part.begin(), part.end(),
                     kSameLetter) != text.end();
}

// Of HTTP; other answers do not hold the words.
bool says_close(string_view answer) {
  return holds(answer.substr(0, answer.find("\r\n\r\n")),
               "\r\nconnection: close");
}

std::optional<size_t> whole_http(string_view answer, bool ended) {
  const size_t head = answer.find("\r\n\r\n");
  if (head == answer.npos) return std::nullopt;
  if (answer.substr(9, 3) != "200") fail(string(answer.substr(0, 300)));
  const string_view fields = answer.substr(0, head);
  constexpr string_view kLength = "\r\nContent-Length: ";
  const auto at = std::search(fields.begin(), fields.end(), kLength.begin(),
                              kLength.end(), kSameLetter);
  if (at != fields.end()) {
    const size_t size = std::strtoull(&*at + kLength.size(), nullptr, 10);
    if (answer.size() < head + 4 + size) return std::nullopt;
    return head + 4 + size;
  }
  const bool chunked = fields.find("chunked") != fields.npos;
  if (chunked && answer.ends_with("\r\n0\r\n\r\n")) return answer.size();
  if (!chunked && ended) return answer.size();
  return std::nullopt;
}

std::optional<size_t> whole_spamd(string_view answer, bool ended) {
  if (!ended) return std::nullopt;
  if (answer.find(" EX_OK") == answer.npos) fail(string(answer.substr(0, 300)));
  return answer.size();
}

// One packet; after the end of a mail those that change it come before the
// verdict.
std::optional<size_t> whole_milter(string_view answer, bool ended) {
  size_t at = 0;
  while (answer.size() >= at + 5) {
    uint32_t size = 0;
    std::memcpy(&size, answer.data() + at, sizeof size);
    const size_t end = at + 4 + ntohl(size);
    if (answer.size() < end) break;
    const char what = answer[at + 4];
    at = end;
    if (string_view("hmiqp").find(what) == string_view::npos) return at;
  }
  if (ended) fail("the milter hung up");
  return std::nullopt;
}

string frame(char command, string_view data = {}) {
  const uint32_t size = htonl(uint32_t(data.size() + 1));
  string out(reinterpret_cast<const char*>(&size), sizeof size);
  out += command;
  out += data;
  return out;
}

string terminated(string_view text) {
  string out(text);
  out += '\0';
  return out;
}

// Which of a mail's packets the milter said it does not answer (SMFIP_NR_*).
string unanswered_of(string_view optneg) {
  struct Flag {
    uint32_t bit;
    char command;
  };
  constexpr std::array<Flag, 5> kFlags = {{{0x80, 'L'},
                                           {0x4000, 'M'},
                                           {0x8000, 'R'},
                                           {0x40000, 'N'},
                                           {0x80000, 'B'}}};
  constexpr size_t kSteps = 13;  // length, command, version, actions
  uint32_t steps = 0;
  std::memcpy(&steps, optneg.data() + kSteps, sizeof steps);
  string commands;
  for (const Flag& flag : kFlags) {
    if ((ntohl(steps) & flag.bit) != 0) commands += flag.command;
  }
  return commands;
}

Question milter_question(string_view mail) {
  Question question;
  const string from = "<demo@mail.example>";
  question.pieces = {frame('M', terminated(from)),
                     frame('R', terminated("<demo_anna@desk.example>"))};
  size_t end = mail.find("\r\n\r\n");
  if (end == mail.npos) end = mail.size();
  string_view head = mail.substr(0, end);
  while (!head.empty()) {
    const size_t line = head.find("\r\n");
    const string_view field = head.substr(0, line);
    const size_t colon = field.find(": ");
    if (colon != field.npos) {
      question.pieces.push_back(
          frame('L', terminated(field.substr(0, colon)) +
                         terminated(field.substr(colon + 2))));
    }
    head.remove_prefix(line == head.npos ? head.size() : line + 2);
  }
  question.pieces.push_back(frame('N'));
  for (size_t at = end + 4; at < mail.size(); at += 65535) {
    question.pieces.push_back(frame('B', mail.substr(at, 65535)));
  }
  question.pieces.push_back(frame('E'));
  return question;
}

string json_text(string_view text) {
  string out;
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", int(c));
    } else {
      out += c;
    }
  }
  return out;
}

string json_record(string_view mail) {
  const size_t head = mail.find("\r\n\r\n");
  return fmt::format("{{\"kind\":\"message\",\"text\":\"{}\"}}",
                     json_text(mail.substr(head == mail.npos ? 0 : head + 4)));
}

string post(string_view path, string_view type, string_view body) {
  return fmt::format(
      "POST {} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {}\r\n"
      "Content-Length: {}\r\n\r\n{}",
      path, type, body.size(), body);
}

std::vector<Question> batches(const std::vector<string>& mails) {
  std::vector<Question> questions;
  const size_t count = std::max<size_t>(1, mails.size() / kBatch);
  for (size_t i = 0; i < count; ++i) {
    string lines;
    for (size_t k = 0; k < kBatch; ++k) {
      lines += json_record(mails[(i * kBatch + k) % mails.size()]) + "\n";
    }
    questions.push_back(
        {{post("/v1/screen", "application/x-ndjson", lines)}, kBatch});
  }
  return questions;
}

Protocol protocol_of(const string& name, const std::vector<string>& mails) {
  Protocol protocol{.whole = whole_http};
  if (name == "ndjson") {
    protocol.questions = batches(mails);
    return protocol;
  }
  for (const string& mail : mails) {
    if (name == "json") {
      protocol.questions.push_back(
          {{post("/v1/screen", "application/json", json_record(mail))}});
    } else if (name == "checkv2") {
      protocol.questions.push_back({{post("/checkv2", "text/plain", mail)}});
    } else if (name == "spamd") {
      protocol.questions.push_back(
          {{fmt::format("SYMBOLS SPAMC/1.5\r\nContent-length: {}\r\n\r\n{}",
                        mail.size(), mail)}});
    } else if (name == "milter") {
      protocol.questions.push_back(milter_question(mail));
    } else {
      fail(name + ": no such protocol");
    }
  }
  if (name == "spamd") {
    protocol.half_close = true;
    protocol.whole = whole_spamd;
  }
  if (name == "milter") {
    protocol.whole = whole_milter;
    const std::array<uint32_t, 3> offer = {htonl(6), htonl(0x1ff),
                                           htonl(0x1fffff)};
    protocol.greeting = {
        frame('O', {reinterpret_cast<const char*>(offer.data()), 12})};
  }
  return protocol;
}

class Connection {
 public:
  Connection(const Protocol& protocol, uint16_t port, size_t& next,
             std::vector<double>& took, size_t& messages)
      : protocol_(protocol),
        port_(port),
        next_(next),
        took_(took),
        messages_(messages) {
    open();
    ask();
  }
  ~Connection() { ::close(socket_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  int socket() const { return socket_; }

  void arrived() {
    std::array<char, 65536> piece;
    const ssize_t got = ::read(socket_, piece.data(), piece.size());
    if (got < 0) fail(fmt::format("read: {}", std::strerror(errno)));
    answer_.append(piece.data(), size_t(got));
    const auto whole = protocol_.whole(answer_, got == 0);
    if (!whole && got == 0) fail("an answer was cut short");
    if (!whole) return;
    const bool closes =
        got == 0 || says_close(string_view(answer_).substr(0, *whole));
    answer_.erase(0, *whole);
    if (++piece_ < question_->pieces.size()) return send_piece();
    const std::chrono::duration<double, std::micro> took =
        Clock::now() - begun_;
    took_.push_back(took.count());
    messages_ += question_->messages;
    if (closes) {
      ::close(socket_);
      open();
    }
    ask();
  }

 private:
  void open() {
    socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port_);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) {
      fail(fmt::format("connect: {}", std::strerror(errno)));
    }
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    for (const string& word : protocol_.greeting) {
      send(word);
      answer_.clear();
      std::array<char, 1024> piece;
      while (!protocol_.whole(answer_, false)) {
        const ssize_t got = ::read(socket_, piece.data(), piece.size());
        if (got <= 0) fail("no greeting");
        answer_.append(piece.data(), size_t(got));
      }
      unanswered_ = unanswered_of(answer_);
      answer_.clear();
    }
  }

  // A connection that has to be opened anew is not part of the time.
  void ask() {
    question_ = &protocol_.questions[next_++ % protocol_.questions.size()];
    piece_ = 0;
    begun_ = Clock::now();
    send_piece();
  }

  // And those after it up to one that will be answered.
  void send_piece() {
    string bytes = question_->pieces[piece_];
    while (!unanswered_.empty() && goes_unanswered()) {
      bytes += question_->pieces[++piece_];
    }
    send(bytes);
    if (protocol_.half_close) ::shutdown(socket_, SHUT_WR);
  }

  bool goes_unanswered() const {
    return unanswered_.find(question_->pieces[piece_][4]) != string::npos;
  }

  void send(string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent =
          ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent < 0) fail(fmt::format("send: {}", std::strerror(errno)));
      bytes.remove_prefix(size_t(sent));
    }
  }

  const Protocol& protocol_;
  uint16_t port_;
  size_t& next_;
  std::vector<double>& took_;
  size_t& messages_;
  int socket_ = -1;
  const Question* question_ = nullptr;
  size_t piece_ = 0;
  Clock::time_point begun_;
  string unanswered_;  // commands of the milter protocol
  string answer_;
};

std::vector<string> files_in(const char* folder) {
  std::map<string, string> files;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    files[entry.path()] = string(std::istreambuf_iterator<char>(file), {});
  }
  std::vector<string> texts;
  for (auto& [path, text] : files) texts.push_back(std::move(text));
  if (texts.empty()) fail(fmt::format("{}: no mails", folder));
  return texts;
}

double percentile(const std::vector<double>& sorted, double share) {
  const size_t at = size_t(share * double(sorted.size()));
  return sorted[std::min(at, sorted.size() - 1)];
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) {
    fmt::print(stderr,
               "usage: door_load PROTOCOL PORT CONNECTIONS SECONDS FOLDER\n");
    return 3;
  }
  const Protocol protocol = protocol_of(argv[1], files_in(argv[5]));
  const auto port = uint16_t(std::atoi(argv[2]));
  const double seconds = std::atof(argv[4]);
  std::vector<double> took;
  size_t next = 0;
  size_t messages = 0;
  std::vector<std::unique_ptr<Connection>> connections;
  for (int i = 0; i < std::atoi(argv[3]); ++i) {
    connections.push_back(
        std::make_unique<Connection>(protocol, port, next, took, messages));
  }
  const auto begun = Clock::now();
  std::chrono::duration<double> passed{};
  std::vector<pollfd> waits(connections.size());
  while (passed.count() < seconds) {
    for (size_t i = 0; i < waits.size(); ++i) {
      waits[i] = {connections[i]->socket(), POLLIN, 0};
    }
    if (::poll(waits.data(), waits.size(), 60'000) == 0) fail("no answer");
    for (size_t i = 0; i < waits.size(); ++i) {
      if (waits[i].revents != 0) connections[i]->arrived();
    }
    passed = Clock::now() - begun;
  }
  if (took.empty()) fail("nothing was answered in time");
  std::sort(took.begin(), took.end());
  fmt::print(
      "{{\"messages\":{},\"seconds\":{:.3f},\"p50\":{:.1f},\"p99\":{:.1f},"
      "\"p999\":{:.1f}}}\n",
      messages, passed.count(), percentile(took, 0.5), percentile(took, 0.99),
      percentile(took, 0.999));
  return 0;
}
