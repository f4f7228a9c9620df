// SPDX-License-Identifier: Apache-2.0
#include "desk/serve_log.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <mutex>
#include <thread>

#include <fmt/chrono.h>
#include <poll.h>
#include <spdlog/async.h>
#include <spdlog/async_logger.h>
#include <spdlog/sinks/base_sink.h>
#include <unistd.h>

#include "diag/check.h"
#include "notation/json_object.h"
#include "privacy/masks.h"

namespace simwarden {
namespace {

// An eighth of a second of full load. spdlog takes room for all of them at the
// start, 400 bytes a line.
constexpr size_t kLinesWaiting = 2'048;
// For the lines that are left when the program ends.
constexpr std::chrono::seconds kLastWords{1};

std::string_view name_of(LogLevel level) {
  switch (level) {
    case LogLevel::info: return "info";
    case LogLevel::warning: return "warning";
    case LogLevel::error: break;
  }
  return "error";
}

spdlog::level::level_enum spdlog_level(LogLevel level) {
  switch (level) {
    case LogLevel::info: return spdlog::level::info;
    case LogLevel::warning: return spdlog::level::warn;
    case LogLevel::error: break;
  }
  return spdlog::level::err;
}

// A value that a reader could take for two stands in quotes.
void append_pair(std::string& out, std::string_view name,
                 std::string_view value) {
  out += ' ';
  out += name;
  out += '=';
  const bool plain = !value.empty() && value.find_first_of(" \"=\\\t\r\n") ==
                                           std::string_view::npos;
  if (plain) {
    out += value;
  } else {
    append_json_string(out, value);
  }
}

// Fields that say how much of something.
constexpr std::string_view kNumbers[] = {"score", "times", "client_times",
                                         "line", "conversations"};

bool is_number(std::string_view name) {
  return std::find(std::begin(kNumbers), std::end(kNumbers), name) !=
         std::end(kNumbers);
}

std::string as_pairs(const LogEvent& event) {
  std::string out(event.name);
  for (const auto& [name, value] : event.fields) append_pair(out, name, value);
  return out;
}

std::string now_to_the_millisecond() {
  using namespace std::chrono;
  const auto now =
      floor<milliseconds>(system_clock::now().time_since_epoch()).count();
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z",
                     fmt::gmtime(std::time_t(now / 1000)), now % 1000);
}

}  // namespace

std::string as_json(const LogEvent& event) {
  std::string out;
  JsonObject object(out);
  object.text(kLogKeys[0], now_to_the_millisecond());
  object.text(kLogKeys[1], name_of(event.level));
  object.text(kLogKeys[2], event.name);
  for (const auto& [name, value] : event.fields) {
    if (is_number(name)) {
      object.key(name) += value;
    } else {
      object.text(name, value);
    }
  }
  object.close();
  return out;
}

namespace {

// Straight to the descriptor: a lock of stdio would be waited for at the end of
// the program.
class CountingSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  std::atomic<uint64_t> written{0};  // or lost
  std::atomic<uint64_t> lost{0};
  std::atomic<bool> fails{false};  // the newest was lost

 protected:
  void sink_it_(const spdlog::details::log_msg& line) override {
    spdlog::memory_buf_t text;
    formatter_->format(line, text);
    // Half a line of before is none together with this one.
    const bool whole = (!is_torn_ || put("\n")) &&
                       put(std::string_view(text.data(), text.size()));
    if (!whole) ++lost;
    fails = !whole;
    ++written;
  }
  void flush_() override {}

 private:
  // False: nobody is there any more, or the disk is full.
  bool put(std::string_view text) {
    size_t at = 0;
    while (at < text.size()) {
      const ssize_t done =
          ::write(STDERR_FILENO, text.data() + at, text.size() - at);
      if (done > 0) at += size_t(done);
      if (done >= 0 || errno == EINTR) continue;
      if (errno != EAGAIN) break;
      wait_for_room();
    }
    if (at > 0) is_torn_ = at < text.size();
    return at == text.size();
  }
  // Who shares our stderr may have made it one that does not wait.
  static void wait_for_room() {
    pollfd waiting{.fd = STDERR_FILENO, .events = POLLOUT, .revents = 0};
    (void)::poll(&waiting, 1, -1);
  }

  bool is_torn_ = false;
};

}  // namespace

bool has_each_key_once(const LogEvent& event) {
  std::vector<std::string_view> names(std::begin(kLogKeys), std::end(kLogKeys));
  for (const auto& [name, value] : event.fields) names.push_back(name);
  std::sort(names.begin(), names.end());
  return std::adjacent_find(names.begin(), names.end()) == names.end();
}

// A thread of its own writes: who does not read our stderr does not hold up a
// verdict. Of a log that is not read the oldest lines go.
struct ServeLog::Sink {
  std::shared_ptr<CountingSink> sink = std::make_shared<CountingSink>();
  std::shared_ptr<spdlog::details::thread_pool> pool =
      std::make_shared<spdlog::details::thread_pool>(kLinesWaiting, 1);
  std::shared_ptr<spdlog::async_logger> logger =
      std::make_shared<spdlog::async_logger>(
          "simwarden", sink, pool,
          spdlog::async_overflow_policy::overrun_oldest);
  std::atomic<uint64_t> handed_in{0};

  bool has_written_all() const {
    return sink->written + pool->overrun_counter() >= handed_in;
  }
};

ServeLog::ServeLog(const LogSettings& settings)
    : sink_(std::make_unique<Sink>()),
      verdicts_(settings.verdicts),
      clients_(settings.clients),
      json_(settings.json) {
  sink_->logger->set_pattern(json_ ? "%v"
                                   : "simwarden: %Y-%m-%dT%H:%M:%S.%e%z %l %v");
}

// Nor does such a reader hold up the end of the program: the thread that is
// stuck is left behind.
ServeLog::~ServeLog() {
  const auto end = std::chrono::steady_clock::now() + kLastWords;
  while (!sink_->has_written_all() && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  if (!sink_->has_written_all()) (void)sink_.release();
}

void ServeLog::write(const LogEvent& event) {
  CHECK(has_each_key_once(event), "a key of the log has one value");
  const std::string line = json_ ? as_json(event) : as_pairs(event);
  ++sink_->handed_in;
  sink_->logger->log(spdlog_level(event.level), line);
}

// Who has no address is a user of this machine.
std::string ServeLog::client(const std::string& name) const {
  if (clients_ == LogClients::none) return {};
  const bool whole =
      clients_ == LogClients::address || name.starts_with("uid:");
  return whole || name.empty() ? name : mask_value(name, Mask::ip);
}

uint64_t ServeLog::dropped() const {
  return sink_->pool->overrun_counter() + sink_->sink->lost;
}

bool ServeLog::fails() const {
  return sink_->sink->fails;
}

}  // namespace simwarden
