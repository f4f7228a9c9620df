// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "contact/account_keys.h"
#include "contact/account_rules.h"
#include "contact/account_words.h"
#include "contact/ascii.h"
#include "contact/bare_names.h"
#include "contact/finders.h"
#include "contact/labels.h"
#include "contact/link_slips.h"
#include "contact/name_meaning.h"
#include "contact/numbers.h"
#include "contact/parted_names.h"
#include "contact/pointers.h"
#include "contact/prefixes.h"
#include "contact/spelled_names.h"
#include "contact/told_words.h"

// Accounts that stand beside a messenger's name: "TG💪+ @demo_x",
// "加微信: demo_x8", "WhatsApp +1 555 …", "13800138000 微信同号". A name alone
// is no contact, nor is what merely follows a name: "Telegram is down",
// "flight TG 402", "微信支付". How much must mark the account hangs on the
// messenger and on how ordinary its name is.
namespace simwarden {
namespace {

// No account begins with a zero; so long a number behind the name of the
// service is one all the same, mistyped or invented for a drill.
constexpr size_t kInventedMin = 9;
// National numbers with their area code.
constexpr size_t kTrunkDigits = 10;
// Auctioned Telegram names have four letters.
constexpr size_t kShortName = 4;
// From "@name" back to the messenger's name, and forward: one clause.
constexpr size_t kReachBack = 40;
constexpr size_t kReachOn = 14;
// From the messenger's name to one that is spelled letter by letter, and in
// how many places of a text such a one is looked for.
constexpr size_t kSpelledReach = 48;
constexpr size_t kSearchesMax = 32;

constexpr Label kNamelessLabel{"", "handle", 0};
constexpr LabelHit kNameless{{}, &kNamelessLabel, false, false, false};

class HandleFinder {
 public:
  HandleFinder(Scene& scene, Followable& found)
      : scene_(scene), t_(scene.text()), found_(found) {}

  void run() {
    hits_ = find_labels(t_, scene_.leads());
    found_.cut = found_.cut || hits_.size() >= kLabelsMax;
    const auto unreadable = [this](const LabelHit& hit) {
      return scene_.is_claimed(hit.range) ||
             is_inside_encoded(scene_.written(), scene_.original(hit.range));
    };
    hits_.erase(std::remove_if(hits_.begin(), hits_.end(), unreadable),
                hits_.end());
    for (const LabelHit& hit : hits_) {
      const AccountRule* rule = account_rule_of(hit.label->kind);
      if (rule != nullptr && !scene_.is_claimed(hit.range)) look(hit, *rule);
    }
    take_at_names();
    take_keys();
    find_bare_names(scene_, hits_, found_);
  }

 private:
  void look(const LabelHit& hit, const AccountRule& rule) {
    const uint16_t flags = hit.label->flags;
    const bool single = (flags & (kColon | kOffered)) != 0;
    if (single && !hit.added && rule.kind == "qq") {
      return take_colon_number(hit);
    }
    const Gap gap = gap_after(t_, hit.range.end);
    if (rule.kind == "handle") {
      if (take_key(hit, gap)) return;
      if (!take_told_name(hit, rule, gap) && !take_told_number(hit, gap) &&
          !take_signed_name(hit, rule, gap)) {
        take_spelled_name(hit, rule, gap);
      }
      return;
    }
    if (!reaches(hit, gap)) return;
    if (take_dressed_name(hit, rule, gap)) return;
    if ((flags & kOnlyAt) != 0 && !gap.at_sign) {
      const bool offered = gap.colon && gap.words == 0 && is_offered(hit);
      if (offered || has_underscore(rule, gap)) take_name(hit, rule, gap);
      return;
    }
    if (take_pieced_name(hit, rule, gap)) return;
    if (take_name(hit, rule, gap) || take_number(hit, rule, gap)) return;
    if (take_spaced_name(hit, rule, gap)) return;
    if (take_signed_name(hit, rule, gap)) return;
    if (take_name_before(hit, rule)) return;
    if ((flags & kOnlyAt) == 0) take_number_before(hit, rule, gap);
    if (!scene_.is_claimed(hit.range)) take_spelled_name(hit, rule, gap);
  }

  // Two letters at the end of a line name no messenger for what stands on the
  // next one, unless a sign says so.
  bool reaches(const LabelHit& hit, const Gap& gap) const {
    const std::string_view label = hit.label->text;
    const bool weak = !label.empty() && is_ascii(label[0]) &&
                      (label.size() <= 2 || is_weak(hit));
    if (!weak || gap.at_sign || gap.colon || gap.id_word) return true;
    return scene_.raw({hit.range.end, gap.end}).find('\n') ==
           std::string_view::npos;
  }

  // Cards or lines are offered near it.
  bool is_offered(const LabelHit& hit) const {
    return offers_wares(t_, hit.range.begin, hit.range.end);
  }

  // "tele: demo_x".
  bool has_underscore(const AccountRule& rule, const Gap& gap) const {
    const Range name{gap.end, name_end(rule, gap.end)};
    return scene_.slice(name).find('_') != std::string_view::npos;
  }

  // Names -------------------------------------------------------------------

  size_t name_end(const AccountRule& rule, size_t begin) const {
    size_t end = begin;
    while (is_alnum(at(t_, end)) || is_one_of(at(t_, end), rule.signs)) ++end;
    while (end > begin && is_one_of(t_[end - 1], ".-:#")) --end;
    return end;
  }

  // Not "demo@example.com", not "demo.example.com".
  bool is_name(const AccountRule& rule, Range name, size_t shortest) const {
    const size_t size = name.end - name.begin;
    if (size < shortest || size > rule.name_max) return false;
    if (rule.letter_first && !is_letter(at(t_, name.begin))) return false;
    if (is_one_of(at(t_, name.end), "@=")) return false;
    return !(at(t_, name.end) == '.' && is_alnum(at(t_, name.end + 1))) ||
           begins_sentence(scene_, name.end + 1);
  }

  bool take_name(const LabelHit& hit, const AccountRule& rule, const Gap& gap) {
    if (rule.name_min == 0) return false;
    const Range name{gap.end, name_end(rule, gap.end)};
    const bool short_one = gap.at_sign && rule.kind == "telegram";
    if (!is_name(rule, name, short_one ? kShortName : rule.name_min)) {
      return false;
    }
    // "d-e-m-o_x": its characters stand apart.
    if (at(t_, name.begin + 1) == '-' && at(t_, name.begin + 3) == '-') {
      return false;
    }
    if (!is_name_meant(scene_, hit, gap, name)) return false;
    if (rule.kind == "signal" && !is_signal_name(scene_.slice(name))) {
      return false;
    }
    const Range whole{hit.range.begin, name.end};
    add(hit, whole, name,
        std::string(rule.prefix) + std::string(scene_.slice(name)));
    return true;
  }

  // "demo\U0001F525_\U0001F525x": the same signs between the parts, which the
  // plain view has a space for.
  bool take_dressed_name(const LabelHit& hit, const AccountRule& rule,
                         const Gap& gap) {
    if (rule.name_min == 0 || is_ordinary(hit)) return false;
    size_t end = name_end(rule, gap.end);
    const std::string_view dress = dress_at(scene_, end);
    if (dress.empty()) return false;
    std::string name(scene_.slice({gap.end, end}));
    while (dress_at(scene_, end) == dress && name.size() <= rule.name_max) {
      const Range part{end + 1, name_end(rule, end + 1)};
      name += scene_.slice(part);
      end = part.end;
    }
    const bool telling = name.find('_') != name.npos || gap.marked();
    if (!telling || name.size() < rule.name_min ||
        name.size() > rule.name_max || !is_letter(name[0])) {
      return false;
    }
    add(hit, {hit.range.begin, end}, {gap.end, end},
        std::string(rule.prefix) + name);
    return true;
  }

  // "ID: demo_x", 账号:demo_x8. "@name" is looked for apart.
  bool take_told_name(const LabelHit& hit, const AccountRule& rule,
                      const Gap& gap) {
    const bool service = (hit.label->flags & kService) != 0;
    AccountRule own = rule;
    if (service) own.signs = "._";
    const Range name{gap.end, name_end(own, gap.end)};
    // "用户名demo_x": Han parts no words.
    const bool touches =
        gap.end == hit.range.end && !is_ascii(hit.label->text.back());
    const bool marked = (gap.colon || gap.id_word || touches) && !gap.at_sign;
    const bool offered = service && gap.words == 0 && is_offered(hit) &&
                         (gap.at_sign || is_of_person(scene_, name));
    if (!is_name(rule, name, rule.name_min)) return false;
    if (!offered && !(marked && is_told(hit, name))) {
      return false;
    }
    add(hit, {hit.range.begin, name.end}, name,
        std::string(rule.prefix) + std::string(scene_.slice(name)));
    return true;
  }

  // "Threema ID: DEMO0001".
  bool take_key(const LabelHit& hit, const Gap& gap) {
    const size_t size = service_key_at(scene_, hit.label->text, gap.end);
    const Range key{gap.end, gap.end + size};
    if (size == 0) return false;
    add(hit, {hit.range.begin, key.end}, key,
        "@" + std::string(scene_.slice(key)));
    return true;
  }

  // 蝙蝠号123456789 where cards are offered.
  bool take_told_number(const LabelHit& hit, const Gap& gap) {
    constexpr size_t kDigitsMin = 6;
    constexpr size_t kDigitsMax = 12;
    const bool own = names_a_number(hit.label->text);
    const bool service = (hit.label->flags & kService) != 0;
    if (!service || gap.at_sign || !(own || gap.colon || gap.id_word)) {
      return false;
    }
    const NumberRun run = read_number(t_, gap.end);
    const size_t size = run.digits().size();
    if (size < kDigitsMin || size > kDigitsMax || run.plus) return false;
    const bool year = size == 8 && (run.digits().starts_with("19") ||
                                    run.digits().starts_with("20"));
    if (is_alnum(at(t_, run.range.end)) || year || is_date(run, t_)) {
      return false;
    }
    if (is_counted(gap, run) || !is_offered(hit)) return false;
    add(hit, {hit.range.begin, run.range.end}, run.range,
        "@" + std::string(run.digits()));
    return true;
  }

  bool is_told(const LabelHit& hit, Range name) const {
    const bool service = (hit.label->flags & kService) != 0;
    return is_account_told(scene_, hit.range, name) ||
           (service && is_account_of_service(scene_, hit.range, name));
  }

  // "demo_x (tg)", "demo_x on LINE", but not "demo_x on line 5".
  bool take_name_before(const LabelHit& hit, const AccountRule& rule) {
    const Range name = name_before(t_, hit.range.begin);
    const char first = scene_.raw(hit.range)[0];
    const bool word = is_ordinary(hit) && is_small(first);
    if (rule.name_min == 0 || word || !is_name(rule, name, rule.name_min) ||
        !is_of_person(scene_, name)) {
      return false;
    }
    add(hit, {name.begin, hit.range.end}, name,
        std::string(rule.prefix) + std::string(scene_.slice(name)));
    return true;
  }

  // "v x: d e m o _ x 9 9": every character alone, on one line.
  bool take_spaced_name(const LabelHit& hit, const AccountRule& rule,
                        const Gap& gap) {
    const bool ordinary = is_ordinary(hit);
    const bool marked = gap.at_sign || gap.id_word || (gap.colon && !ordinary);
    if (rule.name_min == 0 || !marked) return false;
    std::string name;
    const size_t end = read_spaced_name(t_, gap.end, rule.name_max, name);
    const Range range{gap.end, end};
    if (name.size() < rule.name_min || name.size() > rule.name_max)
      return false;
    if (rule.letter_first && !is_letter(name[0])) return false;
    if (!same_block(hit.range, {end - 1, end})) return false;
    LabelHit spaced = hit;
    spaced.spaced = true;
    add(spaced, {hit.range.begin, end}, range, std::string(rule.prefix) + name);
    return true;
  }

  // "ig-nya demo titik kue titik kai", 抖音号demo点kai.
  bool take_signed_name(const LabelHit& hit, const AccountRule& rule,
                        const Gap& gap) {
    return rule.name_min != 0 &&
           take_told(hit, rule, read_signed_name(t_, gap.end));
  }

  // 微信号是demo然后888.
  bool take_pieced_name(const LabelHit& hit, const AccountRule& rule,
                        const Gap& gap) {
    return rule.name_min != 0 && gap.marked() &&
           take_told(hit, rule, read_pieced_name(t_, gap.end));
  }

  bool take_told(const LabelHit& hit, const AccountRule& rule,
                 const SpelledName& name) {
    const bool fits =
        name.text.size() >= rule.name_min && name.text.size() <= rule.name_max;
    if (!fits || is_weak(hit)) return false;
    LabelHit spelled = hit;
    spelled.spaced = true;
    add(spelled, {hit.range.begin, name.range.end}, name.range,
        std::string(rule.prefix) + name.text);
    return true;
  }

  // "insta: dee ee em oh", "дэ е эм о в телеге".
  void take_spelled_name(const LabelHit& hit, const AccountRule& rule,
                         const Gap& gap) {
    if (rule.name_min == 0 || searches_ >= kSearchesMax) return;
    ++searches_;
    const size_t from =
        hit.range.begin - std::min(hit.range.begin, kSpelledReach);
    SpelledName name = find_spelled_name(t_, gap.end, kSpelledReach);
    if (name.text.empty()) {
      name = find_spelled_name(t_, from, hit.range.begin - from);
    }
    if (name.text.empty() || name.text.size() > rule.name_max) return;
    LabelHit spelled = hit;
    spelled.spaced = true;
    add(spelled, name.range, name.range, std::string(rule.prefix) + name.text);
  }

  // Numbers -----------------------------------------------------------------

  // "Q:123456789", but not "Q: 12345 or more?".
  void take_colon_number(const LabelHit& hit) {
    size_t begin = hit.range.end;
    if (at(t_, begin) == ':') ++begin;
    if (at(t_, begin) == ' ') ++begin;
    size_t end = begin;
    while (is_digit(at(t_, end))) ++end;
    const size_t size = end - begin;
    const AccountRule& rule = *account_rule_of(hit.label->kind);
    if (size < rule.digits_min || size > rule.digits_max) return;
    const std::string_view digits = t_.substr(begin, size);
    const bool date =
        size == 8 && (starts_at(digits, 0, "19") || starts_at(digits, 0, "20"));
    const char next = at(t_, end);
    if (digits[0] == '0' || date || is_alnum(next)) return;
    if (is_one_of(next, "?%$@_-/:=+*") || goes_on(begin, end)) return;
    add(hit, {hit.range.begin, end}, {begin, end},
        (hit.label->group ? "group/" : "") + std::string(digits));
  }

  // A fraction goes on, or a sentence does on the same line.
  bool goes_on(size_t begin, size_t end) const {
    const char next = at(t_, end);
    if (is_one_of(next, ".,") && is_digit(at(t_, end + 1))) return true;
    const bool word = next == ' ' && is_alnum(at(t_, end + 1));
    return word && same_block({begin, end}, {end + 1, end + 2});
  }

  bool take_number(const LabelHit& hit, const AccountRule& rule,
                   const Gap& gap) {
    if (rule.digits_min == 0 || gap.at_sign) return false;
    NumberRun run = read_number(t_, gap.end);
    if (run.empty() || is_date(run, t_)) return false;
    if (run.digits().size() > rule.digits_max) run = run.first(1);
    if (!is_account_number(hit, rule, gap, run)) return false;
    const bool group = hit.label->group || gap.group;
    add(hit, {hit.range.begin, run.range.end}, run.range,
        (group ? "group/" : "") + number_value(rule, run));
    return true;
  }

  bool is_account_number(const LabelHit& hit, const AccountRule& rule,
                         const Gap& gap, const NumberRun& run) const {
    const size_t size = run.digits().size();
    if (size < rule.digits_min || size > rule.digits_max) return false;
    if (is_letter(at(t_, run.range.end)) || at(t_, run.range.end) == '@') {
      return false;
    }
    if (is_counted(gap, run)) return false;
    if (!rule.is_phone) {
      // "v:13800138000".
      const bool mobile = size == 11 && run.digits()[0] == '1';
      const bool weak = (hit.label->flags & kOffered) != 0 && !hit.added;
      if (weak && !mobile) return false;
      return !run.plus && (run.digits()[0] != '0' || size >= kInventedMin);
    }
    if (rule.kind == "telegram") return run.plus;
    const bool ordinary = is_ordinary(hit);
    // "WA 8123456789", "wa 0812…", "zap 11 91234-5678"; not "WA 98101".
    const bool wa = hit.label->text == "wa";
    const bool national =
        wa ? scene_.raw(hit.range) == "WA" || run.digits()[0] == '0'
           : hit.label->kind == "whatsapp" && size >= kTrunkDigits;
    return run.plus || !ordinary || gap.marked() ||
           (national && size >= kNationalDigitsMin);
  }

  // "企鹅 20000 只", "QQ 10000 条": so many of something.
  bool is_counted(const Gap& gap, const NumberRun& run) const {
    constexpr size_t kCountMax = 7;
    if (run.plus || gap.marked() || run.digits().size() > kCountMax) {
      return false;
    }
    const size_t end = run.range.end;
    const size_t word = at(t_, end) == ' ' ? end + 1 : end;
    return told_behind(Saying::count, t_, word) != 0;
  }

  std::string number_value(const AccountRule& rule,
                           const NumberRun& run) const {
    std::string digits(run.digits());
    if (!rule.is_phone) return digits;
    const Phone phone =
        read_written_phone(run, scene_.region(), {.asked = true});
    if (!phone.e164.empty()) return phone.e164;
    return (run.plus ? "+" : "") + digits;
  }

  // "+1 555 555 0101 (WhatsApp)", "13800138000 微信同号",
  // "13800138000（微信）".
  void take_number_before(const LabelHit& hit, const AccountRule& rule,
                          const Gap& gap) {
    const bool same =
        (rule.kind == "wechat" && gap.same) ||
        is_aside_of_number(t_, hit.range.begin, hit.range.end, rule);
    const bool ordinary = is_ordinary(hit);
    if (!same && (!rule.is_phone || ordinary)) return;
    size_t end = hit.range.begin;
    constexpr size_t kBetween = 4;
    for (size_t n = 0; n < kBetween && end > 0; ++n) {
      const CodePoint p = code_point_before(t_, end);
      if (is_word(p.c) || is_one_of(static_cast<char>(p.c), ".!?;")) break;
      end -= p.size;
    }
    if (!is_digit(before(t_, end))) return;
    const NumberRun run = run_ending_at(end);
    const size_t size = run.digits().size();
    if (size < 8 || size > 15 || run.range.end != end || is_date(run, t_))
      return;
    if (scene_.is_claimed(run.range)) return;
    if (!run.plus && size < 10 && !same) return;
    const size_t last = gap.same ? gap.words_end : hit.range.end;
    add(hit, {run.range.begin, std::max(last, hit.range.end)}, run.range,
        same ? std::string(run.digits()) : number_value(rule, run));
  }

  NumberRun run_ending_at(size_t end) const {
    constexpr size_t kWrittenMax = 24;  // "+1 (555) 555 - 0101"
    size_t begin = end;
    size_t first = end;
    while (begin > 0 && end - begin < kWrittenMax) {
      const char c = t_[begin - 1];
      if (!is_digit(c) && !is_one_of(c, " -.()+")) break;
      --begin;
      if (is_digit(c) || c == '+') first = begin;
      if (c == '+') break;
    }
    return read_number(t_, first);
  }

  // "@name" with the messenger's name elsewhere in the clause.
  void take_at_names() {
    const AccountRule& rule = *account_rule_of("telegram");
    for (const Lead& lead : scene_.leads()) {
      if (lead.kind != LeadKind::at) continue;
      const size_t i = lead.at;
      const char left = before(t_, i);
      if (is_alnum(left) || is_one_of(left, "._-/@")) continue;
      const size_t begin = at(t_, i + 1) == ' ' ? i + 2 : i + 1;
      const Range name{begin, name_end(rule, begin)};
      if (!is_name(rule, name, rule.name_min)) continue;
      // "@ demo_x", but not "2 @ three".
      const bool apart = begin != i + 1;
      if (apart && scene_.slice(name).find('_') == std::string_view::npos) {
        continue;
      }
      if (scene_.is_claimed({i, name.end})) continue;
      const LabelHit* hit = near_label({i, name.end});
      const bool spelled = scene_.how({i, i + 1}) == How::spelled_dot;
      if (hit == nullptr && !spelled && !is_asked_for(i) && !is_pointed_at(i) &&
          !is_owned({i, name.end})) {
        continue;
      }
      add(hit == nullptr ? kNameless : *hit, {i, name.end}, name,
          "@" + std::string(scene_.slice(name)));
    }
  }

  // "Session: 05a1b2…".
  void take_keys() {
    for (const Lead& lead : scene_.leads()) {
      if (lead.kind != LeadKind::digits) continue;
      const Range key{lead.at, lead.at + account_key_at(t_, lead.at)};
      if (key.begin == key.end) continue;
      add(kNameless, key, key, "@" + std::string(scene_.slice(key)));
    }
  }

  // "пишите @name", "DM @name", "私聊 @name": somebody wants to be written to,
  // where the service goes without saying.
  bool is_asked_for(size_t at_sign) const {
    constexpr size_t kReach = 28;
    const size_t from = at_sign > kReach ? at_sign - kReach : 0;
    const std::string_view window = t_.substr(from, at_sign - from);
    const size_t word =
        std::min(told_words(Saying::write).last_in(window), window.size());
    if (word == window.size()) return false;
    return same_block({from + word, from + word + 1}, {at_sign, at_sign + 1});
  }

  // "sims, owner @name", "手机卡 @name 秒回".
  bool is_owned(Range name) const {
    constexpr size_t kReach = 28;
    constexpr size_t kReachBehind = 16;
    const size_t from = name.begin - std::min(name.begin, kReach);
    const Words& words = told_words(Saying::offer);
    const bool told = words.found_in(t_.substr(from, name.begin - from)) ||
                      words.found_in(t_.substr(name.end, kReachBehind));
    return told && offers_goods(t_, name.begin, name.end);
  }

  // "👉 @name", "📩 @name": a sign that asks as plainly as a word.
  bool is_pointed_at(size_t at_sign) const {
    return is_behind_pointer(scene_.written(),
                             scene_.original({at_sign, at_sign + 1}).begin);
  }

  // The nearest label that is no ordinary word and whose accounts have an @.
  const LabelHit* near_label(Range name) const {
    const auto after = std::lower_bound(
        hits_.begin(), hits_.end(), name.begin,
        [](const LabelHit& h, size_t i) { return h.range.begin < i; });
    for (auto hit = after; hit != hits_.begin();) {
      --hit;
      if (hit->range.end + kReachBack < name.begin) break;
      if (has_at_names(*hit) && same_block(hit->range, name)) return &*hit;
    }
    if (after == hits_.end() || after->range.begin > name.end + kReachOn) {
      return nullptr;
    }
    const bool ok = has_at_names(*after) && same_block(after->range, name);
    return ok ? &*after : nullptr;
  }

  static bool has_at_names(const LabelHit& hit) {
    if ((hit.label->flags & (kOrdinary | kOnlyAt)) != 0) return false;
    if (is_weak(hit)) return false;
    return hit.label->kind == "telegram" || hit.label->kind == "instagram";
  }

  bool same_block(Range a, Range b) const {
    return scene_.block_of(scene_.original(a)) ==
           scene_.block_of(scene_.original(b));
  }

  // Out ---------------------------------------------------------------------

  void add(const LabelHit& hit, Range whole, Range value,
           std::string canonical) {
    if (scene_.is_claimed(value)) return;
    Contact contact;
    contact.span = scene_.original(whole);
    contact.kind = hit.label->kind;
    contact.value = std::move(canonical);
    contact.disguise = disguise(hit, whole, value);
    contact.wrapped = scene_.is_wrapped(whole);
    contact.block = scene_.block_of(contact.span);
    contact.official =
        is_official_account(scene_.registry(), contact.kind, contact.value);
    scene_.claim(whole);
    add_contact(found_, std::move(contact));
  }

  std::string disguise(const LabelHit& hit, Range whole, Range value) const {
    const bool number =
        is_digit(at(t_, value.begin)) || at(t_, value.begin) == '+';
    if (number) {
      if (is_spaced(read_number(t_, value.begin))) return "digit_words";
      std::string digits = scene_.disguise(value, true);
      if (digits == "digit_words") return digits;
    }
    std::string seen = scene_.disguise(whole, false);
    // 薇♥信 hides by 薇 for 微; the heart is only dress.
    const bool variant = (hit.label->flags & kVariant) != 0;
    if (variant && seen == "emoji") return "variant";
    if (!seen.empty()) return seen;
    if (hit.spaced) return "spaced";
    return variant || hit.likely ? "variant" : "";
  }

  Scene& scene_;
  std::string_view t_;
  Followable& found_;
  std::vector<LabelHit> hits_;
  size_t searches_ = 0;
};

}  // namespace

void find_handles(Scene& scene, Followable& found) {
  HandleFinder(scene, found).run();
}

}  // namespace simwarden
