// SPDX-License-Identifier: Apache-2.0
#include "link/program_files.h"

#include <algorithm>
#include <iterator>

namespace simwarden {
namespace {

using In = ProgramFile::In;

constexpr std::string_view kWindows = "application/x-dosexec";
constexpr std::string_view kZip = "application/zip";
constexpr std::string_view kJava = "application/zip application/java-archive";
constexpr std::string_view kAndroid =
    "application/zip application/vnd.android.package-archive";

constexpr ProgramFile kFiles[] = {
    {"exe", kWindows},
    {"scr", kWindows},
    {"com", kAnyBytes, In::attachment},
    {"pif", kAnyBytes},
    {"cpl", kWindows},
    {"dll", kWindows, In::attachment},
    {"msi", "application/x-ole-storage"},
    {"hta", kAnyBytes},
    {"bat", kAnyBytes},
    {"cmd", kAnyBytes},
    {"ps1", kAnyBytes},
    {"js", kAnyBytes, In::attachment},
    {"jse", kAnyBytes},
    {"vbs", kAnyBytes},
    {"vbe", kAnyBytes},
    {"wsf", kAnyBytes},
    {"wsh", kAnyBytes},
    {"lnk", kAnyBytes},
    {"reg", kAnyBytes},
    {"chm", kAnyBytes},
    {"xll", kWindows},
    {"jar", kJava},
    {"jnlp", kAnyBytes},
    {"iso", kAnyBytes},
    {"img", kAnyBytes},
    {"vhd", kAnyBytes},
    {"dmg", kAnyBytes},
    {"pkg", kAnyBytes},
    {"deb", kAnyBytes},
    {"rpm", kAnyBytes},
    {"sh", kAnyBytes, In::attachment},
    {"apk", kAndroid},
    {"apks", kZip},
    {"apkm", kZip},
    {"xapk", kZip},
    {"aab", kZip},
    {"ipa", kZip},
    {"hap", kZip},
    {"plist", kAnyBytes, In::link},
    {"mobileconfig", kAnyBytes},
    {"mobileprovision", kAnyBytes},
    {"appinstaller", kAnyBytes},
    {"crx", kAnyBytes},
    {"xpi", kZip},
};

}  // namespace

const ProgramFile* find_program_file(std::string_view ending) {
  const auto* found = std::find_if(
      std::begin(kFiles), std::end(kFiles),
      [&](const ProgramFile& file) { return file.ending == ending; });
  return found == std::end(kFiles) ? nullptr : found;
}

}  // namespace simwarden
