// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <sqlite3.h>

#include "diag/result.h"

// SQLite's handles with owners, and its errors as values that name the file.
namespace simwarden {

enum class Access : uint8_t { write, read };

class Statement;

// Whether something else is there that can be no database: a folder, or a pipe,
// which whoever opens it would wait for.
Status check_database_file(const std::string& path);

// The file that `path` names, behind links to it, also one that is not there
// yet: what lies beside a database (log, lock, key) lies beside that.
std::string database_file(const std::string& path);

// What the first bytes of the file itself say, whatever is in its log; nothing
// of what is no database.
struct DatabaseHeader {
  uint64_t page_bytes = 0;
  uint64_t changes = 0;  // a counter
  uint64_t pages = 0;    // 0: it does not say that
  uint64_t schema = 0;   // a counter
  uint64_t version = 0;  // user_version
  uint64_t application = 0;
  bool operator==(const DatabaseHeader&) const = default;
};

// Of a file that is not open: where nobody writes to it.
DatabaseHeader header_in(const std::string& path);

// One connection; one thread at a time. Not copyable, not movable.
class Database {
 public:
  // Opens, does not look inside. The file is made when writing.
  static Result<std::unique_ptr<Database>> open(const std::string& path,
                                                Access access);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  Database(Database&&) = delete;
  Database& operator=(Database&&) = delete;

  // Runs every statement of `sql`; rows are dropped.
  Status run(const std::string& sql);
  // The first column of the first row.
  Result<int64_t> integer(const std::string& sql);
  Result<std::string> text(const std::string& sql);

  // REQUIRES: `sql` is one of ours and fits the schema.
  Result<std::unique_ptr<Statement>> prepare(const std::string& sql);

  // prepare(sql), then its each_row().
  template <typename Take>
  Status each_row(const std::string& sql, Take take);

  // A function of ours for SQL; the same arguments give the same value.
  Status add_function(const char* name, int arguments,
                      void (*function)(sqlite3_context*, int, sqlite3_value**));

  int64_t last_id() const { return sqlite3_last_insert_rowid(handle_); }
  int64_t changes() const { return sqlite3_total_changes64(handle_); }
  bool in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }
  // Nothing where it cannot be read.
  std::optional<DatabaseHeader> header() const;
  // What is in its log stays there when it is closed.
  void leave_log();
  // "PATH: the disk is full" for SQLite's last error.
  Error error() const;
  const std::string& path() const { return path_; }

 private:
  explicit Database(std::string path) : path_(std::move(path)) {}

  std::string path_;
  sqlite3* handle_ = nullptr;
};

// A prepared statement. Bind by position from 1, step, read columns from 0.
class Statement {
 public:
  Statement(const Database& database, sqlite3_stmt* handle)
      : database_(database), handle_(handle) {}
  ~Statement() { sqlite3_finalize(handle_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  Statement(Statement&&) = delete;
  Statement& operator=(Statement&&) = delete;

  // Texts are not copied: they must live until the statement has run.
  void bind(int at, std::string_view text);
  void bind(int at, int64_t integer);
  void bind(int at, double number);
  void bind_null(int at);
  void bind_blob(int at, std::string_view bytes);  // not copied either
  // The value of another statement's row, whatever its type; copied.
  void bind_column(int at, const Statement& row, int column);
  // For parameters ?NNN that not every statement of a family has.
  void bind_if_there(int at, int64_t integer);
  int parameters() const;

  // True when there is a row to read. After false the statement is reset.
  Result<bool> step();
  // Calls take(row) for all rows that are left. Where take gives a Status, one
  // that is an error ends it and is returned.
  template <typename Take>
  Status each_row(Take take);
  // For statements without rows: steps once and resets.
  Status run();
  void reset();

  int64_t integer(int column) const;
  double number(int column) const;
  // Valid until the next step.
  std::string_view text(int column) const;
  std::string_view blob(int column) const;
  bool is_null(int column) const;

 private:
  const Database& database_;  // outlives its statements
  sqlite3_stmt* handle_;
};

template <typename Take>
Status Statement::each_row(Take take) {
  constexpr bool kMayEnd =
      std::is_same_v<std::invoke_result_t<Take&, const Statement&>, Status>;
  while (true) {
    const Result<bool> row = step();
    if (!row) return row.error();
    if (!*row) return Done{};
    if constexpr (kMayEnd) {
      if (Status taken = take(std::as_const(*this)); !taken) {
        reset();
        return taken;
      }
    } else {
      take(std::as_const(*this));
    }
  }
}

template <typename Take>
Status Database::each_row(const std::string& sql, Take take) {
  auto rows = prepare(sql);
  if (!rows) return rows.error();
  return (*rows)->each_row(std::move(take));
}

}  // namespace simwarden
