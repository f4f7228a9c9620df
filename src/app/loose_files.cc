// SPDX-License-Identifier: Apache-2.0
#include "app/loose_files.h"

#include <algorithm>

#include <fmt/format.h>
#include <sys/stat.h>

#include "house/verdict_row.h"

namespace simwarden {
namespace {

std::vector<std::string> secret_files(const ServeSettings& settings) {
  std::vector<std::string> files = {settings.tokens_file};
  for (const ListenerSettings& door : settings.listeners) {
    files.push_back(door.tls.key);
  }
  const StoreSettings& store = settings.store;
  if (store.site_key.empty() && !store.db.empty()) {
    files.push_back(site_key_path(store.db));
  }
  files.push_back(store.site_key);
  std::erase(files, "");
  std::sort(files.begin(), files.end());
  files.erase(std::unique(files.begin(), files.end()), files.end());
  return files;
}

// Empty: nothing is wrong with it, or it is not there.
std::string looseness_of(const std::string& path) {
  struct stat file {};
  if (::stat(path.c_str(), &file) != 0 || !S_ISREG(file.st_mode)) return {};
  const bool written = (file.st_mode & (S_IWGRP | S_IWOTH)) != 0;
  if (!written && (file.st_mode & S_IROTH) == 0) return {};
  return fmt::format("{}: can be {} by others (mode {:04o}): chmod 600 or 640",
                     path, written ? "written" : "read", file.st_mode & 07777);
}

}  // namespace

std::vector<std::string> loose_files(const ServeSettings& settings) {
  std::vector<std::string> told;
  for (const std::string& file : secret_files(settings)) {
    told.push_back(looseness_of(file));
  }
  std::erase(told, "");
  return told;
}

}  // namespace simwarden
