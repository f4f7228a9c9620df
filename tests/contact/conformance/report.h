// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

// Runs over public data sets that are no part of the project: each takes the
// path of the set and fills a report, one file a set. A disagreement belongs
// to a class, which says whose view differs and why.
namespace simwarden::conformance {

class Report {
 public:
  // `region`: of national telephone numbers, where a set does not say.
  explicit Report(std::string region) : region_(std::move(region)) {}
  const std::string& region() const { return region_; }

  void pass(std::string_view part) { ++parts_[std::string(part)].passed; }
  void differ(std::string_view part, std::string_view why,
              std::string_view what) {
    parts_[std::string(part)].differences[std::string(why)].emplace_back(what);
  }
  void figure(std::string_view line) { figures_.emplace_back(line); }
  // At most `shown` cases of each class.
  void print(size_t shown) const;

 private:
  struct Part {
    size_t passed = 0;
    std::map<std::string, std::vector<std::string>> differences;
  };
  std::string region_;
  std::map<std::string, Part> parts_;
  std::vector<std::string> figures_;
};

// The runs, one file each.
void run_url_wpt(const std::filesystem::path& folder, Report& report);
void run_idna(const std::filesystem::path& file, Report& report);
void run_psl(const std::filesystem::path& folder, Report& report);
void run_text_extraction(const std::filesystem::path& folder, Report& report);
void run_lookalikes(const std::filesystem::path& file, Report& report);
void run_messages(const std::filesystem::path& file, Report& report);

}  // namespace simwarden::conformance
