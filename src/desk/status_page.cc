// SPDX-License-Identifier: Apache-2.0
#include "desk/status_page.h"

#include <fmt/format.h>

#include "notation/markup_text.h"

namespace simwarden {
namespace {

constexpr std::string_view kHead = R"html(<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>simwarden</title>
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="10"><style>
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%}
th,td{text-align:right;padding:.3rem .6rem;border-bottom:1px solid #8884}
th:first-child,td:first-child,td.t,th.t{text-align:left}
code{font-size:.9em;overflow-wrap:anywhere}
.well{color:#177245}.ill{color:#b3261e;font-weight:600}
@media(prefers-color-scheme:dark){.well{color:#6fcf97}.ill{color:#ff8a80}}
</style></head><body><h1>simwarden</h1>
)html";

void draw_rules(std::string& out, const StatusFacts& facts) {
  out += "<h2>Rules in force</h2><p>";
  for (const std::string& pack : facts.packs) out += markup_escaped(pack) + " ";
  out +=
      fmt::format("<br>profile {}<br><code>{}</code></p>",
                  markup_escaped(facts.profile), markup_escaped(facts.digest));
  if (facts.last_trouble.empty()) {
    out += fmt::format("<p class=well>{} exchanges, the last one went well</p>",
                       facts.reloads);
  } else {
    out += fmt::format(
        "<p class=ill>The last exchange failed; these rules stay in force: "
        "{}</p>",
        markup_escaped(facts.last_trouble));
  }
  if (facts.keys_trouble.empty()) return;
  out += fmt::format(
      "<p class=ill>Tokens or certificates are those of before: {}</p>",
      markup_escaped(facts.keys_trouble));
}

void draw_doors(std::string& out, const StatusFacts& facts) {
  out +=
      "<h2>Doors</h2><table><thead><tr><th>door<th class=t>protocol"
      "<th class=t>place<th>pass<th>review<th>hold<th>refuse<th>unreadable"
      "<th>connections</tr></thead><tbody>";
  for (const StatusFacts::Door& door : facts.doors) {
    out += fmt::format("<tr><td>{}<td class=t>{}<td class=t>{}",
                       markup_escaped(door.name), markup_escaped(door.protocol),
                       markup_escaped(door.place));
    for (const uint64_t count : door.counts.actions) {
      out += fmt::format("<td>{}", count);
    }
    out += fmt::format("<td>{}<td>{}</tr>", door.counts.unreadable,
                       door.counts.connections);
  }
  out += "</tbody></table>";
}

void draw_store(std::string& out, const StatusFacts& facts) {
  out += "<h2>Store</h2>";
  if (!facts.ledger) {
    out += "<p>Nothing is stored.</p>";
    return;
  }
  const LedgerCounts& ledger = *facts.ledger;
  if (ledger.well) {
    out += "<p class=well>Verdicts are being stored.</p>";
  } else {
    out += fmt::format("<p class=ill>The store failed: {}</p>",
                       markup_escaped(ledger.trouble));
  }
  out += fmt::format(
      "<p>{} rows stored in {} blocks, {} waiting, {} failed, {} found the "
      "queue full</p>",
      ledger.rows, ledger.blocks, ledger.waiting, ledger.failed, ledger.busy);
}

}  // namespace

std::string draw_status(const StatusFacts& facts) {
  std::string out(kHead);
  draw_rules(out, facts);
  draw_doors(out, facts);
  draw_store(out, facts);
  out += "</body></html>\n";
  return out;
}

}  // namespace simwarden
