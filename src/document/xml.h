// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// XML as it comes in office files -> its tags and texts, one by one.
//
//   XmlReader reader(bytes);
//   while (const auto piece = reader.next()) …
//
// No tree, no DTD, no entities but the five of XML and those that are numbers;
// nothing is fetched. Tags need not match: what is broken is read as far as it
// goes. Linear in the bytes.
//
// Not thread-safe; one for each file.
namespace simwarden {

struct XmlPiece {
  enum class What : uint8_t { open, close, text };
  What what = What::text;
  bool alone = false;     // an opening tag that is its closing tag, too
  bool literal = false;   // a text without entities (CDATA)
  std::string_view name;  // of a tag, without its prefix
  std::string_view body;  // what stands behind the name, or the text
};

class XmlReader {
 public:
  // `bytes`: in UTF-8, or in what their mark or their declaration says. Keeps
  // a view of them.
  explicit XmlReader(std::string_view bytes);
  XmlReader(const XmlReader&) = delete;
  XmlReader& operator=(const XmlReader&) = delete;

  std::optional<XmlPiece> next();
  // Something was broken, cut, or declared as an entity.
  bool partly() const { return partly_; }

 private:
  std::optional<XmlPiece> tag();
  bool skip(std::string_view begin, std::string_view end);
  void skip_doctype();

  std::string own_;  // where it had to be decoded
  std::string_view rest_;
  bool partly_ = false;
};

// May begin a file of XML, in any charset.
bool may_be_xml(std::string_view bytes);

// With its entities undone; those that nobody knows stay.
std::string xml_text(std::string_view text);
// Of an opening tag, by its name without the prefix; nothing without one.
std::optional<std::string> xml_attribute(std::string_view body,
                                         std::string_view name);

}  // namespace simwarden
