// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "facts/loaded.h"
#include "intake/intake.h"
#include "judge/judge.h"
#include "kept/kept_judge.h"
#include "kept/kept_writer.h"
#include "store/kept_records.h"

// What tests of kept records share. The shipped policies judge.
namespace simwarden {

inline SiteKey demo_key() {
  SiteKey key{.id = "demokey0", .bytes = {}};
  key.bytes.fill(7);
  return key;
}

// The shipped policies, with one text changed at will.
class OtherFiles final : public PolicyFiles {
 public:
  std::string path;
  std::string old_text;
  std::string new_text;

  Result<std::string> read(const std::string& name) const override {
    auto text = disk_->read(name);
    if (!text || name != path) return text;
    const size_t at = text->find(old_text);
    BOOST_REQUIRE(at != std::string::npos);
    text->replace(at, old_text.size(), new_text);
    return text;
  }
  Result<std::vector<std::string>> list(
      const std::string& folder) const override {
    return disk_->list(folder);
  }
  Result<bool> has(const std::string& name) const override {
    return disk_->has(name);
  }

 private:
  std::unique_ptr<PolicyFiles> disk_ = disk_files();
};

// A court of the shipped policies, which keeps what it judges.
struct Court {
  FactSchema schema;
  Plan plan;
  Judge judge;
  KeptWriter writer;

  explicit Court(const PolicyFiles& files = *disk_files())
      : plan(load_packs(files, "policies", schema), schema),
        judge(plan, {}),
        writer(demo_key()) {}

  std::string keep(const Record& record) {
    (void)judge.judge(record);
    std::string line;
    writer.append(line, judge.bench());
    return line;
  }
};

inline Court& court() {
  static Court shared;
  return shared;
}

inline Record record_of(std::string_view json) {
  Item item = parse_json(json, {});
  BOOST_REQUIRE_MESSAGE(!item.bad, (item.bad ? item.bad->message : ""));
  return std::move(item.record);
}

// Reads a line as it comes out of a block.
struct Restored {
  std::string memory;
  KeptRecord kept;

  explicit Restored(std::string_view line) : memory(line) {
    memory.resize(memory.size() + KeptLine::kPadding);
    const Status read = kept.read({memory.data(), line.size() - 1});
    BOOST_REQUIRE(read.ok());
  }
};

}  // namespace simwarden
