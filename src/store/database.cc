// SPDX-License-Identifier: Apache-2.0
#include "store/database.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "diag/check.h"
#include "diag/trouble.h"

namespace simwarden {
namespace {

// Another program (a report, a backup) may hold the file for a moment.
constexpr int kBusyMilliseconds = 5000;

// Who reads lays files beside the database too, for those who write meanwhile;
// on a disk that is mounted to be read SQLite only says that it cannot open.
bool lacks_files_beside(int code, const std::string& path) {
  if (code == SQLITE_READONLY_DIRECTORY || code == SQLITE_READONLY_CANTINIT) {
    return true;
  }
  return (code & 0xff) == SQLITE_CANTOPEN &&
         ::access(path.c_str(), R_OK) == 0 &&
         ::access(path.c_str(), W_OK) != 0 && errno == EROFS;
}

std::string explain(int code, const std::string& path, const char* message,
                    int system_errno) {
  if (lacks_files_beside(code, path)) {
    return "lies in a folder that may not be written, which is needed also to "
           "read it; copy it to another folder";
  }
  const std::string reason =
      system_errno == 0 ? std::string()
                        : std::string(": ") + std::strerror(system_errno);
  switch (code & 0xff) {
    case SQLITE_NOTADB: return "is not a database";
    case SQLITE_CORRUPT:
      return fmt::format(
          "is damaged: {}; go on with its last copy (`.recover` of sqlite3 "
          "saves rows, but not their proof)",
          message);
    case SQLITE_FULL: return "cannot be written: the disk is full";
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return "is in use by another program";
    case SQLITE_READONLY:
      if (code == SQLITE_READONLY_ROLLBACK ||
          code == SQLITE_READONLY_RECOVERY) {
        return "a run was broken off while it wrote; the next `screen --db` "
               "puts that right";
      }
      return "cannot be written: no permission";
    case SQLITE_PERM: return "cannot be written: no permission";
    case SQLITE_CANTOPEN: return "cannot be opened" + reason;
    case SQLITE_IOERR: return "cannot be read or written" + reason;
    case SQLITE_NOMEM: return "no memory left";
    // All keys are ours to give: whose lock this was would not see it.
    case SQLITE_CONSTRAINT:
      return fmt::format(
          "another program has written to it meanwhile, which only one may "
          "({}); see audit verify",
          message);
    default: return fmt::format("{} (SQLite {})", message, code);
  }
}

}  // namespace

Status check_database_file(const std::string& path) {
  struct stat about {};
  const bool there = ::stat(path.c_str(), &about) == 0;
  if (there && S_ISDIR(about.st_mode)) {
    return trouble_with(path, "is a folder");
  }
  if (there && S_ISFIFO(about.st_mode)) {
    return trouble_with(path, "is a pipe, not a database");
  }
  return Done{};
}

std::string database_file(const std::string& path) {
  namespace fs = std::filesystem;
  constexpr int kLinksMax = 40;  // as many as Linux follows
  fs::path file = path;
  std::error_code trouble;
  for (int i = 0; i < kLinksMax; ++i) {
    const fs::path target = fs::read_symlink(file, trouble);
    if (trouble) break;
    file = file.parent_path() / target;
  }
  return file.string();
}

namespace {

constexpr int kHeaderBytes = 100;
using HeaderBytes = std::array<char, kHeaderBytes>;

// Offsets are those of SQLite's file format, numbers big-endian.
DatabaseHeader read_header(const HeaderBytes& bytes) {
  const std::string_view header(bytes.data(), bytes.size());
  if (!header.starts_with("SQLite format 3")) return {};
  const auto number = [&header](size_t at, size_t size) {
    uint64_t value = 0;
    for (const char byte : header.substr(at, size)) {
      value = value << 8U | static_cast<unsigned char>(byte);
    }
    return value;
  };
  const bool counted = number(24, 4) == number(92, 4);
  return {.page_bytes = number(16, 2) == 1 ? 65536 : number(16, 2),
          .changes = number(24, 4),
          .pages = counted ? number(28, 4) : 0,
          .schema = number(40, 4),
          .version = number(60, 4),
          .application = number(68, 4)};
}

// SQLite's own descriptor of the file, to read by: closing another one of it
// would give up the locks of all connections that this process has (fcntl(2)).
sqlite3_file* file_of(sqlite3* handle) {
  sqlite3_file* file = nullptr;
  sqlite3_file_control(handle, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  return file != nullptr && file->pMethods != nullptr ? file : nullptr;
}

std::optional<DatabaseHeader> header_of(sqlite3_file* file) {
  HeaderBytes bytes{};
  const bool read =
      file != nullptr &&
      file->pMethods->xRead(file, bytes.data(), kHeaderBytes, 0) == SQLITE_OK;
  if (!read) return {};
  return read_header(bytes);
}

bool is_there(const std::string& file) {
  struct stat about {};
  return ::stat(file.c_str(), &about) == 0 && about.st_size > 0;
}

// SQLite reads what is missing at the end of a file as zeros, and takes away
// the log of one that is empty. What is in a log need not be in the file yet.
Status check_whole(sqlite3* handle, const std::string& path) {
  sqlite3_file* const file = file_of(handle);
  sqlite3_int64 bytes = 0;
  if (file == nullptr || file->pMethods->xFileSize(file, &bytes) != SQLITE_OK) {
    return Done{};
  }
  const std::string name = database_file(path);
  const bool has_log = is_there(name + "-wal");
  if (bytes == 0 && has_log) {
    return trouble_with(path,
                        "has nothing in it, but its -wal has: that is of the "
                        "database that was here. Move it away, and put a copy "
                        "of the database back");
  }
  const DatabaseHeader header = header_of(file).value_or(DatabaseHeader{});
  const uint64_t whole = header.page_bytes * header.pages;
  // So it has while somebody writes to it, the first page first.
  if (uint64_t(bytes) >= whole || has_log || is_there(name + "-journal")) {
    return Done{};
  }
  return trouble_with(
      path, fmt::format("is cut off: it has {} bytes of {}", bytes, whole));
}

}  // namespace

DatabaseHeader header_in(const std::string& path) {
  HeaderBytes bytes{};
  std::ifstream file(path, std::ios::binary);
  file.read(bytes.data(), kHeaderBytes);
  return file ? read_header(bytes) : DatabaseHeader{};
}

Result<std::unique_ptr<Database>> Database::open(const std::string& path,
                                                 Access access) {
  if (Status fine = check_database_file(path); !fine) return fine.error();
  struct Owner : Database {  // the constructor is private
    explicit Owner(const std::string& name) : Database(name) {}
  };
  std::unique_ptr<Database> database = std::make_unique<Owner>(path);
  // No URIs, also where SQLite was built for them: a file name may begin with
  // "file:".
  const std::string name = path.starts_with("file:") ? "./" + path : path;
  const int flags = access == Access::write
                        ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                        : SQLITE_OPEN_READONLY;
  const int code = sqlite3_open_v2(name.c_str(), &database->handle_,
                                   flags | SQLITE_OPEN_NOMUTEX, nullptr);
  if (code != SQLITE_OK) return database->error();
  sqlite3_extended_result_codes(database->handle_, 1);
  sqlite3_busy_timeout(database->handle_, kBusyMilliseconds);
  if (Status whole = check_whole(database->handle_, path); !whole) {
    return whole.error();
  }
  // SQLite opens a file that may not be written without a word.
  if (access == Access::write &&
      sqlite3_db_readonly(database->handle_, "main") == 1) {
    return trouble_with(path, "cannot be written: no permission");
  }
  return database;
}

std::optional<DatabaseHeader> Database::header() const {
  return header_of(file_of(handle_));
}

void Database::leave_log() {
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

Database::~Database() {
  // NOLINTNEXTLINE: every Statement is gone by now, so this cannot fail.
  sqlite3_close(handle_);
}

Error Database::error() const {
  if (handle_ == nullptr) {
    return trouble_with(path_, "no memory left");
  }
  return trouble_with(
      path_, explain(sqlite3_extended_errcode(handle_), path_,
                     sqlite3_errmsg(handle_), sqlite3_system_errno(handle_)));
}

Status Database::run(const std::string& sql) {
  if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) !=
      SQLITE_OK) {
    return error();
  }
  return Done{};
}

Result<int64_t> Database::integer(const std::string& sql) {
  Result<std::unique_ptr<Statement>> statement = prepare(sql);
  if (!statement) return statement.error();
  const Result<bool> row = (*statement)->step();
  if (!row) return row.error();
  return *row ? (*statement)->integer(0) : 0;
}

Result<std::string> Database::text(const std::string& sql) {
  Result<std::unique_ptr<Statement>> statement = prepare(sql);
  if (!statement) return statement.error();
  const Result<bool> row = (*statement)->step();
  if (!row) return row.error();
  return *row ? std::string((*statement)->text(0)) : std::string();
}

Result<std::unique_ptr<Statement>> Database::prepare(const std::string& sql) {
  sqlite3_stmt* handle = nullptr;
  if (sqlite3_prepare_v3(handle_, sql.data(), int(sql.size()),
                         SQLITE_PREPARE_PERSISTENT, &handle,
                         nullptr) != SQLITE_OK) {
    return error();
  }
  return std::make_unique<Statement>(*this, handle);
}

Status Database::add_function(const char* name, int arguments,
                              void (*function)(sqlite3_context*, int,
                                               sqlite3_value**)) {
  const int code = sqlite3_create_function_v2(
      handle_, name, arguments,
      SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, nullptr, function,
      nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return error();
  return Done{};
}

void Statement::bind(int at, std::string_view text) {
  // A null pointer would be NULL, and "" is a value of its own.
  const char* data = text.data() == nullptr ? "" : text.data();
  const int code = sqlite3_bind_text64(handle_, at, data, text.size(),
                                       SQLITE_STATIC, SQLITE_UTF8);
  CHECK(code != SQLITE_RANGE && code != SQLITE_MISUSE, "our own statement");
}

void Statement::bind_blob(int at, std::string_view bytes) {
  const char* data = bytes.data() == nullptr ? "" : bytes.data();
  const int code =
      sqlite3_bind_blob64(handle_, at, data, bytes.size(), SQLITE_STATIC);
  CHECK(code != SQLITE_RANGE && code != SQLITE_MISUSE, "our own statement");
}

void Statement::bind(int at, int64_t integer) {
  const int code = sqlite3_bind_int64(handle_, at, integer);
  CHECK(code == SQLITE_OK, "our own statement");
}

void Statement::bind(int at, double number) {
  const int code = sqlite3_bind_double(handle_, at, number);
  CHECK(code == SQLITE_OK, "our own statement");
}

void Statement::bind_null(int at) {
  const int code = sqlite3_bind_null(handle_, at);
  CHECK(code == SQLITE_OK, "our own statement");
}

void Statement::bind_column(int at, const Statement& row, int column) {
  const int code = sqlite3_bind_value(
      handle_, at, sqlite3_column_value(row.handle_, column));
  CHECK(code != SQLITE_RANGE && code != SQLITE_MISUSE, "our own statement");
}

void Statement::bind_if_there(int at, int64_t integer) {
  if (at <= parameters()) bind(at, integer);
}

int Statement::parameters() const {
  return sqlite3_bind_parameter_count(handle_);
}

Result<bool> Statement::step() {
  const int code = sqlite3_step(handle_);
  if (code == SQLITE_ROW) return true;
  // The message has to be taken before the reset wipes it.
  const Error failure = code == SQLITE_DONE ? Error{} : database_.error();
  sqlite3_reset(handle_);
  if (code != SQLITE_DONE) return failure;
  return false;
}

Status Statement::run() {
  const Result<bool> row = step();
  if (!row) return row.error();
  reset();
  return Done{};
}

void Statement::reset() {
  (void)sqlite3_reset(handle_);
}

int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(handle_, column);
}

double Statement::number(int column) const {
  return sqlite3_column_double(handle_, column);
}

std::string_view Statement::text(int column) const {
  const unsigned char* data = sqlite3_column_text(handle_, column);
  if (data == nullptr) return {};
  return {reinterpret_cast<const char*>(data),
          size_t(sqlite3_column_bytes(handle_, column))};
}

std::string_view Statement::blob(int column) const {
  const void* data = sqlite3_column_blob(handle_, column);
  if (data == nullptr) return {};
  return {static_cast<const char*>(data),
          size_t(sqlite3_column_bytes(handle_, column))};
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(handle_, column) == SQLITE_NULL;
}

}  // namespace simwarden
