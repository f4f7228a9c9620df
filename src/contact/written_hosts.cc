// SPDX-License-Identifier: Apache-2.0
#include "contact/written_hosts.h"

#include <algorithm>

#include <unicode/uchar.h>

#include "spelling/host_endings.h"
#include "text/look_around.h"

namespace simwarden {
namespace {

// Nobody types the strokes.
bool is_struck_out(std::string_view raw) {
  for (size_t k = 0; k < raw.size();) {
    const CodePoint p = code_point_at(raw, k);
    if (k > 0 && is_ascii(raw[k - 1]) && is_stroke(p.c)) return true;
    k += p.size;
  }
  return false;
}

bool ends_as_host(std::string_view host) {
  return is_host_ending(host.substr(host.rfind('.') + 1));
}

}  // namespace

std::string resolvable_host(const Scene& scene, Range host) {
  const std::string_view plain = scene.slice(host);
  if (scene.how(host) != How::as_is) return std::string(plain);
  const std::string_view raw = scene.raw(host);
  if (std::all_of(raw.begin(), raw.end(), is_ascii)) {
    return std::string(plain);
  }
  const std::string name = read_host(raw).host;
  if (name.empty() && !is_struck_out(raw)) return fold_letters(raw);
  const bool typed =
      (!ends_as_host(name) && ends_as_host(plain)) || is_struck_out(raw);
  return std::string(typed ? plain : raw);
}

std::string with_case(const Scene& scene, Range range) {
  const std::string_view raw = scene.raw(range);
  const std::string_view text = scene.slice(range);
  if (small_letters(raw) == text) return std::string(raw);
  std::string out;
  for (size_t k = 0; k < text.size();) {
    const CodePoint p = code_point_at(text, k);
    const std::string_view one =
        scene.raw({range.begin + k, range.begin + k + p.size});
    const CodePoint written = code_point_at(one, 0);
    const bool capital =
        written.size == one.size() &&
        u_tolower(static_cast<UChar32>(written.c)) == static_cast<UChar32>(p.c);
    out += capital ? one : text.substr(k, p.size);
    k += p.size;
  }
  return out;
}

}  // namespace simwarden
