// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace simwarden {

// The media type of a file by its first bytes: pictures, PDF, archives,
// programs, HTML, RTF and the old office formats; "" when they say nothing.
std::string_view detect_file_type(std::string_view bytes);

// Whether mail programs open the file as a mail: by its name, or where nothing
// says what it is by the field that it begins with.
bool is_mail_file(std::string_view name, std::string_view type,
                  std::string_view bytes);

// Whether a file is plain text by its bytes, whatever it is called: no control
// characters, and UTF-8 or a charset that is told by it. Not what is made for
// programs alone: keys and signatures in armour, PostScript.
bool is_plain_text(std::string_view bytes);

// "text/plain", "text/calendar" or "text/vcard": what programs open a file as
// by the end of its name, whatever its mail declares; "" for every other one.
std::string_view text_type_by_name(std::string_view name);

}  // namespace simwarden
