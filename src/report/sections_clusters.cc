// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "report/clusters.h"
#include "report/sections_records.h"

// Numbers that share a document, a device, an eSIM, an address, a network.
namespace simwarden {
namespace {

constexpr std::array<std::string_view, kClusterKinds> kKinds = {
    "document", "device", "eid", "address", "network"};
// What a cluster is called in the figure: its kind's letter, its rank.
constexpr std::string_view kLetters = "DVEAN";
// Of each kind, in the figure.
constexpr size_t kShown = 4;
// Other clusters that one names.
constexpr size_t kLinksMax = 6;
constexpr size_t kPseudonymShown = 32;  // bits, as section 10 shows agents

struct Node {
  std::string name;
  size_t kind = 0;
  const Cluster* cluster = nullptr;
};

std::vector<Node> nodes_of(const RecordNumbers& records) {
  std::vector<Node> nodes;
  for (size_t kind = 0; kind < kClusterKinds; ++kind) {
    const auto& largest = records.clusters[kind].largest;
    for (size_t i = 0; i < std::min(largest.size(), kShown); ++i) {
      nodes.push_back(
          {fmt::format("{}{}", kLetters[kind], i + 1), kind, &largest[i]});
    }
  }
  return nodes;
}

size_t numbers_in_common(const Cluster& a, const Cluster& b) {
  size_t common = 0;
  auto at = b.subjects.begin();
  for (const uint64_t subject : a.subjects) {
    at = std::lower_bound(at, b.subjects.end(), subject);
    if (at == b.subjects.end()) break;
    common += *at == subject ? 1 : 0;
  }
  return common;
}

// "V1 5, N2 3": the closest first.
std::string links_of(const Node& node, const std::vector<Node>& nodes) {
  std::vector<std::pair<size_t, std::string>> links;
  for (const Node& other : nodes) {
    if (other.cluster == node.cluster) continue;
    const size_t common = numbers_in_common(*node.cluster, *other.cluster);
    if (common > 0) links.emplace_back(common, other.name);
  }
  std::stable_sort(
      links.begin(), links.end(),
      [](const auto& a, const auto& b) { return a.first > b.first; });
  std::string out;
  for (size_t i = 0; i < std::min(links.size(), kLinksMax); ++i) {
    out += fmt::format("{}{} {}", i == 0 ? "" : ", ", links[i].second,
                       links[i].first);
  }
  return out;
}

// "12, 17, 45"; of several stores "1.12, 2.17".
std::string verdicts_of(const Numbers& numbers, const Cluster& cluster) {
  std::string out;
  for (const Cluster::Example& example : cluster.examples) {
    out += (out.empty() ? "" : ", ") + verdict_label(numbers, example.verdict);
  }
  return out;
}

ReportTable kinds_table(const Scribe& scribe) {
  ReportTable table = scribe.table(
      "cluster_kinds",
      {"shared", "requests_known", "values", "clusters", "largest_cluster"});
  unsigned halvings = 0;
  for (size_t kind = 0; kind < kClusterKinds; ++kind) {
    const ClusterNumbers& numbers = scribe.numbers().records.clusters[kind];
    halvings = std::max(halvings, numbers.halvings);
    table.add({text_cell(scribe.say(fmt::format("shared.{}", kKinds[kind]))),
               count_cell(numbers.with), count_cell(numbers.values),
               count_cell(numbers.shared),
               numbers.largest.empty()
                   ? Cell{}
                   : count_cell(numbers.largest.front().subjects.size())});
  }
  table.rows_add_up = false;
  table.note = fmt::format(fmt::runtime(scribe.say("clusters_note")),
                           kClusterNumbersMin, scribe.say(kClusterNumbersMax));
  if (halvings > 0) {
    table.note +=
        " " + fmt::format(fmt::runtime(scribe.say("clusters_sampled")),
                          uint64_t{1} << halvings);
  }
  return table;
}

std::string pseudonym_text(uint64_t value) {
  return fmt::format("{:08x}…", value >> (64 - kPseudonymShown));
}

}  // namespace

void add_clusters(const Scribe& scribe, ReportSection& section) {
  section.items.emplace_back(kinds_table(scribe));
  const std::vector<Node> nodes = nodes_of(scribe.numbers().records);
  if (nodes.empty()) {
    section.items.emplace_back(Paragraph{fmt::format(
        fmt::runtime(scribe.say("no_clusters")), kClusterNumbersMin)});
    return;
  }
  ReportTable table =
      scribe.table("clusters", {"cluster", "shared", "pseudonym", "numbers",
                                "requests_known", "stopped", "stopped_share",
                                "verdict_ids", "in_common"});
  for (const Node& node : nodes) {
    const Cluster& cluster = *node.cluster;
    table.add(
        {text_cell(node.name),
         text_cell(scribe.say(fmt::format("shared.{}", kKinds[node.kind]))),
         text_cell(pseudonym_text(cluster.value)),
         count_cell(cluster.subjects.size()), count_cell(cluster.requests),
         count_cell(cluster.stopped),
         share_cell(cluster.stopped, cluster.requests),
         text_cell(verdicts_of(scribe.numbers(), cluster)),
         text_cell(links_of(node, nodes))});
  }
  table.personal = true;
  table.note = fmt::format(fmt::runtime(scribe.say("cluster_list_note")),
                           kClusterVerdictsMax);
  section.items.emplace_back(
      scribe.figure(Drawing::graph, "clusters", std::move(table)));
}

}  // namespace simwarden
