// SPDX-License-Identifier: Apache-2.0
#include "audit/evidence_folder.h"

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

Status write_file(const std::string& path, std::string_view bytes) {
  auto sheet = Sheet::open(path);
  if (!sheet) return sheet.error();
  Status written = (*sheet)->write(bytes);
  return written ? (*sheet)->close() : written;
}

// A file of a ruleset where its packs expect it.
Status export_policy(const std::string& folder, int64_t position,
                     std::string_view path, std::string_view canonical) {
  std::filesystem::path to(where_it_lay(path));
  if (!is_safe(to)) to = fmt::format("odd-path-{}", position);
  to = std::filesystem::path(folder) / to;
  std::error_code code;
  std::filesystem::create_directories(to.parent_path(), code);
  return write_file(to, text_of_file(canonical));
}

}  // namespace

Status EvidenceFolder::begin(Database& database) {
  Status done = make_folder(path_);
  for (const char* name : {"rulesets", "policies", "parts"}) {
    if (done) done = make(name);
  }
  if (done) {
    done = export_lines(database,
                        "SELECT body, hash FROM chain_link ORDER BY link_id",
                        in("chain.jsonl"), append_link);
  }
  if (!done) return done;
  return database.each_row(
      "SELECT part_id FROM part ORDER BY part_id", [&](const Statement& row) {
        const int64_t id = row.integer(0);
        return export_lines(
            database,
            fmt::format("SELECT body, hash FROM part_link WHERE part_id = {} "
                        "ORDER BY link_id",
                        id),
            in(fmt::format("parts/{}.jsonl", id)), append_link);
      });
}

Status EvidenceFolder::add_rows(Database& database, const std::string& clause) {
  return export_lines(
      database,
      "SELECT block_id, row_digests, records, bytes, sha256 FROM block_proof "
      "LEFT JOIN kept_facts USING (block_id) " +
          clause + " ORDER BY block_id",
      in("rows.jsonl"), append_rows);
}

Status EvidenceFolder::add_doubles(Database& database) {
  return export_lines(database,
                      "SELECT part_id, block_id, stands_for "
                      "FROM part_double ORDER BY part_id, block_id",
                      in("doubles.jsonl"), append_double);
}

Status EvidenceFolder::add_ruleset(Database& database, int64_t id) {
  auto files = database.prepare(
      "SELECT position, path, f.bytes FROM ruleset_file r JOIN policy_file f "
      "USING (file_id) WHERE r.ruleset_id = ? ORDER BY position");
  if (!files) return files.error();
  (*files)->bind(1, id);
  const std::string policies = in(fmt::format("policies/unfinished-{}", id));
  std::string whole;
  Status done = (*files)->each_row([&](const Statement& at) {
    whole += at.blob(2);
    return export_policy(policies, at.integer(0), at.text(1), at.blob(2));
  });
  if (!done || whole.empty()) return done;
  const std::string hex = sha256_hex(whole);
  done = add_summed("rulesets/" + hex, whole);
  return done ? rename(policies, in("policies/" + hex)) : done;
}

Status EvidenceFolder::make(const std::string& name) {
  return make_folder(in(name));
}

Status EvidenceFolder::add_summed(const std::string& name,
                                  std::string_view bytes) {
  sums_ += fmt::format("{}  {}\n", sha256_hex(bytes), name);
  return write_file(in(name), bytes);
}

Status EvidenceFolder::finish() {
  return write_file(in("SHA256SUMS"), sums_);
}

}  // namespace simwarden
