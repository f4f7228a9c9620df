// SPDX-License-Identifier: Apache-2.0
#include "door/settings.h"

#include <algorithm>
#include <limits>
#include <set>

#include <fmt/format.h>

#include "diag/check.h"
#include "door/doors.h"
#include "door/endpoint.h"
#include "door/memory_budget.h"
#include "notation/yaml.h"
#include "record/record.h"

namespace simwarden {
namespace {

using std::chrono::milliseconds;

struct Unit {
  std::string_view name;
  uint64_t factor;
};
constexpr Unit kSizes[] = {
    {"B", 1}, {"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}};
constexpr Unit kTimes[] = {{"ms", 1}, {"s", 1000}, {"m", 60'000}};

struct Range {
  uint64_t least;
  uint64_t most;
};
// A request that is larger belongs into `screen`; a time-out of more than three
// hours is none.
constexpr Range kRequestBytes = {1 << 10, uint64_t{256} << 20};
constexpr Range kMemoryBytes = {1 << 20, uint64_t{64} << 30};
constexpr Range kHeaderBytes = {1 << 10, 1 << 20};
constexpr Range kConnections = {1, 65'536};
constexpr Range kRecords = {1, 1'000'000};
// Ten SMS one behind the other.
constexpr size_t kReplyBytesMax = 1530;
constexpr Range kMilliseconds = {10, 10'800'000};

// What the row of a door says; of one that there is not, that it has nothing of
// its own.
const DoorRow& row_of(std::string_view door) {
  static constexpr DoorRow kNone;
  const DoorRow* row = find_door(door);
  return row == nullptr ? kNone : *row;
}

// Names of the doors that have the key for their own.
std::vector<std::string_view> owners_of(std::string_view key) {
  std::vector<std::string_view> names;
  for (const DoorRow& row : doors()) {
    if (row.has_key(key)) names.push_back(row.name);
  }
  return names;
}

const std::vector<std::string>& door_keys() {
  static const std::vector<std::string> keys = {
      "name",        "door",  "at",       "profile",  "tenant",
      "kind",        "mode",  "anybody",  "auth",     "on_error",
      "keep",        "tls",   "limits",   "timeouts", "answers",
      "authserv_id", "learn", "alphabet", "replies",  "country"};
  return keys;
}

class SettingsReader {
 public:
  SettingsReader(const SourceText& file, Issues& issues)
      : reader_(file, issues) {}

  ServeSettings read(const YamlNode& root) {
    ServeSettings s;
    reader_.keys(root,
                 {"policies", "lists", "waivers", "profile", "language",
                  "tokens", "threads", "drain", "store", "log", "user", "watch",
                  "memory", "listen"},
                 {door_keys(),
                  "each door has its own: write it in its entry of listen"});
    if (root.type != YamlNode::Type::mapping) return s;
    s.policies = reader_.optional_texts(root, "policies");
    s.lists = reader_.optional_texts(root, "lists");
    s.waivers = reader_.optional_texts(root, "waivers");
    s.profile = reader_.optional_text(root, "profile").value_or(s.profile);
    s.unknown_profile = unknown_profile(root, s.profile);
    s.language = reader_.optional_text(root, "language").value_or(s.language);
    if (const YamlNode* at = root.find("language")) {
      s.unknown_language = reader_.file().issue(
          "D113", at->place,
          fmt::format("no pack has reasons in the language {}", s.language));
    }
    s.tokens_file = name_of_something(root, "tokens");
    count(root, "threads", {0, 1024}, s.threads);
    time(root, "drain", s.drain);
    time(root, "watch", s.watch);
    size(root, "memory", kMemoryBytes, s.memory);
    s.user = name_of_something(root, "user");
    read_store(root, s.store);
    read_log(root, s.log);
    read_listeners(root, s);
    refuse_small_memory(root, s);
    return s;
  }

 private:
  void read_store(const YamlNode& root, StoreSettings& store) {
    const YamlNode* at = root.find("store");
    if (at == nullptr) return;
    reader_.keys(*at, {"db", "site_key", "facts", "four_eyes"});
    if (at->type != YamlNode::Type::mapping) return;
    if (reader_.require(*at, "db")) store.db = name_of_something(*at, "db");
    store.site_key = name_of_something(*at, "site_key");
    store.facts = flag(*at, "facts", store.facts);
    store.four_eyes = flag(*at, "four_eyes", store.four_eyes);
  }

  void read_log(const YamlNode& root, LogSettings& log) {
    const YamlNode* at = root.find("log");
    if (at == nullptr) return;
    reader_.keys(*at, {"verdicts", "clients", "format"});
    if (at->type != YamlNode::Type::mapping) return;
    const std::string verdicts =
        reader_.choice(*at, "verdicts", {"none", "flagged", "all"}, "flagged");
    if (verdicts == "none") log.verdicts = LogVerdicts::none;
    if (verdicts == "all") log.verdicts = LogVerdicts::all;
    const std::string clients = reader_.choice(
        *at, "clients", {"none", "network", "address"}, "network");
    if (clients == "none") log.clients = LogClients::none;
    if (clients == "address") log.clients = LogClients::address;
    log.json =
        reader_.choice(*at, "format", {"text", "json"}, "text") == "json";
  }

  void read_listeners(const YamlNode& root, ServeSettings& s) {
    if (!reader_.require(root, "listen")) return;
    const YamlNode& listen = *root.find("listen");
    if (listen.type != YamlNode::Type::sequence || listen.items.empty() ||
        listen.items.size() > kListenersMax) {
      reader_.complain(
          listen, "D100",
          fmt::format("listen is no list of 1 to {} doors", kListenersMax), {},
          "- door: http, at: tcp:127.0.0.1:8480");
      return;
    }
    for (const YamlNode& item : listen.items) {
      s.listeners.push_back(read_listener(item, s));
    }
  }

  ListenerSettings read_listener(const YamlNode& node, const ServeSettings& s) {
    ListenerSettings l;
    reader_.keys(node, door_keys());
    if (node.type != YamlNode::Type::mapping) return l;
    l.door = reader_.choice(node, "door", door_names());
    l.name = reader_.optional_text(node, "name").value_or(l.door);
    if (!names_.insert(l.name).second) {
      reader_.complain(node, "D101",
                       fmt::format("two doors are called {}", l.name), {},
                       "give each a name of its own");
    }
    const bool has_place = read_endpoint(node, l);
    if (has_place) refuse_same_place(node, l);
    if (has_place) refuse_vain_mode(node, l);
    read_mode(node, l.mode);
    l.profile = reader_.optional_text(node, "profile").value_or("");
    l.unknown_profile = unknown_profile(node, l.profile);
    l.tenant = reader_.optional_text(node, "tenant").value_or("");
    const std::string kind =
        reader_.choice(node, "kind", {"auto", "request", "message"}, "auto");
    if (kind == "request") l.kind = KindChoice::request;
    if (kind == "message") l.kind = KindChoice::message;
    l.anybody = flag(node, "anybody", false);
    l.keep = flag(node, "keep", row_of(l.door).keeps);
    l.tokens =
        reader_.choice(node, "auth", {"none", "tokens"}, "none") == "tokens";
    const std::string on_error = reader_.choice(
        node, "on_error", {"pass", "tempfail", "hold"}, "tempfail");
    if (on_error == "pass") l.on_error = OnError::pass;
    if (on_error == "hold") l.on_error = OnError::hold;
    refuse_misplaced(node, l);
    l.authserv_id = reader_.optional_text(node, "authserv_id").value_or("");
    read_country(node, l);
    read_answers(node, l.answers);
    l.learn = flag(node, "learn", false);
    refuse_vain_learning(node, l, s);
    read_hook(node, l);
    read_tls(node, l);
    read_limits(node, l.limits);
    l.timeouts.idle = row_of(l.door).idle;
    read_timeouts(node, l.timeouts);
    if (has_place) refuse_open_door(node, l);
    if (l.tokens && s.tokens_file.empty()) {
      reader_.complain(*node.find("auth"), "D105",
                       "auth: tokens, but there is no file of tokens", {},
                       "tokens: FILE at the top");
    }
    return l;
  }

  bool read_endpoint(const YamlNode& node, ListenerSettings& l) {
    const std::string text = reader_.text(node, "at");
    const YamlNode* at = node.find("at");
    if (at == nullptr || text.empty()) return false;
    const auto endpoint = read_endpoint_text(text);
    if (!endpoint) {
      reader_.complain(*at, "D102",
                       fmt::format("{} is no place to listen at", text), {},
                       "tcp:127.0.0.1:8480, tcp:[::1]:8480, "
                       "unix:/run/simwarden/api.sock or systemd:NAME");
      return false;
    }
    l.at = *endpoint;
    return true;
  }

  // Which there are is known once the policies are loaded.
  Issue unknown_profile(const YamlNode& node, const std::string& name) {
    const YamlNode* at = node.find("profile");
    if (at == nullptr) return {};
    return reader_.file().issue("D111", at->place,
                                fmt::format("there is no profile {}", name));
  }

  // A start would open the first and then fail.
  void refuse_same_place(const YamlNode& node, const ListenerSettings& l) {
    const std::string place = to_text(l.at);
    const bool is_any_port = l.at.kind == Endpoint::Kind::tcp && l.at.port == 0;
    if (is_any_port || places_.insert(place).second) return;
    reader_.complain(*node.find("at"), "D115",
                     fmt::format("two doors are at {}", place), {},
                     "give each a place of its own");
  }

  // Who wrote it would believe the door guarded.
  void refuse_vain_mode(const YamlNode& node, const ListenerSettings& l) {
    const YamlNode* mode = node.find("mode");
    if (mode == nullptr || l.at.kind == Endpoint::Kind::local) return;
    const bool is_handed = l.at.kind == Endpoint::Kind::systemd;
    reader_.complain(*mode, "D109", "mode is for places unix:PATH only", {},
                     is_handed ? "SocketMode= in its .socket" : "");
  }

  void read_mode(const YamlNode& node, uint32_t& into) {
    const YamlNode* mode = node.find("mode");
    if (mode == nullptr) return;
    const std::string digits = reader_.text(node, "mode");
    const bool octal = digits.size() == 4 && digits[0] == '0' &&
                       std::all_of(digits.begin(), digits.end(),
                                   [](char c) { return c >= '0' && c <= '7'; });
    if (octal) {
      into = uint32_t(std::stoul(digits, nullptr, 8));
    } else if (!digits.empty()) {
      reader_.complain(*mode, "D103", "mode is not four octal digits", {},
                       "in quotes: \"0660\"");
    }
  }

  void read_answers(const YamlNode& node, MailAnswers& answers) {
    const YamlNode* at = node.find("answers");
    if (at == nullptr) return;
    reader_.keys(*at, {"review", "hold", "refuse"});
    if (at->type != YamlNode::Type::mapping) return;
    read_answer(*at, "review", answers.review);
    read_answer(*at, "hold", answers.hold);
    read_answer(*at, "refuse", answers.refuse);
  }
  void read_answer(const YamlNode& node, std::string_view key, Told& into) {
    const std::vector<std::string> names(kToldNames.begin(), kToldNames.end());
    const std::string word =
        reader_.choice(node, key, names, std::string(name_of(into)));
    if (const auto told = told_of(word)) into = *told;
  }

  void read_country(const YamlNode& node, ListenerSettings& l) {
    const auto text = reader_.optional_text(node, "country");
    if (!text) return;
    if (!row_of(l.door).takes_country) {
      reader_.complain(*node.find("country"), "D109",
                       fmt::format("country is not for the door {}", l.door),
                       {}, "there a record says it: \"country\":\"MY\"");
      return;
    }
    const Field& row = field(*find_field(Kind::message, "country"));
    Record record(Kind::message);
    if (read_scalar(record, row, *text).state == SlotState::given) {
      l.country = *text;
      return;
    }
    reader_.complain(*node.find("country"), "D114",
                     fmt::format("{} is no country", *text), {},
                     expected(row) + ", as in " + std::string(row.example));
  }

  // Keys of the doors for SMS and chats.
  void read_hook(const YamlNode& node, ListenerSettings& l) {
    l.latin1 =
        reader_.choice(node, "alphabet", {"gsm", "latin1"}, "gsm") == "latin1";
    const YamlNode* at = node.find("replies");
    if (at == nullptr) return;
    reader_.keys(*at, {"pass", "review", "hold", "refuse"});
    if (at->type != YamlNode::Type::mapping) return;
    for (size_t i = 0; i < kActionNames.size(); ++i) {
      l.replies[i] = reader_.optional_text(*at, kActionNames[i]).value_or("");
      if (l.replies[i].size() <= kReplyBytesMax) continue;
      reader_.complain(
          *at->find(kActionNames[i]), "D107",
          fmt::format("a reply has more than {} bytes", kReplyBytesMax));
    }
  }
  // What a door has no use for would be believed to be in force.
  void refuse_misplaced(const YamlNode& node, const ListenerSettings& l) {
    const DoorRow& row = row_of(l.door);
    for (const std::string& key : door_keys()) {
      const YamlNode* at = node.find(key);
      if (at == nullptr || row.has_key(key)) continue;
      const std::vector<std::string_view> owners = owners_of(key);
      if (owners.empty()) continue;
      reader_.complain(
          *at, "D109",
          fmt::format("{} is for the door{} {} only", key,
                      owners.size() == 1 ? "" : "s", fmt::join(owners, ", ")));
    }
    if (!l.tokens || row.takes_tokens) return;
    reader_.complain(*node.find("auth"), "D109",
                     fmt::format("the protocol of the door {} has no place for "
                                 "a token",
                                 l.door),
                     {},
                     "say who reaches it: a Unix socket with its mode, or tls: "
                     "with a client_ca");
  }

  // What people say of a mail is a decision about its stored verdict.
  void refuse_vain_learning(const YamlNode& node, const ListenerSettings& l,
                            const ServeSettings& s) {
    if (!l.learn || !row_of(l.door).has_key("learn")) return;
    if (s.store.db.empty()) {
      reader_.complain(*node.find("learn"), "D112",
                       "learn: true, but nothing is stored: what people say "
                       "has nowhere to go",
                       {}, "store: with db: FILE at the top");
    } else if (!l.keep) {
      reader_.complain(*node.find("learn"), "D112",
                       "learn: true, but this door keeps no verdict: what "
                       "people say has nowhere to go",
                       {}, "leave keep: false out");
    }
  }

  void read_tls(const YamlNode& node, ListenerSettings& l) {
    const YamlNode* tls = node.find("tls");
    if (tls == nullptr) return;
    reader_.keys(*tls, {"certificate", "key", "client_ca"});
    if (tls->type != YamlNode::Type::mapping) return;
    for (const auto& [key, into] :
         {std::pair{"certificate", &l.tls.certificate},
          std::pair{"key", &l.tls.key}}) {
      if (reader_.require(*tls, key)) *into = name_of_something(*tls, key);
    }
    l.tls.client_ca = name_of_something(*tls, "client_ca");
  }

  void read_limits(const YamlNode& node, DoorLimits& limits) {
    const YamlNode* at = node.find("limits");
    if (at == nullptr) return;
    reader_.keys(*at, {"connections", "headers", "request", "records"});
    if (at->type != YamlNode::Type::mapping) return;
    count(*at, "connections", kConnections, limits.connections);
    count(*at, "records", kRecords, limits.records);
    size(*at, "headers", kHeaderBytes, limits.header_bytes);
    size(*at, "request", kRequestBytes, limits.request_bytes);
  }

  void read_timeouts(const YamlNode& node, DoorTimeouts& timeouts) {
    const YamlNode* at = node.find("timeouts");
    if (at == nullptr) return;
    reader_.keys(*at, {"idle", "request", "write"});
    if (at->type != YamlNode::Type::mapping) return;
    time(*at, "idle", timeouts.idle);
    time(*at, "request", timeouts.request);
    time(*at, "write", timeouts.write);
  }

  // Its largest bodies would be told to come again for ever.
  void refuse_small_memory(const YamlNode& root, const ServeSettings& s) {
    const YamlNode* memory = root.find("memory");
    for (const ListenerSettings& l : s.listeners) {
      const uint64_t most = parts_of(s.memory, s.listeners.size()).most();
      if (l.limits.request_bytes <= most) continue;
      reader_.complain(
          memory ? *memory : root, "D107",
          fmt::format("memory is {}, of which the door {} has {} at most, and "
                      "it takes requests of {}",
                      spelt(s.memory, kSizes), l.name, spelt(most, kSizes),
                      spelt(l.limits.request_bytes, kSizes)),
          {},
          "memory: eight times the largest request, or a smaller "
          "limits.request");
    }
  }

  // Who opens a door to the network says how it is guarded, or that it is not.
  void refuse_open_door(const YamlNode& node, const ListenerSettings& l) {
    if (is_local_only(l.at) || !is_unguarded(l)) return;
    reader_.complain(
        *node.find("at"), "D104",
        fmt::format("{} can be reached from other machines, without TLS",
                    to_text(l.at)),
        {}, std::string(kHowToGuard));
  }

  // A file, a person: "" would be taken for a key that is not there.
  std::string name_of_something(const YamlNode& node, std::string_view key) {
    const auto text = reader_.optional_text(node, key);
    if (!text) return {};
    if (text->empty()) {
      reader_.complain(*node.find(key), "D110", fmt::format("{} is empty", key),
                       {}, "leave the key out if there is none");
    }
    return *text;
  }

  bool flag(const YamlNode& node, std::string_view key, bool otherwise) {
    const YamlNode* value = node.find(key);
    if (value == nullptr) return otherwise;
    const bool plain = value->type == YamlNode::Type::scalar && !value->quoted;
    if (plain && value->scalar == "true") return true;
    if (plain && value->scalar == "false") return false;
    reader_.complain(*value, "D106", fmt::format("{} is true or false", key));
    return otherwise;
  }

  void count(const YamlNode& node, std::string_view key, Range range,
             uint32_t& into) {
    const YamlNode* value = node.find(key);
    if (value == nullptr) return;
    const auto number = reader_.optional_number(node, key);
    if (!number) return;
    // The range first: what is below zero has no uint64_t.
    if (*number < double(range.least) || *number > double(range.most) ||
        *number != double(uint64_t(*number))) {
      reader_.complain(*value, "D107",
                       fmt::format("{} is not within {} and {}", key,
                                   range.least, range.most));
      return;
    }
    into = uint32_t(*number);
  }

  template <typename T>
  void size(const YamlNode& node, std::string_view key, Range range, T& into) {
    const auto bytes = quantity(node, key, kSizes, range, "512 KiB, 8 MiB");
    if (bytes) into = T(*bytes);
  }
  void time(const YamlNode& node, std::string_view key, milliseconds& into) {
    const auto ms =
        quantity(node, key, kTimes, kMilliseconds, "500ms, 10s, 2m");
    if (ms) into = milliseconds(int64_t(*ms));
  }

  std::optional<uint64_t> quantity(const YamlNode& node, std::string_view key,
                                   std::span<const Unit> units, Range range,
                                   std::string_view examples) {
    const YamlNode* value = node.find(key);
    if (value == nullptr) return std::nullopt;
    // A number lacks its unit, not quotes.
    const std::string text =
        value->scalar.empty() ? reader_.text(node, key) : value->scalar;
    if (text.empty()) return std::nullopt;
    const auto read = read_quantity(text, units);
    if (!read) {
      const bool bare = text.find_first_not_of("0123456789") == text.npos;
      reader_.complain(*value, "D108",
                       bare ? fmt::format("{} has no unit", key)
                            : fmt::format("{} is no number with a unit of {}",
                                          key, names_of(units)),
                       {}, fmt::format("such as {}", examples));
      return std::nullopt;
    }
    if (*read < range.least || *read > range.most) {
      reader_.complain(
          *value, "D107",
          fmt::format("{} is not within {} and {}", key,
                      spelt(range.least, units), spelt(range.most, units)));
      return std::nullopt;
    }
    return read;
  }

  // In the largest unit that leaves a whole number.
  static std::string spelt(uint64_t value, std::span<const Unit> units) {
    const Unit* best = &units.front();
    for (const Unit& unit : units) {
      if (value >= unit.factor && value % unit.factor == 0) best = &unit;
    }
    return fmt::format("{} {}", value / best->factor, best->name);
  }

  static std::string names_of(std::span<const Unit> units) {
    std::string names;
    for (const Unit& unit : units) {
      names += names.empty() ? "" : ", ";
      names += unit.name;
    }
    return names;
  }

  static std::optional<uint64_t> read_quantity(std::string_view text,
                                               std::span<const Unit> units) {
    uint64_t number = 0;
    size_t at = 0;
    constexpr size_t kDigitsMax = 12;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
      number = number * 10 + uint64_t(text[at++] - '0');
      if (at > kDigitsMax) return std::nullopt;
    }
    if (at == 0) return std::nullopt;
    if (at < text.size() && text[at] == ' ') ++at;
    for (const Unit& unit : units) {
      if (text.substr(at) == unit.name) return number * unit.factor;
    }
    return std::nullopt;
  }

  YamlReader reader_;
  std::set<std::string> names_;
  std::set<std::string> places_;
};

}  // namespace

size_t ServeSettings::index_of(const ListenerSettings& listener) const {
  size_t at = 0;
  while (at < listeners.size() && &listeners[at] != &listener) ++at;
  CHECK(at < listeners.size(), "asked of these listeners, not of copies");
  return at;
}

ServeSettings read_settings(const SourceText& file, Issues& issues) {
  const auto root = salvage_yaml(file, issues);
  if (!root) return {};
  return SettingsReader(file, issues).read(*root);
}

}  // namespace simwarden
