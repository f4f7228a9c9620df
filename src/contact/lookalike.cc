// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cstdlib>

#include <unicode/unorm2.h>
#include <unicode/utf16.h>

#include "contact/ascii.h"
#include "contact/hosts.h"

// Hosts that want to be taken for an operator's. Both sides become a skeleton
// (accents and dots gone, look-alike letters Latin, 0 as o, 1 and i as l, rn
// as m), and a brand is looked for where a reader would see it: at the start
// of a part of the name, or anywhere when it is long or stands beside a
// telecom word. "fairtelecom.com" and "best-mobile.com" are nobody's copies.
namespace simwarden {
namespace {

// Words that make a short brand an operator: "ee-sim.top", not "ee.dance".
constexpr std::array<std::string_view, 11> kTelecomWords = {
    "sim",  "esim",  "kyc", "recharge", "4g",     "5g",
    "bill", "topup", "otp", "prepaid",  "roaming"};

// Long enough not to occur by chance inside another word.
constexpr size_t kLongBrand = 9;
// Labels shorter than this have too many honest neighbours (domain notes).
constexpr size_t kEditLabelMin = 5;

// Decomposes, drops marks, and maps look-alikes to Latin.
std::string latin_letters(std::string_view unicode) {
  std::string out;
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* nfkd = unorm2_getNFKDInstance(&error);
  for (size_t i = 0; i < unicode.size();) {
    const CodePoint p = code_point_at(unicode, i);
    i += p.size;
    char32_t c = p.c;
    UChar to[32];
    if (c >= 0x80 && U_SUCCESS(error)) {
      UErrorCode ignored = U_ZERO_ERROR;
      const int32_t size = unorm2_getDecomposition(
          nfkd, static_cast<UChar32>(c), to, 32, &ignored);
      if (U_SUCCESS(ignored) && size > 0) c = to[0];
    }
    const char latin = c < 0x80 ? static_cast<char>(c) : latin_double(c);
    if (latin != '\0') out.push_back(latin);
    // A letter with no double parts words; a lone mark is dropped.
    else if (is_word(c) && !(c >= 0x300 && c < 0x370))
      out.push_back('?');
  }
  return out;
}

struct Skeleton {
  std::string text;            // without separators
  std::vector<size_t> starts;  // where parts begin in text
};

Skeleton skeleton_of(std::string_view name) {
  Skeleton s;
  bool open = false;
  for (size_t i = 0; i < name.size(); ++i) {
    char c = name[i];
    if (is_one_of(c, "-_.")) {
      open = false;
      continue;
    }
    if (!open) s.starts.push_back(s.text.size());
    open = true;
    if (c == '0') c = 'o';
    if (c == '1' || c == 'i') c = 'l';
    if (c == 'r' && at(name, i + 1) == 'n') {
      c = 'm';
      ++i;
    }
    s.text.push_back(c);
  }
  return s;
}

size_t part_end(const Skeleton& s, size_t from) {
  const auto next = std::upper_bound(s.starts.begin(), s.starts.end(), from);
  return next == s.starts.end() ? s.text.size() : *next;
}

bool is_part_start(const Skeleton& s, size_t i) {
  return std::binary_search(s.starts.begin(), s.starts.end(), i);
}

// A telecom word that is a part of its own, or ends a longer part.
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

bool has_short_brand(std::string_view name, const std::string& brand) {
  for (size_t i = name.find(brand); i != name.npos;
       i = name.find(brand, i + 1)) {
    const bool whole =
        !is_alnum(before(name, i)) && !is_alnum(at(name, i + brand.size()));
    if (whole) return true;
  }
  return false;
}

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

// `brand` and `host` are skeletons.
bool shows_brand(const Skeleton& host, const std::string& brand, bool telecom) {
  for (size_t i = host.text.find(brand); i != host.text.npos;
       i = host.text.find(brand, i + 1)) {
    const bool one_part = i + brand.size() <= part_end(host, i);
    if (is_part_start(host, i)) return true;
    if (brand.size() >= kLongBrand && one_part) return true;
    if (telecom && one_part) return true;
  }
  return false;
}

// 0, 1, or 2 for more; one insertion, deletion, change or swap is 1.
int edit_distance(std::string_view a, std::string_view b) {
  if (a == b) return 0;
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return 2;
  size_t i = 0;
  while (i < a.size() && a[i] == b[i]) ++i;
  if (a.size() != b.size()) return a.substr(i) == b.substr(i + 1) ? 1 : 2;
  if (a.substr(i + 1) == b.substr(i + 1)) return 1;
  const bool swapped = i + 1 < a.size() && a[i] == b[i + 1] &&
                       a[i + 1] == b[i] && a.substr(i + 2) == b.substr(i + 2);
  return swapped ? 1 : 2;
}

std::string_view first_label(std::string_view domain) {
  return domain.substr(0, domain.find('.'));
}

void say(Link& link, std::string_view of, std::string_view reason) {
  // The smallest name wins, so that the answer does not hang on the order of
  // a hash table.
  if (!link.lookalike_of.empty() && link.lookalike_of <= of) return;
  link.lookalike_of = of;
  link.lookalike_reason = reason;
}

// The name without its public suffix: "10086.cn.demo" of 10086.cn.demo.top.
std::string_view own_part(const Link& link, std::string_view name) {
  const auto labels =
      std::count(link.registrable.begin(), link.registrable.end(), '.');
  std::string_view own = name;
  for (ptrdiff_t i = 0; i < labels; ++i) {
    const size_t dot = own.rfind('.');
    if (dot == own.npos) return name;
    own = own.substr(0, dot);
  }
  return own;
}

void brands_in_host(Link& link, const std::string& name,
                    const Registry& registry) {
  const std::string_view own = own_part(link, name);
  const Skeleton host = skeleton_of(own);
  const bool telecom = has_telecom_word(own);
  std::string joined;
  std::copy_if(own.begin(), own.end(), std::back_inserter(joined),
               [](char c) { return !is_one_of(c, "-_."); });
  for (const auto& row : registry.brands) {
    const std::string& brand = row.first;
    if (brand.empty()) continue;
    const bool is_short = registry.short_brands.count(brand) != 0;
    const bool hit = is_short
                         ? telecom && has_short_brand(own, brand)
                         : shows_brand(host, skeleton_of(brand).text, telecom);
    if (!hit) continue;
    const bool literal = !link.is_idn && joined.find(brand) != joined.npos;
    say(link, row.second, literal ? "brand_in_host" : "confusable");
  }
}

void near_official_label(Link& link, const std::string& name,
                         const Registry& registry) {
  if (link.registrable.empty()) return;
  const std::string_view own = own_part(link, name);
  const size_t dot = own.rfind('.');
  const std::string_view label = dot == own.npos ? own : own.substr(dot + 1);
  for (const std::string& domain : registry.official_domains) {
    const std::string_view theirs = first_label(domain);
    if (theirs.size() < kEditLabelMin || is_number(theirs)) continue;
    const bool ordinary = registry.short_brands.count(std::string(theirs)) != 0;
    if (ordinary && !has_telecom_word(own)) continue;
    if (edit_distance(label, theirs) > 1) continue;
    say(link, domain, link.is_idn ? "confusable" : "edit_distance");
  }
}

// "singtel.test" for singtel.com: the official name under another ending. A
// sibling brand abroad may be honest, so that it has a reason of its own.
// Names of one or two letters have too many honest namesakes.
void same_label(Link& link, const std::string& name, const Registry& registry) {
  constexpr size_t kLabelMin = 3;
  if (link.registrable.empty() || link.is_idn) return;
  const std::string_view own = own_part(link, name);
  const size_t dot = own.rfind('.');
  const std::string_view label = dot == own.npos ? own : own.substr(dot + 1);
  if (label.size() < kLabelMin) return;
  for (const std::string& domain : registry.official_domains) {
    if (first_label(domain) == label) say(link, domain, "other_suffix");
  }
}

// "/10086/login" or "/www.10086.cn/": a first segment that is the brand, or
// an official domain anywhere. A brand in a headline is no deception.
void brands_in_path(Link& link, const Registry& registry) {
  const size_t begin = link.path.find_first_not_of('/');
  if (begin == link.path.npos) return;
  const size_t end =
      std::min(link.path.find_first_of("/?#", begin), link.path.size());
  std::string first = link.path.substr(begin, end - begin);
  std::transform(first.begin(), first.end(), first.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  const auto found = registry.brands.find(first);
  if (found != registry.brands.end() &&
      registry.short_brands.count(first) == 0) {
    say(link, found->second, "brand_in_path");
  }
  const std::string_view host =
      std::string_view(first).substr(starts_at(first, 0, "www.") ? 4 : 0);
  const std::string domain(host);
  if (registry.official_domains.count(domain) != 0) {
    say(link, domain, "brand_in_path");
  }
}

void brands_in_user_info(Link& link, std::string_view user_info,
                         const Registry& registry) {
  for (const auto& row : registry.brands) {
    if (registry.short_brands.count(row.first) != 0) continue;
    if (user_info.find(row.first) == user_info.npos) continue;
    say(link, row.second, "brand_in_user_info");
  }
  for (const std::string& domain : registry.official_domains) {
    if (user_info.find(domain) == user_info.npos) continue;
    say(link, domain, "brand_in_user_info");
  }
}

}  // namespace

void find_lookalike(Link& link, std::string_view unicode_host,
                    std::string_view user_info, const Registry& registry) {
  if (link.official || link.host.empty()) return;
  if (!link.is_ip) {
    const std::string name = latin_letters(unicode_host);
    same_label(link, name, registry);
    if (link.lookalike_of.empty()) brands_in_host(link, name, registry);
    if (link.lookalike_of.empty()) near_official_label(link, name, registry);
  }
  if (link.lookalike_of.empty() && !user_info.empty()) {
    brands_in_user_info(link, user_info, registry);
  }
  if (link.lookalike_of.empty()) brands_in_path(link, registry);
}

}  // namespace simwarden
