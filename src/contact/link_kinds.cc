// SPDX-License-Identifier: Apache-2.0
#include "contact/link_kinds.h"

#include <algorithm>
#include <array>

#include "link/hosts.h"
#include "link/program_files.h"
#include "link/url.h"
#include "text/look_around.h"

namespace simwarden {
namespace {

constexpr std::array<std::string_view, 8> kPhoneSchemes = {
    "tel", "sms", "smsto", "mms", "mmsto", "callto", "facetime", "sip"};

constexpr std::array<std::string_view, 4> kNowhere = {"javascript", "vbscript",
                                                      "cid", "about"};
// No more: "file:////host/share" is another machine's.
constexpr size_t kSlashesOfOwn = 3;

constexpr std::array<std::string_view, 8> kPictures = {
    ".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".heic", ".avif"};

// What asks to write to a profile.
constexpr std::array<std::string_view, 7> kWriteWords = {
    "dm", "inbox me", "message me", "contact me", "write me", "私信", "私聊"};

template <size_t N>
bool ends_with_any(std::string_view text,
                   const std::array<std::string_view, N>& endings) {
  return std::any_of(endings.begin(), endings.end(), [&](auto ending) {
    return text.size() > ending.size() &&
           text.substr(text.size() - ending.size()) == ending;
  });
}

// The path, or one segment or value behind it, names a program.
bool is_download(std::string_view path) {
  for (size_t i = 0; i < path.size();) {
    const size_t end = std::min(path.find_first_of("/?#&;=", i), path.size());
    const std::string_view name = path.substr(i, end - i);
    const size_t dot = name.rfind('.');
    const ProgramFile* file = dot == name.npos || dot == 0
                                  ? nullptr
                                  : find_program_file(name.substr(dot + 1));
    if (file && file->in != ProgramFile::In::attachment) return true;
    i = end + 1;
  }
  return false;
}

}  // namespace

bool leads_nowhere(std::string_view scheme, size_t slashes) {
  return is_one_of(scheme, kNowhere) ||
         (scheme == "file" && slashes == kSlashesOfOwn);
}

std::string web_kind(const Link& link, bool picture) {
  if (is_messenger_host(link.host)) return "messenger";
  const std::string path = small_letters(link.path);
  if (is_download(path)) return "download";
  if (link.shortener) return "short_link";
  const std::string_view file =
      std::string_view(path).substr(0, path.find_first_of("?#"));
  if (picture || link.image_host || ends_with_any(file, kPictures)) {
    return "image";
  }
  return account_of(link) ? "messenger" : "web";
}

std::string deep_kind(const Link& link) {
  if (link.scheme == "mailto") return "mail";
  if (is_one_of(link.scheme, kPhoneSchemes)) return "phone";
  if (link.scheme == "itms-services" || is_download(small_letters(link.path))) {
    return "download";
  }
  return "deep_link";
}

void judge_carried_host(Link& link, const Registry& registry) {
  const std::string carried = carried_url(link);
  if (carried.empty()) return;
  const auto url = parse_url(carried);
  if (!url || url->host.kind == HostKind::none) return;
  Link page;
  page.path = url->path_and_rest();
  const HostName name = host_name(url->host);
  judge_host(page, name, registry);
  find_lookalike(page, name.unicode, url->username, registry);
  link.registrable = page.registrable;
  link.lookalike_of = page.lookalike_of;
  link.lookalike_reason = page.lookalike_reason;
  link.official = page.official;
  link.is_ip = page.is_ip;
  link.is_idn = page.is_idn;
  link.mixed_script = page.mixed_script;
  link.shortener = page.shortener;
  link.free_hosting = page.free_hosting;
}

bool shows_another_place(const Link& link, const Registry& registry) {
  const std::string_view shown = link.shown_text;
  for (size_t i = shown.find('@'); i != shown.npos;
       i = shown.find('@', i + 1)) {
    if (!is_alnum(before(shown, i)) && is_alnum(at(shown, i + 1))) return true;
  }
  const size_t slashes = shown.find("//");
  size_t begin = slashes == shown.npos ? 0 : slashes + 2;
  while (begin < shown.size()) {
    const size_t end = std::min(shown.find_first_of(" /", begin), shown.size());
    const std::string_view word = shown.substr(begin, end - begin);
    const std::string host = read_host(word).host;
    begin = end + 1;
    if (!is_plausible_bare_host(host, false, registry)) continue;
    return registrable_domain(host) != link.registrable;
  }
  return false;
}

std::optional<Account> asked_profile(const Link& link,
                                     std::string_view before_it) {
  constexpr size_t kReach = 24;
  if (link.registrable != "instagram.com") return std::nullopt;
  std::string name =
      small_letters(link.path.substr(0, link.path.find_first_of("?#")));
  if (!name.empty()) name.erase(0, 1);
  if (!name.empty() && name.back() == '/') name.pop_back();
  const bool fits = std::all_of(name.begin(), name.end(), [](char c) {
    return is_alnum(c) || is_one_of(c, "._");
  });
  if (name.size() < 3 || name.size() > 30 || !fits) return std::nullopt;
  const std::string_view words = before_it.substr(
      before_it.size() > kReach ? before_it.size() - kReach : 0);
  const bool asked = std::any_of(
      kWriteWords.begin(), kWriteWords.end(), [&](std::string_view word) {
        const size_t i = words.rfind(word);
        if (i == words.npos) return false;
        return !is_ascii(word[0]) || (!is_alnum(before(words, i)) &&
                                      !is_alnum(at(words, i + word.size())));
      });
  if (!asked) return std::nullopt;
  return Account{"instagram", "@" + name};
}

}  // namespace simwarden
