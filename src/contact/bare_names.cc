// SPDX-License-Identifier: Apache-2.0
#include "contact/bare_names.h"

#include <algorithm>
#include <array>
#include <optional>

#include "contact/account_words.h"
#include "contact/finders.h"
#include "contact/found_accounts.h"
#include "spelling/told_words.h"
#include "text/look_around.h"

namespace simwarden {
namespace {

// A text with more such words is of a program.
constexpr long kNamesMax = 8;
// Words with figures that are looked at.
constexpr size_t kLooksMax = 64;
constexpr size_t kNameMin = 5;
constexpr size_t kNameMax = 32;
// Bytes in front of the name in which a word asks for it.
constexpr size_t kAskedReach = 40;
// Bytes to the messenger's name; to one that is an everyday word too.
constexpr size_t kLabelReach = 72;
constexpr size_t kOrdinaryReach = 48;
constexpr size_t kLabelReachOn = 24;

// They have no names, or only such as a number ends.
constexpr std::array<std::string_view, 6> kNameless = {
    "whatsapp", "viber", "zalo", "qq", "signal", "none"};

// Names of programs begin and end so: "get_demo", "user_id".
constexpr std::array<std::string_view, 31> kProgramFirst = {
    "get",  "set",  "send",  "is",    "has",  "on",    "my",     "new",
    "add",  "use",  "test",  "load",  "save", "read",  "run",    "num",
    "max",  "min",  "user",  "error", "file", "log",   "e",      "sim",
    "esim", "data", "first", "last",  "next", "total", "default"};
constexpr std::array<std::string_view, 36> kProgramLast = {
    "id",    "ids",   "key",    "name",   "file",  "data", "type", "code",
    "list",  "log",   "status", "config", "url",   "json", "date", "time",
    "value", "count", "index",  "size",   "field", "api",  "text", "number",
    "card",  "sim",   "up",     "in",     "off",   "out",  "now",  "case",
    "line",  "demo",  "at",     "by"};

bool is_name_of_program(std::string_view name) {
  return is_one_of(name.substr(0, name.find('_')), kProgramFirst) ||
         is_one_of(name.substr(name.rfind('_') + 1), kProgramLast);
}

Range name_around(std::string_view t, size_t i) {
  Range name{i, i};
  while (name.begin > 0 && is_name_char(t[name.begin - 1]) &&
         i - name.begin <= kNameMax) {
    --name.begin;
  }
  while (is_name_char(at(t, name.end)) && name.end - i <= kNameMax) ++name.end;
  return name;
}

class NameFinder {
 public:
  NameFinder(Scene& scene, const std::vector<LabelHit>& labels,
             Followable& found)
      : scene_(scene), t_(scene.text()), labels_(labels), found_(found) {}

  void run() {
    const auto& leads = scene_.leads();
    const auto names = std::count_if(
        leads.begin(), leads.end(),
        [](const Lead& lead) { return lead.kind == LeadKind::name; });
    size_t looks = 0;
    for (const Lead& lead : leads) {
      const bool figures =
          lead.kind == LeadKind::digits && is_letter(before(t_, lead.at));
      if (figures && looks++ < kLooksMax) {
        take_telling(name_around(t_, lead.at));
      }
      if (lead.kind != LeadKind::name || names > kNamesMax) continue;
      const Range name = name_around(t_, lead.at);
      if (may_be_name(name)) take(name);
    }
  }

 private:
  bool may_be_name(Range name) const {
    const size_t size = name.end - name.begin;
    if (size < kNameMin || size > kNameMax || scene_.is_claimed(name)) {
      return false;
    }
    return is_apart(name) &&
           (is_of_person(scene_, name) || is_quoted_to_search(name));
  }

  // Search "demo_x" in Telegram.
  bool is_quoted_to_search(Range name) const {
    const CodePoint left = code_point_before(t_, name.begin);
    const CodePoint right = code_point_at(t_, name.end);
    constexpr std::u32string_view kQuotes = U"\"\u201C\u201D\u00AB\u00BB";
    if (kQuotes.find(left.c) == kQuotes.npos ||
        kQuotes.find(right.c) == kQuotes.npos) {
      return false;
    }
    const size_t begin = name.begin - left.size;
    const size_t end = before(t_, begin) == ' ' ? begin - 1 : begin;
    return told_before(Saying::search, t_, end) != 0 &&
           near_label(name) != nullptr &&
           !is_name_of_program(scene_.slice(name));
  }

  // No part of a host, an address or a tag.
  bool is_apart(Range name) const {
    const bool host =
        is_one_of(at(t_, name.end), ".-") && is_alnum(at(t_, name.end + 1));
    const char right = at(t_, name.end);
    const bool behind = right == '@' && !is_alnum(at(t_, name.end + 1)) &&
                        is_told_reversed(name);
    return !host && !scene_.is_claimed(name) &&
           !is_one_of(before(t_, name.begin), "@#%&+*|~.-/") &&
           (behind || !is_one_of(right, "@#"));
  }

  // "snap, im demo88": beside its service, and said or asked for.
  void take_telling(Range name) {
    const size_t size = name.end - name.begin;
    constexpr size_t kTellingMin = 6;
    if (size < kTellingMin || size > kNameMax || !is_apart(name) ||
        scene_.slice(name).find('_') != std::string_view::npos ||
        !is_account_of_service(scene_, {name.begin, name.begin}, name)) {
      return;
    }
    const LabelHit* label = near_label(name);
    if (label == nullptr && is_behind_bubble(name)) {
      return add(nullptr, name, false);
    }
    const bool service =
        label != nullptr && (label->label->flags & kService) != 0;
    if (label == nullptr || (kind_of(label) == "handle" && !service) ||
        (label->label->flags & kOrdinary) != 0 ||
        label->range.end > name.begin) {
      return;
    }
    if (is_said(name.begin) || is_asked_for(name)) add(label, name, false);
  }

  void take(Range name) {
    const LabelHit* label = near_label(name);
    const How how = scene_.how(name);
    const std::string_view written = scene_.raw(name);
    const bool foreign = std::any_of(written.begin(), written.end(),
                                     [](char c) { return !is_ascii(c); });
    // "underscore" is a verb, too.
    const bool hidden =
        how == How::spaced || how == How::turned ||
        (how == How::spelled_dot && (label != nullptr || foreign));
    const bool reversed = is_told_reversed(name);
    if (hidden || reversed || is_meant(label, name)) {
      add(label, name, reversed);
    }
  }

  // "卡商 💚💬 demo_x": the sign of a messenger where sellers name goods.
  bool is_behind_bubble(Range name) const {
    constexpr std::u32string_view kBubbles =
        U"\U0001F499\U0001F49A\U0001F4AC\U0001F4F2\U0001F535\U0001F7E2"
        U"\U0001F7E9\U0001F47B";
    const std::string_view all = scene_.written();
    size_t end = scene_.original(name).begin;
    if (before(all, end) == ' ') --end;
    CodePoint sign = code_point_before(all, end);
    if (sign.c == 0xFE0F) sign = code_point_before(all, end - sign.size);
    return kBubbles.find(sign.c) != kBubbles.npos &&
           !prose_goes_on(scene_, name.end) &&
           offers_goods(t_, name.begin, name.end);
  }

  bool is_of_program() const {
    if (!program_) program_ = is_of_program_text();
    return *program_;
  }

  // What code, logs and diffs have.
  bool is_of_program_text() const {
    constexpr std::array<std::string_view, 19> kCode = {
        "()",  "::",  "->",  "==",  "*/",  "/*",  "{",  "};",  "(void", "0x",
        ".c:", ".cc", ".ac", ".py", ".c ", "```", "('", "(\"", "; //"};
    return std::any_of(kCode.begin(), kCode.end(),
                       [this](auto sign) { return t_.find(sign) != t_.npos; });
  }

  // "is demo_x", "é: demo_x".
  bool is_said(size_t i) const {
    constexpr size_t kSignsMax = 3;
    for (size_t n = 0; n < kSignsMax && is_one_of(before(t_, i), " :=-"); ++n) {
      --i;
    }
    return told_before(Saying::is, t_, i) != 0;
  }

  bool is_meant(const LabelHit* label, Range name) const {
    if (is_of_program()) return false;
    if (is_behind_bubble(name)) return true;
    if (label != nullptr) {
      return is_said(name.begin) || is_asked_for(name) ||
             is_behind(*label, name);
    }
    return !is_name_of_program(scene_.slice(name)) &&
           !is_of_something_else(name) && is_asked_for(name) &&
           !(follows_colon(name) && prose_goes_on(scene_, name.end));
  }

  // "account: savings_acct".
  bool follows_colon(Range name) const {
    const size_t end =
        before(t_, name.begin) == ' ' ? name.begin - 1 : name.begin;
    return before(t_, end) == ':';
  }

  // "Telegram … demo_x".
  bool is_behind(const LabelHit& label, Range name) const {
    return (label.label->flags & kOrdinary) == 0 &&
           label.range.end <= name.begin &&
           !is_name_of_program(scene_.slice(name)) &&
           !prose_goes_on(scene_, name.end);
  }

  // "游戏ID:demo_x", "ref ID: demo_x": whose account it is stands before.
  bool is_of_something_else(Range name) const {
    constexpr size_t kReach = 4;
    const auto account =
        std::find_if(labels_.begin(), labels_.end(), [&](const LabelHit& hit) {
          return hit.label->kind == "handle" && hit.range.end <= name.begin &&
                 hit.range.end + kReach >= name.begin;
        });
    return account != labels_.end() &&
           !is_account_told(scene_, account->range, name);
  }

  bool is_asked_for(Range name) const {
    const size_t from = name.begin > kAskedReach ? name.begin - kAskedReach : 0;
    const std::string_view window = t_.substr(from, name.begin - from);
    for (const Saying saying : {Saying::write, Saying::search}) {
      const size_t word = told_words(saying).last_in(window);
      if (word != window.npos &&
          scene_.same_block({from + word, from + word + 1}, name)) {
        return true;
      }
    }
    return false;
  }

  // The one in front sooner than the one behind.
  const LabelHit* near_label(Range name) const {
    const auto after = std::lower_bound(
        labels_.begin(), labels_.end(), name.begin,
        [](const LabelHit& hit, size_t i) { return hit.range.begin < i; });
    for (auto hit = after; hit != labels_.begin();) {
      --hit;
      if (hit->range.end + kLabelReach < name.begin) break;
      if (is_near(*hit, name.begin - std::min(name.begin, hit->range.end))) {
        return &*hit;
      }
    }
    if (after == labels_.end()) return nullptr;
    const size_t gap =
        after->range.begin - std::min(after->range.begin, name.end);
    const bool ordinary = (after->label->flags & kOrdinary) != 0;
    return gap <= kLabelReachOn && !ordinary && is_near(*after, gap) ? &*after
                                                                     : nullptr;
  }

  static bool is_near(const LabelHit& hit, size_t gap) {
    const uint16_t flags = hit.label->flags;
    const bool ordinary = (flags & kOrdinary) != 0;
    const bool account =
        hit.label->kind == "none" ||
        (hit.label->kind == "handle" && (flags & kService) == 0);
    return !account && gap <= (ordinary ? kOrdinaryReach : kLabelReach);
  }

  // "flow_omed, read it backwards".
  bool is_told_reversed(Range name) const {
    const size_t from = name.begin > kAskedReach ? name.begin - kAskedReach : 0;
    const Words& words = told_words(Saying::reversed);
    return words.found_in(t_.substr(from, name.begin - from)) ||
           words.found_in(t_.substr(name.end, kAskedReach));
  }

  void add(const LabelHit* label, Range name, bool reversed) {
    const std::string kind = kind_of(label);
    const bool at =
        kind == "telegram" || kind == "handle" || kind == "instagram";
    std::string value(scene_.slice(name));
    if (reversed) std::reverse(value.begin(), value.end());
    Contact contact = account_at(scene_, name, kind, (at ? "@" : "") + value);
    contact.disguise = reversed ? "variant" : scene_.disguise(name, false);
    const bool hides = label != nullptr && is_disguised(*label);
    if (hides && contact.disguise.empty()) contact.disguise = "variant";
    scene_.claim(name);
    add_contact(found_, std::move(contact));
  }

  static std::string kind_of(const LabelHit* label) {
    const bool named =
        label != nullptr && !is_one_of(label->label->kind, kNameless);
    return std::string(named ? label->label->kind : "handle");
  }

  Scene& scene_;
  std::string_view t_;
  const std::vector<LabelHit>& labels_;
  Followable& found_;
  mutable std::optional<bool> program_;
};

}  // namespace

void find_bare_names(Scene& scene, const std::vector<LabelHit>& labels,
                     Followable& found) {
  NameFinder(scene, labels, found).run();
}

}  // namespace simwarden
