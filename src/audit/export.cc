// SPDX-License-Identifier: Apache-2.0
#include "audit/export.h"

#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "diag/trouble.h"
#include "notation/json_text.h"
#include "privacy/sha256.h"
#include "store/database.h"
#include "store/migrations.h"
#include "store/stored_rulesets.h"

namespace simwarden {
namespace {

// A file written from the front to its end. (write* close)
class Sheet {
 public:
  static Result<std::unique_ptr<Sheet>> open(const std::string& path) {
    auto sheet = std::make_unique<Sheet>();
    sheet->path_ = path;
    sheet->file_.reset(std::fopen(path.c_str(), "wbxe"));
    if (!sheet->file_) return sheet->error();
    return sheet;
  }
  Status write(std::string_view bytes) {
    if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) !=
        bytes.size()) {
      return error();
    }
    return Done{};
  }
  Status close() {
    if (std::fclose(file_.release()) != 0) return error();
    return Done{};
  }

 private:
  struct Closer {
    void operator()(std::FILE* file) const { (void)std::fclose(file); }
  };
  Error error() const { return system_trouble(path_, "cannot be written"); }

  std::string path_;
  std::unique_ptr<std::FILE, Closer> file_;
};

Status make_folder(const std::string& path) {
  std::error_code code;
  std::filesystem::create_directories(path, code);
  if (!code && std::filesystem::is_empty(path, code) && !code) return Done{};
  return trouble_with(
      path, code ? code.message() : "is there and not empty; name another");
}

Status rename(const std::string& from, const std::string& to) {
  std::error_code code;
  std::filesystem::rename(from, to, code);
  if (!code) return Done{};
  return trouble_with(to, code.message());
}

// write(out, row) appends the line of a row.
template <typename Write>
Status export_lines(Database& database, const std::string& sql,
                    const std::string& path, Write write) {
  auto sheet = Sheet::open(path);
  if (!sheet) return sheet.error();
  std::string line;
  Status written = database.each_row(sql, [&](const Statement& row) {
    line.clear();
    write(line, row);
    return (*sheet)->write(line);
  });
  return written ? (*sheet)->close() : written;
}

void append_link(std::string& out, const Statement& row) {
  out += "{\"body\":";
  append_json_string(out, row.text(0));
  out += ",\"hash\":";
  append_json_string(out, row.text(1));
  out += "}\n";
}

void append_rows(std::string& out, const Statement& row) {
  out += fmt::format("{{\"block\":{},\"rows\":[", row.integer(0));
  const std::string_view digests = row.blob(1);
  Digest digest{};
  for (size_t at = 0; at + sizeof(Digest) <= digests.size();
       at += sizeof(Digest)) {
    std::memcpy(digest.data(), digests.data() + at, sizeof(Digest));
    out += at == 0 ? "\"" : ",\"";
    out += hex_of(digest);
    out += '"';
  }
  out += ']';
  if (!row.is_null(2)) {
    out += fmt::format(",\"kept\":[{},{},", row.integer(2), row.integer(3));
    append_json_string(out, row.text(4));
    out += ']';
  }
  out += "}\n";
}

void append_double(std::string& out, const Statement& row) {
  out += fmt::format("{{\"part\":{},\"block\":{},\"stands_for\":{}}}\n",
                     row.integer(0), row.integer(1), row.integer(2));
}

// Whether the path stays below its folder. A hostile database may say anything.
bool is_safe(const std::filesystem::path& path) {
  if (path.empty() || path.is_absolute() || !path.has_filename()) return false;
  for (const auto& part : path) {
    if (part == ".." || part == ".") return false;
  }
  return path.native().find('\0') == std::string::npos;
}

// A file of a ruleset where its packs expect it.
Status export_policy(const std::string& folder, int64_t position,
                     std::string_view path, std::string_view canonical) {
  std::filesystem::path to(where_it_lay(path));
  if (!is_safe(to)) to = fmt::format("odd-path-{}", position);
  to = std::filesystem::path(folder) / to;
  std::error_code code;
  std::filesystem::create_directories(to.parent_path(), code);
  auto sheet = Sheet::open(to);
  if (!sheet) return sheet.error();
  Status written = (*sheet)->write(text_of_file(canonical));
  return written ? (*sheet)->close() : written;
}

// The name is the digest of what is written, not what the database says.
Status export_ruleset(Database& database, int64_t id, const std::string& folder,
                      std::string& sums) {
  auto files = database.prepare(
      "SELECT position, path, f.bytes FROM ruleset_file r JOIN policy_file f "
      "USING (file_id) WHERE r.ruleset_id = ? ORDER BY position");
  if (!files) return files.error();
  (*files)->bind(1, id);
  const std::string draft =
      fmt::format("{}/rulesets/unfinished-{}", folder, id);
  const std::string policies =
      fmt::format("{}/policies/unfinished-{}", folder, id);
  auto sheet = Sheet::open(draft);
  if (!sheet) return sheet.error();
  Sha256 hash;
  Status done = (*files)->each_row([&](const Statement& at) {
    hash.add(at.blob(2));
    Status written = (*sheet)->write(at.blob(2));
    return written
               ? export_policy(policies, at.integer(0), at.text(1), at.blob(2))
               : written;
  });
  if (done) done = (*sheet)->close();
  if (!done) return done;
  const std::string hex = hex_of(hash.finish());
  sums += fmt::format("{}  rulesets/{}\n", hex, hex);
  Status named = rename(draft, folder + "/rulesets/" + hex);
  return named ? rename(policies, folder + "/policies/" + hex) : named;
}

// The chains of databases that were merged into this one.
Status export_parts(Database& database, const std::string& folder) {
  Status done = export_lines(database,
                             "SELECT part_id, block_id, stands_for "
                             "FROM part_double ORDER BY part_id, block_id",
                             folder + "/doubles.jsonl", append_double);
  if (done) done = make_folder(folder + "/parts");
  if (!done) return done;
  return database.each_row(
      "SELECT part_id FROM part ORDER BY part_id", [&](const Statement& row) {
        const int64_t id = row.integer(0);
        return export_lines(
            database,
            fmt::format("SELECT body, hash FROM part_link WHERE part_id = {} "
                        "ORDER BY link_id",
                        id),
            fmt::format("{}/parts/{}.jsonl", folder, id), append_link);
      });
}

Status export_facts(Database& database, const std::string& folder,
                    std::string& sums) {
  if (Status made = make_folder(folder + "/facts"); !made) return made;
  constexpr auto kFacts =
      "SELECT block_id, facts FROM kept_facts WHERE facts IS NOT NULL "
      "ORDER BY block_id";
  return database.each_row(kFacts, [&](const Statement& row) -> Status {
    const std::string name = fmt::format("facts/{}.jsonl.zst", row.integer(0));
    const std::string_view facts = row.blob(1);
    sums += fmt::format("{}  {}\n", sha256_hex(facts), name);
    auto sheet = Sheet::open(folder + "/" + name);
    if (!sheet) return sheet.error();
    Status written = (*sheet)->write(facts);
    return written ? (*sheet)->close() : written;
  });
}

Status export_rulesets(Database& database, const std::string& folder,
                       std::string sums) {
  Status done = database.each_row(
      "SELECT DISTINCT ruleset_id FROM ruleset_file ORDER BY 1",
      [&](const Statement& row) {
        return export_ruleset(database, row.integer(0), folder, sums);
      });
  if (!done) return done;
  auto sheet = Sheet::open(folder + "/SHA256SUMS");
  if (!sheet) return sheet.error();
  Status written = (*sheet)->write(sums);
  return written ? (*sheet)->close() : written;
}

}  // namespace

Status export_evidence(const std::string& path, const std::string& folder,
                       bool with_facts) {
  auto opened = Database::open(path, Access::read);
  if (!opened) return opened.error();
  Database& database = **opened;
  if (Status ours = check_version(database); !ours) return ours;
  if (Status begun = database.run("BEGIN"); !begun) return begun;
  Status done = make_folder(folder);
  if (done) done = make_folder(folder + "/rulesets");
  if (done) done = make_folder(folder + "/policies");
  if (done) {
    done = export_lines(database,
                        "SELECT body, hash FROM chain_link ORDER BY link_id",
                        folder + "/chain.jsonl", append_link);
  }
  if (done) {
    done = export_lines(
        database,
        "SELECT block_id, row_digests, records, bytes, sha256 FROM block_proof "
        "LEFT JOIN kept_facts USING (block_id) ORDER BY block_id",
        folder + "/rows.jsonl", append_rows);
  }
  if (done) done = export_parts(database, folder);
  std::string sums;
  if (done && with_facts) done = export_facts(database, folder, sums);
  return done ? export_rulesets(database, folder, std::move(sums)) : done;
}

}  // namespace simwarden
