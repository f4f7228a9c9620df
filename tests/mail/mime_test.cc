// SPDX-License-Identifier: Apache-2.0
// What is read without GMime's parser reads as that parser reads it.
#include "mail/mime.h"

#include <array>
#include <random>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "mail/mime_guard.h"
#include "mail/plain_fields.h"

using namespace simwarden;

namespace {

using Dice = std::mt19937;

template <size_t size>
std::string one_of(Dice& dice, const std::array<const char*, size>& choices) {
  return choices[dice() % size];
}

constexpr std::array kTypes = {
    "text/plain",
    "Text/HTML; charset=utf-8",
    "text/plain;\r\n charset=\"utf-8\"",
    "text/plain; charset=\"iso 8859-1\"; Format=flowed",
    "text/plain; format=flowed; delsp=yes",
    "text/html; name=a.html",
    "text",
    "text/",
    "*/*",
    "text; charset=koi8-r",
    "",
    "text/plain charset=x",
    "text/x-vcard; name*=utf-8''a%20b",
    "(c) text/plain (c)",
    "multipart/mixed; boundary=x",
    "message/rfc822",
    "image/png; name=\"x.png\"",
    "text/plain; charset==?utf-8?q?koi8-r?=",
    "text/plain; charset=\"a\r\n b\"",
    "text/plain;;charset=utf-8;",
    "text/plain; charset",
    "text/plain; charset=\"utf-8",
    "text / plain ; charset = utf-8",
    "text/plain; charset*0=ut; charset*1=f-8",
    "text/plain; charset=\xc3\xa9",
    "text/plain; charset=utf-8; charset=koi8-r",
    "text/plain; charset=utf-8\f"};
constexpr std::array kEncodings = {"7bit",
                                   "base64",
                                   "BASE64 ",
                                   "quoted-printable",
                                   "x-uuencode",
                                   "nonsense",
                                   "",
                                   "base64 ; x",
                                   "(c) base64",
                                   "=?utf-8?q?base64?=",
                                   "quoted-printable\r\n "};
constexpr std::array kFields = {"Content-Language: en\n",
                                "Subject: x\n",
                                "content-length: 5\n",
                                "no field\n",
                                " folded\n",
                                "Content-: x\n"};
constexpr std::array kBodies = {
    "hello\n",
    "hello",
    "",
    "a\r\nb\r\n",
    "aGVsbG8gd29ybGQ=\n",
    "=C3=A9=\nx",
    "begin 644 a\n#0V%T\n`\nend\n",
    "From me\n",
    "--x\nContent-Type: text/plain\n\ninner\n--x--\n"};

// A header without the empty line behind it.
std::string some_header(Dice& dice) {
  std::string header = "From: demo@mail.example\n";
  for (size_t fields = dice() % 4; fields > 0; --fields) {
    switch (dice() % 4) {
      case 0:
      case 1: header += "Content-Type: " + one_of(dice, kTypes) + "\n"; break;
      case 2:
        header +=
            "Content-Transfer-Encoding: " + one_of(dice, kEncodings) + "\n";
        break;
      default: header += one_of(dice, kFields);
    }
  }
  return header;
}

std::string shown(const MimePart& part) {
  std::string out = "[" + part.path + "|" + part.type + "|" + part.charset +
                    "|" + part.name + "|" + part.start + "|";
  if (part.attached) out += "attached ";
  if (part.named_inline) out += "inline ";
  if (part.flowed) out += "flowed ";
  if (part.delete_space) out += "delsp ";
  out += "|" + part.bytes;
  for (const MimePart& inside : part.parts) out += shown(inside);
  return out + "]";
}

std::string shown(const MimeMessage& mail) {
  std::string out = mail.body ? shown(*mail.body) : "";
  for (size_t i = 0; i < kMailFaultNames.size(); ++i) {
    if (mail.faults.has(MailFault(i))) out += std::string(kMailFaultNames[i]);
  }
  return out;
}

std::string shown(const std::vector<MailAddress>& list) {
  std::string out;
  for (const auto& [name, address] : list) out += name + "<" + address + ">\n";
  return out;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_text_alone_is_read_as_the_parser_reads_it) {
  // A part with an id is the parser's.
  constexpr const char* kParsed = "Content-ID: <a@mail.example>\n";
  Dice dice(20);
  for (int i = 0; i < 20'000; ++i) {
    const std::string header = some_header(dice);
    const std::string body = "\n" + one_of(dice, kBodies);
    BOOST_REQUIRE_EQUAL(shown(read_mime(header + body)),
                        shown(read_mime(header + kParsed + body)));
  }
}

BOOST_AUTO_TEST_CASE(a_type_that_was_read_before_is_not_the_next_mails) {
  const auto type_of = [](const std::string& value) {
    return read_mime("Content-Type: " + value + "\n\nx").body->charset;
  };
  BOOST_TEST(type_of("text/plain; charset=koi8-r") == "koi8-r");
  BOOST_TEST(type_of("text/plain; charset=utf-8") == "utf-8");
  BOOST_TEST(type_of("text/plain") == "");
  BOOST_TEST(type_of("text/plain; charset=koi8-r") == "koi8-r");
}

BOOST_AUTO_TEST_CASE(a_type_that_names_none_is_plain_text_and_told) {
  struct Row {
    std::string_view value;
    std::string_view type;
    bool wrong;
  };
  const Row rows[] = {
      {"text/plain", "text/plain", false},
      {"text/plain charset=x", "text/plain", false},
      {"Text / HTML ; charset=utf-8", "text/html", false},
      {"(a) text (b) / (c) html (d)", "text/html", false},
      {"application/x-a", "application/x-a", false},
      {"text", "text/plain", true},
      {"", "text/plain", true},
      {"text; charset=utf-8", "text/plain", true},
      {"text/", "text/plain", true},
      {"html", "text/plain", true},
      {"/plain", "text/plain", true},
      {"; charset=utf-8", "text/plain", true},
      {"\"text/plain\"", "text/plain", true},
      {"text\\plain", "text/plain", true},
      {"us-ascii", "text/plain", true},
      {"unknown", "text/plain", true},
      {"multipart", "text/plain", true},
      {"multipart; boundary=x", "text/plain", true},
      {"*/*", "text/plain", true},
      {"(text/plain", "text/plain", true},
  };
  for (const auto& [value, type, wrong] : rows) {
    const std::string field = "Content-Type: " + std::string(value) + "\n";
    for (const std::string other : {"", "Content-ID: <a@mail.example>\n"}) {
      const MimeMessage mail = read_mime(field + other + "\nx");
      BOOST_TEST(mail.body->type == type, field);
      BOOST_TEST(mail.body->bytes == "x", field);
      BOOST_TEST(mail.faults.has(MailFault::wrong_type) == wrong, field);
    }
  }
  const MimeMessage mail = read_mime("Content-Type: a; charset=koi8-r\n\nx");
  BOOST_TEST(mail.body->charset == "koi8-r");
  BOOST_TEST(read_mime("Content-Type: text/plain\nContent-Type: a/b\n\nx")
                 .faults.has(MailFault::wrong_type));
}

BOOST_AUTO_TEST_CASE(base64_behind_its_end_is_read_and_told) {
  struct Row {
    std::string_view body;
    std::string_view bytes;
    bool wrong;
  };
  const Row rows[] = {
      {"aGVsbG8=\n\n", "hello", false},
      {"aGVsbA==\r\n", "hell", false},
      {"aGVs\nbG8=", "hello", false},
      {"aGVsbG8=\nIHdvcmxk\n", "hello world", true},
      {"aGVsbA=\n=bw==IQ==", "hello!", true},
      // What a mailing list writes.
      {"aGVsbG8=\n-- \nlist\n", "hello", true},
  };
  for (const auto& [body, bytes, wrong] : rows) {
    const MimeMessage mail =
        read_mime("Content-Transfer-Encoding: base64\n\n" + std::string(body));
    BOOST_TEST(mail.body->bytes == bytes, body);
    BOOST_TEST(mail.faults.has(MailFault::wrong_encoding) == wrong, body);
  }
  BOOST_TEST(read_mime("Content-Transfer-Encoding: base64\n"
                       "Content-Transfer-Encoding: 7bit\n\nx")
                 .faults.has(MailFault::wrong_encoding));
}

BOOST_AUTO_TEST_CASE(a_part_with_two_encodings_is_read_in_both) {
  const auto shown = [](std::string_view fields, std::string_view body) {
    const auto mail = read_mail(std::string(fields) + "\n" + std::string(body),
                                MailOptions());
    return mail->text;
  };
  const std::string base64 = "Content-Transfer-Encoding: base64\n";
  const std::string quoted = "Content-Transfer-Encoding: quoted-printable\n";
  const std::string plain = "Content-Transfer-Encoding: 7bit\n";
  for (const std::string& fields :
       {base64 + quoted, quoted + base64, plain + base64, base64 + plain,
        base64 + quoted + plain, "Content-Type: text/html\n" + base64 + plain,
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n" + base64 +
            plain}) {
    const std::string text = shown(fields, "QkFJVA==");
    BOOST_TEST(text.find("BAIT") != text.npos, fields);
    const bool is_plain = fields.find(plain) != fields.npos;
    BOOST_TEST((text.find("QkFJVA==") != text.npos) == is_plain, fields);
  }
  BOOST_TEST(shown(plain + quoted, "BAIT") == "BAIT");
  BOOST_TEST(shown(base64 + base64, "QkFJVA==") == "BAIT");
}

namespace {

std::string element(char tag, const std::string& content) {
  return std::string{tag, '\x82', static_cast<char>(content.size() >> 8),
                     static_cast<char>(content.size())} +
         content;
}
std::string endless(char tag, const std::string& content) {
  return std::string{tag, '\x80'} + content + std::string(2, '\0');
}

using Wrap = std::string (*)(char tag, const std::string& content);

std::string signed_by(Wrap wrap, const std::string& octets,
                      std::string_view kind =
                          "\x2A\x86\x48\x86\xF7\x0D\x01"
                          "\x07\x02") {
  const std::string data = "\x06\x01\x01";
  const std::string body = std::string("\x02\x01\x01") + element('\x31', "") +
                           wrap('\x30', data + wrap('\xA0', octets));
  return "Content-Type: application/pkcs7-mime; name=smime.p7m\n"
         "Content-Transfer-Encoding: binary\n\n" +
         wrap('\x30', "\x06\x09" + std::string(kind) +
                          wrap('\xA0', wrap('\x30', body)));
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_message_inside_a_signature_is_shown) {
  const std::string inside = "Content-Type: text/html\r\n\r\n<b>BAIT</b>";
  const std::string whole = element('\x04', inside);
  const std::string pieces =
      endless('\x24', element('\x04', inside.substr(0, 9)) +
                          element('\x24', element('\x04', inside.substr(9))));
  const auto shown = [](const std::string& mail) {
    return read_mail(mail, MailOptions())->text;
  };
  for (const Wrap wrap : {element, endless}) {
    for (const std::string& octets : {whole, pieces}) {
      BOOST_TEST(shown(signed_by(wrap, octets)) == "BAIT");
      BOOST_TEST(
          shown(signed_by(wrap, element('\x04', signed_by(wrap, octets)))) ==
          "BAIT");
    }
  }
  BOOST_TEST(shown(signed_by(element, element('\x04', "\r\nBAIT"))) == "BAIT");
  // Encrypted, or nothing in it.
  BOOST_TEST(shown(signed_by(element, whole,
                             "\x2A\x86\x48\x86\xF7\x0D\x01"
                             "\x07\x03")) == "");
  BOOST_TEST(shown(signed_by(element, "")) == "");
  const std::string mail = signed_by(endless, pieces);
  for (size_t size = 90; size < mail.size(); ++size)
    shown(mail.substr(0, size));
  std::string deep = inside;
  for (int i = 0; i < 5; ++i) deep = signed_by(element, element('\x04', deep));
  BOOST_TEST(read_mail(deep, MailOptions())->faults.has(MailFault::cut_depth));
}

BOOST_AUTO_TEST_CASE(a_text_with_two_types_is_read_as_both) {
  const std::string html = "Content-Type: text/html\n";
  const std::string plain = "Content-Type: text/plain\n";
  for (const std::string& fields : {html + plain, plain + html}) {
    const auto mail =
        read_mail(fields + "\n<b>a</b><!--BAIT-->", MailOptions());
    BOOST_TEST(mail->text.find("BAIT") != mail->text.npos, fields);
  }
  BOOST_TEST(read_mail(html + html + "\n<b>a</b>", MailOptions())->text == "a");
}

BOOST_AUTO_TEST_CASE(an_encoded_message_is_read_and_told) {
  // "Subject: hi\n\nhello\n"
  const std::string inside =
      "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
      "U3ViamVjdDogaGkKCmhlbGxvCg==\n";
  const std::string mixed =
      "Content-Type: multipart/mixed; boundary=b\n\n--b\n";
  for (const std::string& mail : {inside, mixed + inside + "--b--\n"}) {
    const MimeMessage read = read_mime(mail);
    const MimePart& part =
        read.body->is_multipart() ? read.body->parts[0] : *read.body;
    BOOST_REQUIRE_EQUAL(part.parts.size(), 1u);
    BOOST_TEST(part.path == "1");
    BOOST_TEST(part.subject == "hi");
    BOOST_TEST(part.parts[0].path == "1.1");
    BOOST_TEST(part.parts[0].bytes == "hello\n");
    BOOST_TEST(read.faults.has(MailFault::wrong_encoding));
  }
}

BOOST_AUTO_TEST_CASE(an_attached_mail_that_declares_something_else_is_shown) {
  const auto attached = [](std::string_view type, std::string_view name,
                           std::string_view bytes) {
    return fmt::format(
        "Content-Type: multipart/mixed; boundary=o\n\n--o\n"
        "Content-Type: {}; name=\"{}\"\n"
        "Content-Disposition: attachment\n\n{}\n--o--\n",
        type, name, bytes);
  };
  constexpr std::string_view kMail =
      "From: demo@mail.example\nSubject: Fwd\n\nBAIT\n";
  struct Row {
    std::string_view type;
    std::string_view name;
    std::string_view bytes;
    std::string_view shown;
  };
  constexpr std::string_view kNothing = "application/octet-stream";
  const Row rows[] = {
      {kNothing, "fwd.eml", kMail, "Fwd\n\nBAIT"},
      {kNothing, "fwd.EML", "X-A: b\n\nBAIT\n", "BAIT"},
      {"text/plain", "fwd.eml", kMail, "Fwd\n\nBAIT"},
      {kNothing, "fwd.dat", kMail, "Fwd\n\nBAIT"},
      {kNothing, "fwd.dat", "X-A: b\n\nBAIT\n", "X-A: b\n\nBAIT"},
      {"application/pdf", "fwd.dat", kMail,
       "From: demo@mail.example\nSubject: Fwd\n\nBAIT"}};
  for (const Row& row : rows) {
    const auto mail =
        read_mail(attached(row.type, row.name, row.bytes), MailOptions());
    BOOST_TEST(mail->text == row.shown, row.type << " " << row.name);
    BOOST_TEST(mail->files.size() == 1);
    BOOST_TEST(mail->files[0].bytes.size() >= row.bytes.size() - 1);
    BOOST_TEST(mail->faults.empty());
  }
  // One inside the next.
  std::string deep(kMail);
  for (int i = 0; i < 5; ++i) {
    deep.insert(0, "Content-Type: application/octet-stream; name=a.eml\n\n");
  }
  BOOST_TEST(read_mail(deep, MailOptions())->faults.has(MailFault::cut_depth));
}

BOOST_AUTO_TEST_CASE(a_plain_mailbox_is_read_as_the_parser_reads_it) {
  constexpr std::array kPieces = {"demo",
                                  "A",
                                  "J.",
                                  "<",
                                  ">",
                                  " <",
                                  "@",
                                  ".",
                                  "-",
                                  "_",
                                  "9a",
                                  " ",
                                  "  ",
                                  ",",
                                  "\"q\"",
                                  "(c)",
                                  "\t",
                                  ":",
                                  ";",
                                  "+",
                                  "é",
                                  "xn--a",
                                  "[1.2]",
                                  "mail.example",
                                  "demo_1@mail.example",
                                  "@xn--a.example",
                                  " <demo@mail.example>",
                                  "@xn--a.example",
                                  "=?x?="};
  Dice dice(21);
  int read = 0;
  for (int i = 0; i < 50'000; ++i) {
    std::string value;
    for (size_t left = dice() % 6; left > 0; --left) {
      value += one_of(dice, kPieces);
    }
    const auto plain = plain_mailbox(value);
    if (!plain) continue;
    ++read;
    const MailAddress one{std::string(plain->name),
                          std::string(plain->address)};
    BOOST_REQUIRE_EQUAL(shown({one}), shown(read_addresses(value)));
  }
  BOOST_TEST(read > 500);
}

// A small header is looked at as a whole, a large one line by line.
BOOST_AUTO_TEST_CASE(a_small_header_is_guarded_as_a_large_one) {
  const std::string colons(kMailGroupsMax, ':');
  std::string words;
  while (words.size() < 2 * kMailOpenWordsMax) words += "=?";
  const std::array<const char*, 17> kPieces = {
      words.c_str(), "=?", "?=",           "From",    "Subject",
      ":",           ": ", colons.c_str(), "\n",      "\r\n",
      "\n ",         "--", "BoundarY=x",   "boundar", "Message/rfc822",
      "message",     "\r"};
  std::string large;
  while (large.size() <= kMailHeadersMax) large += "Large: aaaaaaaaaaaaaaaa\n";
  Dice dice(22);
  int cut = 0;
  for (int i = 0; i < 30'000; ++i) {
    std::string mail;
    for (size_t left = dice() % 16; left > 0; --left) {
      mail += one_of(dice, kPieces);
    }
    MailFaults of_small;
    MailFaults of_large;
    const size_t size = guarded_size(mail, of_small);
    BOOST_REQUIRE_EQUAL(large.size() + size,
                        guarded_size(large + mail, of_large));
    for (const auto fault : {MailFault::cut_headers, MailFault::cut_parts}) {
      BOOST_REQUIRE_EQUAL(of_small.has(fault), of_large.has(fault));
    }
    cut += size < mail.size() ? 1 : 0;
  }
  BOOST_TEST(cut > 100);
}

BOOST_AUTO_TEST_CASE(a_plain_time_is_read_as_the_parser_reads_it) {
  constexpr std::array kDays = {"Mon, ", "Sun, ", "", "Xyz, "};
  constexpr std::array kDates = {"1 Jan ",  "02 Mar ", "29 Feb ", "30 Feb ",
                                 "31 Apr ", "31 Dec ", "0 Jan ",  "00 Jan ",
                                 "32 Jan ", "1 jan ",  "003 Jan "};
  constexpr std::array kYears = {"1970 ", "2024 ", "2026 ", "2100 ",
                                 "9999 ", "1969 ", "26 "};
  constexpr std::array kHours = {"00:00:00", "23:59:59", "10:00:60", "12:34",
                                 "24:00:00"};
  constexpr std::array kZones = {" +0000", " -0000", " +0130",
                                 " -1200", " +1459", " +1500",
                                 " +0060", " EST",   ""};
  const auto shown = [](std::string_view value) {
    const auto time = read_mail_time(value);
    if (!time) return std::string("none");
    return std::to_string(time->seconds) + " " +
           std::to_string(time->zone_minutes);
  };
  Dice dice(22);
  for (int i = 0; i < 20'000; ++i) {
    const std::string value = one_of(dice, kDays) + one_of(dice, kDates) +
                              one_of(dice, kYears) + one_of(dice, kHours) +
                              one_of(dice, kZones);
    // With a comment it is the parser's.
    BOOST_REQUIRE_EQUAL(shown(value), shown(value + " (x)"));
  }
  BOOST_TEST(shown("Thu, 01 Jan 1970 01:00:01 +0100") == "1 60");
}
