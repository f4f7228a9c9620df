// SPDX-License-Identifier: Apache-2.0
#include "contact/finders.h"
#include "contact/found_accounts.h"
#include "link/hosts.h"
#include "text/look_around.h"

// "@demo_x:matrix.example": accounts of Matrix name the server that keeps them
// (Matrix specification, user identifiers).
namespace simwarden {
namespace {

constexpr size_t kNameMax = 64;

// Behind the account whose "@" stands at `i`, or `i`.
size_t account_end(std::string_view t, size_t i) {
  if (is_alnum(before(t, i)) || is_one_of(before(t, i), "._-/@%")) return i;
  size_t colon = i + 1;
  while (is_alnum(at(t, colon)) || is_one_of(at(t, colon), "._=+-")) ++colon;
  const bool name = colon > i + 1 && colon - i <= kNameMax;
  if (!name || at(t, colon) != ':') return i;
  const auto server = read_authority(t, colon + 1, false);
  if (!server) return i;
  const std::string host =
      read_host(
          t.substr(server->host.begin, server->host.end - server->host.begin))
          .host;
  const size_t dot = host.rfind('.');
  if (dot == host.npos || !is_known_suffix(host.substr(dot + 1))) return i;
  return server->host.end;
}

}  // namespace

void find_server_accounts(Scene& scene, Followable& found) {
  FoundAccounts accounts(scene, found);
  for (const Lead& lead : scene.leads()) {
    if (lead.kind != LeadKind::at) continue;
    const Range account{lead.at, account_end(scene.text(), lead.at)};
    if (account.begin == account.end) continue;
    accounts.add(kNameless, account, account,
                 std::string(scene.slice(account)));
  }
}

}  // namespace simwarden
