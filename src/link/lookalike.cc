// SPDX-License-Identifier: Apache-2.0
#include "link/lookalike.h"

#include <algorithm>
#include <array>
#include <memory>

#include <unicode/unorm2.h>
#include <unicode/uspoof.h>
#include <unicode/utf16.h>

#include "link/hosts.h"
#include "text/look_around.h"

// Hosts that want to be taken for an operator's. The name is split into the
// label that its owner chose ("demo-sim" of "www.demo-sim.co.uk") and the
// labels before it; both lose their accents and their look-alike letters. A
// label is held against official labels, and a brand is looked for where a
// reader would see it: as a part of its own, or glued to a word that swindlers
// add. "fairtelecom.com" and "best-mobile.com" are nobody's copies.
namespace simwarden {
namespace {

// Words that make a short brand an operator: "ee-sim.top", not "ee.dance".
constexpr std::array<std::string_view, 11> kTelecomWords = {
    "sim",  "esim",  "kyc", "recharge", "4g",     "5g",
    "bill", "topup", "otp", "prepaid",  "roaming"};

// Words that are added to a brand to make a name that is still free; beside
// the telecom words. In skeleton spelling they are compared as they are.
constexpr std::array<std::string_view, 62> kAddedWords = {
    "account",  "activate", "activation", "alert",    "app",    "apps",
    "balance",  "bank",     "billing",    "bonus",    "card",   "care",
    "cashback", "center",   "centre",     "chat",     "check",  "claim",
    "cn",       "com",      "confirm",    "customer", "data",   "gift",
    "group",    "help",     "id",         "info",     "kefu",   "login",
    "mobile",   "my",       "net",        "number",   "offer",  "offers",
    "official", "online",   "pay",        "payment",  "plan",   "plus",
    "portal",   "promo",    "refund",     "register", "reward", "rewards",
    "secure",   "security", "service",    "services", "shop",   "store",
    "support",  "telecom",  "update",     "upgrade",  "user",   "verify",
    "web",      "wifi"};

// Long enough not to begin or to be in another word by chance.
constexpr size_t kTellingBrand = 6;
constexpr size_t kLongBrand = 9;
// Shorter labels have too many honest namesakes and neighbours.
constexpr size_t kNearLabelMin = 5;
// Of a registrable domain, its suffix and hyphens counted; a host of 127 labels
// is looked through in a moment all the same.
constexpr size_t kDomainPartsMax = 8;

struct CloseSpoof {
  void operator()(USpoofChecker* checker) const { uspoof_close(checker); }
};

// The ASCII letter that UTS 39 (confusables.txt) gives for a character, or
// '\0'. One checker for the process; ICU lets threads share it.
char confusable_letter(char32_t c) {
  static const std::unique_ptr<USpoofChecker, CloseSpoof> kChecker = [] {
    UErrorCode error = U_ZERO_ERROR;
    return std::unique_ptr<USpoofChecker, CloseSpoof>(uspoof_open(&error));
  }();
  if (kChecker == nullptr) return '\0';
  UChar from[2];
  int32_t size = 0;
  U16_APPEND_UNSAFE(from, size, static_cast<UChar32>(c));
  UChar to[32];
  UErrorCode error = U_ZERO_ERROR;
  const int32_t got =
      uspoof_getSkeleton(kChecker.get(), 0, from, size, to, 32, &error);
  if (U_FAILURE(error) || got != 1 || to[0] >= 0x80) return '\0';
  const char letter = static_cast<char>(to[0]);
  if (letter >= 'A' && letter <= 'Z') return static_cast<char>(letter + 32);
  return is_alnum(letter) ? letter : '\0';
}

char32_t decomposed(char32_t c) {
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* nfkd = unorm2_getNFKDInstance(&error);
  UChar to[32];
  const int32_t size = U_FAILURE(error)
                           ? 0
                           : unorm2_getDecomposition(
                                 nfkd, static_cast<UChar32>(c), to, 32, &error);
  if (U_FAILURE(error) || size <= 0) return c;
  UChar32 first = 0;
  U16_GET(to, 0, 0, size, first);
  return static_cast<char32_t>(first);
}

// Drops accents and maps look-alikes to Latin. A letter that is like none
// becomes "?" and parts words.
std::string latin_letters(std::string_view unicode) {
  std::string out;
  for (size_t i = 0; i < unicode.size();) {
    const CodePoint p = code_point_at(unicode, i);
    i += p.size;
    if (p.c < 0x80) {
      out.push_back(static_cast<char>(p.c));
      continue;
    }
    const char32_t c = decomposed(p.c);
    char latin = c < 0x80 ? static_cast<char>(c) : latin_double(c);
    if (latin == '\0') latin = confusable_letter(c);
    if (latin != '\0') {
      out.push_back(latin);
    } else if (is_word(c) && !(c >= 0x300 && c < 0x370)) {
      out.push_back('?');
    }
  }
  return out;
}

// A row of labels without their separators.
struct Joined {
  std::string text;            // the skeleton
  std::string letters;         // as written, of the same size or longer
  std::vector<size_t> starts;  // where parts begin in text, and its end
};

Joined joined(std::string_view name) {
  Joined j;
  for (size_t i = 0; i < name.size();) {
    const size_t end = std::min(name.find_first_of("-_.?", i), name.size());
    if (end > i) {
      j.starts.push_back(j.text.size());
      j.text += skeleton_of(name.substr(i, end - i));
      j.letters += name.substr(i, end - i);
    }
    i = end + 1;
  }
  j.starts.push_back(j.text.size());
  return j;
}

// A telecom word that is a part of its own, or begins or ends a longer part.
bool has_telecom_word(std::string_view name) {
  return std::any_of(kTelecomWords.begin(), kTelecomWords.end(),
                     [&](std::string_view word) {
                       for (size_t i = name.find(word); i != name.npos;
                            i = name.find(word, i + 1)) {
                         const bool starts = !is_alnum(before(name, i));
                         const bool ends = !is_alnum(at(name, i + word.size()));
                         if (starts || ends) return true;
                       }
                       return false;
                     });
}

bool is_added_word(std::string_view skeleton) {
  const auto same = [&](std::string_view word) {
    return skeleton_of(word) == skeleton;
  };
  return std::any_of(kTelecomWords.begin(), kTelecomWords.end(), same) ||
         std::any_of(kAddedWords.begin(), kAddedWords.end(), same) ||
         std::all_of(skeleton.begin(), skeleton.end(), [](char c) {
           return is_digit(c) || c == 'o' || c == 'l';
         });
}

// Would a reader see `brand` at `i` of `name`?
bool shows(const Joined& name, const LookalikeIndex::Brand& brand, size_t i,
           size_t size, bool telecom) {
  const auto& starts = name.starts;
  const auto next = std::upper_bound(starts.begin(), starts.end(), i);
  const bool begins = *(next - 1) == i;
  const size_t end = i + size;
  const auto last = std::lower_bound(starts.begin(), starts.end(), end);
  const bool ends = *last == end;
  const std::string_view text = name.text;
  if (brand.is_number) {
    // "1008610" is another number; "l" and "o" stand for digits here.
    const auto digit = [](char c) {
      return is_digit(c) || c == 'o' || c == 'l';
    };
    return !(begins ? false : digit(before(text, i))) &&
           !(ends ? false : digit(at(text, end)));
  }
  if (brand.is_short) return telecom && begins && ends;
  if (begins && ends) return true;
  const bool in_one_part = next == last;
  if (begins) {
    if (brand.written.size() >= kTellingBrand) return true;
    const size_t stop = *last;
    return is_added_word(text.substr(end, stop - end));
  }
  if (ends && in_one_part) {
    const size_t start = *(next - 1);
    if (is_added_word(text.substr(start, i - start))) return true;
  }
  if (!in_one_part) return false;
  return brand.written.size() >= kLongBrand ||
         (telecom && brand.written.size() >= kTellingBrand);
}

class Judge {
 public:
  Judge(Link& link, const LookalikeIndex& index, const Registry& registry)
      : link_(link), index_(index), registry_(registry) {}

  void judge(std::string_view unicode_host, std::string_view user_info) {
    if (!link_.is_ip) {
      split(latin_letters(unicode_host));
      if (!is_vetted(link_.registrable) &&
          (same_label() || same_skeleton() || near_label() ||
           brand_in_label() || label_in_label())) {
        return;
      }
      if (domain_before_label() || brand_before_label()) return;
    }
    if (!user_info.empty()) brand_in_user_info(user_info);
    if (link_.lookalike_of.empty()) brand_in_path();
  }

 private:
  // Names that have no registrable domain are all label; their public suffix
  // has as many dots as the registrable domain.
  void split(const std::string& name) {
    const auto dots =
        std::count(link_.registrable.begin(), link_.registrable.end(), '.');
    std::string_view own = name;
    for (ptrdiff_t i = 0; i < dots; ++i) {
      const size_t dot = own.rfind('.');
      if (dot == own.npos) break;
      own = own.substr(0, dot);
    }
    const size_t dot = own.rfind('.');
    own_ = own;
    label_ = own.substr(dot == own.npos ? 0 : dot + 1);
    before_ = dot == own.npos ? "" : own.substr(0, dot);
    telecom_ = has_telecom_word(own_);
  }

  // The smallest name wins, so that the answer does not hang on an order.
  bool say(std::string_view of, std::string_view reason) {
    if (!link_.lookalike_of.empty() && link_.lookalike_of <= of) return true;
    link_.lookalike_of = of;
    link_.lookalike_reason = reason;
    return true;
  }

  // An everyday word or a few letters: no sign of an operator by itself.
  bool is_ordinary(std::string_view label) const {
    return registry_.short_brands.count(label) != 0;
  }

  // Endings under which nobody gets a name without proof of who he is: such a
  // label imitates nobody. What stands before it may.
  static bool is_vetted(std::string_view registrable) {
    constexpr std::array<std::string_view, 7> kVetted = {
        "gov", "mil", "edu", "int", "gob", "gouv", "govt"};
    const size_t dot = registrable.find('.');
    if (dot == registrable.npos) return false;
    const std::string_view suffix = registrable.substr(dot + 1);
    return is_one_of(suffix.substr(0, suffix.find('.')), kVetted);
  }

  // "singtel.test" for singtel.com: the official name under another ending. A
  // sibling brand abroad may be honest, so that it has a reason of its own.
  // Short names have too many honest namesakes.
  bool same_label() {
    if (link_.registrable.empty() || link_.is_idn) return false;
    if (label_.size() < kNearLabelMin && !telecom_) return false;
    if (is_ordinary(label_) && !telecom_) return false;
    const auto official = index_.label(label_);
    return official && say(official->domain, "other_suffix");
  }

  bool same_skeleton() {
    if (link_.registrable.empty()) return false;
    if (label_.size() < kNearLabelMin && !telecom_) return false;
    const auto official = index_.label_of_skeleton(skeleton_of(label_));
    if (!official) return false;
    if (official->text == label_ && !link_.is_idn) return false;
    if (is_ordinary(official->text) && !telecom_) return false;
    return say(official->domain, "confusable");
  }

  // A word and its plural are two honest words.
  static bool is_plural(std::string_view a, std::string_view b) {
    if (a.size() > b.size()) std::swap(a, b);
    return a.size() < b.size() && b.back() == 's' && b.substr(0, a.size()) == a;
  }

  // Another letter in five makes another word: "simba", "simka".
  static bool is_other_word(std::string_view a, std::string_view b) {
    if (a == b || a.size() != b.size() || a.size() > kNearLabelMin) {
      return false;
    }
    const auto differs = std::mismatch(a.begin(), a.end(), b.begin());
    return std::equal(differs.first + 1, a.end(), differs.second + 1);
  }

  bool near_label() {
    if (link_.registrable.empty() || label_.size() < kNearLabelMin)
      return false;
    bool found = false;
    for (const auto& official : index_.near(label_)) {
      if (edit_distance(label_, official.text) > 1) continue;
      if (is_ordinary(official.text) && !telecom_) continue;
      if (is_plural(label_, official.text)) continue;
      if (is_other_word(label_, official.text)) continue;
      found =
          say(official.domain, link_.is_idn ? "confusable" : "edit_distance");
    }
    return found;
  }

  bool brand_in_label() { return brand_in(label_, "added_word"); }
  bool brand_before_label() { return brand_in(before_, "brand_in_subdomain"); }

  // "help-demotelecom.test": an official label as a part of its own. Short ones
  // are words more often, and so are those of authorities ("cybercrime"): those
  // are a brand's where the list of brands has them.
  bool label_in_label() {
    const std::vector<std::string_view> parts = parts_of(label_);
    if (parts.size() < 2) return false;
    bool found = false;
    for (const std::string_view part : parts) {
      if (part.size() < kTellingBrand) continue;
      if (is_ordinary(part) && !telecom_) continue;
      const auto official = index_.label(part);
      if (!official || is_vetted(official->domain)) continue;
      if (part.size() < kLongBrand && !are_added(parts, part)) continue;
      found = say(official->domain, link_.is_idn ? "confusable" : "added_word");
    }
    return found;
  }

  static std::vector<std::string_view> parts_of(std::string_view name) {
    std::vector<std::string_view> parts;
    for (size_t i = 0; i <= name.size();) {
      const size_t end = std::min(name.find_first_of("-_.?", i), name.size());
      if (end > i) parts.push_back(name.substr(i, end - i));
      i = end + 1;
    }
    return parts;
  }

  static bool are_added(const std::vector<std::string_view>& parts,
                        std::string_view but) {
    return std::all_of(parts.begin(), parts.end(), [&](std::string_view part) {
      return part == but || is_added_word(skeleton_of(part));
    });
  }

  // "demotel.example.login.test", "demotel.example-login.test": an official
  // domain whole where a reader looks for the host.
  bool domain_before_label() {
    const std::string_view name = own_;
    const auto is_edge = [&](size_t i) {
      return i == name.size() || name[i] == '.' || name[i] == '-';
    };
    bool found = false;
    for (size_t begin = 0; begin < name.size(); ++begin) {
      if (begin > 0 && !is_edge(begin - 1)) continue;
      size_t parts = 0;
      for (size_t end = begin; end <= name.size(); ++end) {
        if (!is_edge(end)) continue;
        if (++parts > kDomainPartsMax) break;
        const std::string_view domain = name.substr(begin, end - begin);
        if (registry_.official_domains.count(domain) == 0) continue;
        found = say(domain, link_.is_idn ? "confusable" : "brand_in_subdomain");
      }
    }
    return found;
  }

  bool brand_in(const std::string& part, std::string_view reason) {
    const Joined name = joined(part);
    bool found = false;
    for (size_t i = 0; i < name.text.size(); ++i) {
      for (const size_t size : index_.brand_lengths()) {
        if (i + size > name.text.size()) break;
        const auto* brands = index_.brands(name.text.substr(i, size));
        if (brands == nullptr) continue;
        for (const auto& brand : *brands) {
          if (!shows(name, brand, i, size, telecom_)) continue;
          const bool literal =
              !link_.is_idn &&
              name.letters.find(brand.written) != name.letters.npos;
          found = say(brand.domain, literal ? reason : "confusable");
        }
      }
    }
    return found;
  }

  // "/10086/login" or "/www.10086.cn/": a first segment that is the brand, or
  // an official domain. A brand in a headline is no deception.
  void brand_in_path() {
    const size_t begin = link_.path.find_first_not_of('/');
    if (begin == link_.path.npos) return;
    const size_t end =
        std::min(link_.path.find_first_of("/?#", begin), link_.path.size());
    std::string first = small_letters(link_.path.substr(begin, end - begin));
    const auto brand = registry_.brands.find(first);
    if (brand != registry_.brands.end() && !is_ordinary(first)) {
      say(brand->second, "brand_in_path");
    }
    if (starts_at(first, 0, "www.")) first.erase(0, 4);
    if (registry_.official_domains.count(first) != 0) {
      say(first, "brand_in_path");
    }
  }

  // A browser shows it where people look for the host.
  void brand_in_user_info(std::string_view user_info) {
    const std::string host =
        read_host(user_info.substr(0, user_info.find_first_of(":/"))).host;
    const std::string domain = registrable_domain(host);
    if (!domain.empty() && registry_.official_domains.count(domain) != 0) {
      say(domain, "brand_in_user_info");
    }
    for (const auto& row : registry_.brands) {
      if (is_ordinary(row.first)) continue;
      if (user_info.find(row.first) == user_info.npos) continue;
      say(row.second, "brand_in_user_info");
    }
  }

  Link& link_;
  const LookalikeIndex& index_;
  const Registry& registry_;
  std::string own_;     // without the public suffix
  std::string label_;   // "demo-sim" of "a.b.demo-sim"
  std::string before_;  // "a.b"
  bool telecom_ = false;
};

}  // namespace

void prepare(Registry& registry) {
  registry.lookalikes = std::make_shared<const LookalikeIndex>(registry);
}

void find_lookalike(Link& link, std::string_view unicode_host,
                    std::string_view user_info, const Registry& registry) {
  if (link.official || link.host.empty()) return;
  if (registry.lookalikes != nullptr) {
    Judge(link, *registry.lookalikes, registry).judge(unicode_host, user_info);
    return;
  }
  const LookalikeIndex index(registry);
  Judge(link, index, registry).judge(unicode_host, user_info);
}

}  // namespace simwarden
