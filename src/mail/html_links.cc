// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "diag/ascii.h"
#include "diag/hex.h"
#include "mail/html.h"
#include "mail/mime.h"
#include "mail/words.h"
#include "text/charset.h"

namespace simwarden {

std::string resolve_link(std::string_view base, std::string_view target) {
  const size_t colon = target.find_first_of(":/?#");
  const bool has_scheme = colon != target.npos && target[colon] == ':';
  if (base.empty() || has_scheme) return std::string(target);
  const size_t scheme = base.find("://");
  if (scheme == base.npos) return std::string(target);
  if (target.starts_with("//")) {
    return std::string(base.substr(0, scheme + 1)) + std::string(target);
  }
  const size_t host = scheme + 3;
  const size_t path = std::min(base.find_first_of("/?#", host), base.size());
  if (target.starts_with('/')) {
    return std::string(base.substr(0, path)) + std::string(target);
  }
  const std::string_view folder =
      base.substr(0, base.find_first_of("?#", host));
  const size_t slash = folder.rfind('/');
  const size_t end = slash == folder.npos || slash < path ? path : slash;
  return std::string(base.substr(0, end)) + "/" + std::string(target);
}

std::string followed_link(std::string_view written) {
  std::string out;
  for (const char c : without_blanks(written)) {
    if (static_cast<unsigned char>(c) >= ' ') out += c;
  }
  return out;
}

std::string_view refresh_target(std::string_view content) {
  const std::string small = small_letters(content);
  const size_t url = small.find("url");
  if (url == small.npos) return {};
  const size_t begin = small.find_first_not_of(" ='\"", url + 3);
  if (begin == small.npos) return {};
  const std::string_view target = content.substr(begin);
  return target.substr(0, target.find_first_of("'\""));
}

std::vector<std::string_view> find_data_urls(std::string_view text) {
  constexpr std::string_view kScheme = "data:";
  std::vector<std::string_view> urls;
  for (size_t at = text.find(':'); at != text.npos; at = text.find(':', at)) {
    const size_t name = kScheme.size() - 1;
    const size_t begin = at < name ? text.npos : at - name;
    ++at;
    if (begin == text.npos) continue;
    const std::string_view rest = text.substr(begin);
    if (!same_word(rest.substr(0, kScheme.size()), kScheme)) continue;
    const size_t end = rest.find_first_of(" \t\r\n\f\"'()<>");
    urls.push_back(rest.substr(0, end));
    at = begin + urls.back().size();
  }
  return urls;
}

std::string data_of_url(std::string_view url) {
  const size_t comma = url.find(',');
  if (comma == url.npos) return "";
  const std::string plain = percent_decoded(url.substr(comma + 1));
  const bool base64 = contains_word(url.substr(0, comma), ";base64");
  return base64 ? decode_base64(plain) : plain;
}

std::string page_of_data_url(std::string_view url) {
  const std::string type = small_letters(url.substr(0, url.find(',')));
  const bool drawing = type.starts_with("data:image/svg");
  if (!drawing && !type.starts_with("data:text/html") &&
      !type.starts_with("data:application/xhtml")) {
    return "";
  }
  std::string page = to_utf8(data_of_url(url)).view.text;
  std::erase(page, '\0');
  const bool writes =
      contains_word(page, "<text") || contains_word(page, "foreignobject");
  return drawing && !writes ? "" : page;
}

}  // namespace simwarden
