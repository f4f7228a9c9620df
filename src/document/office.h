// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "document/budget.h"
#include "document/zip.h"

// An office file -> what a person reads in it, where it leads, and whether it
// runs something.
//
//   if (is_office(zip)) read_office(zip, budget).text
//
// Word, Excel and PowerPoint (ISO 29500) and OpenDocument (ISO 26300). Nothing
// is laid out: all files of XML in it are read from the first to the last,
// whatever they are called and whether the others refer to them, so that a
// wrong name hides nothing, and that the work is linear in their bytes. A tag
// is known by its name alone, whatever prefix stands before it.
//
// Any thread.
namespace simwarden {

struct OfficeReading {
  // As the archive's, or partly; encrypted when its manifest says so.
  FileReading reading = FileReading::read;
  std::string text;    // UTF-8, a line for each paragraph, cell or box
  std::string hidden;  // what was deleted, and letters that are set hidden
  // Of links, fields and formulas, and of files elsewhere that it fetches.
  std::vector<std::string> links;
  // Macros (VBA, those of Excel 4, LibreOffice's) or DDE, which starts
  // programs.
  bool runs = false;
};

bool is_office(const ZipReading& zip);
// REQUIRES: is_office(zip).
OfficeReading read_office(const ZipReading& zip, DocumentBudget& budget);

// Of the old kind of file (OLE) that holds an encrypted one of today
// (MS-OFFCRYPTO 2.3.2).
bool holds_encrypted_office(std::string_view bytes);

// The media type that what is in an archive tells: of an app for Android, a
// program of Java, an office file with macros; "" when it is none of these.
// `runs`: OfficeReading::runs.
std::string_view type_in_zip(const ZipReading& zip, bool runs);

}  // namespace simwarden
