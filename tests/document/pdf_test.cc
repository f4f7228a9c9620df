// SPDX-License-Identifier: Apache-2.0
#include "document/pdf.h"

#include <ctime>

#include <boost/test/unit_test.hpp>
#include <zlib.h>

#include "document/samples.h"
#include "picture/painted.h"

using namespace simwarden;

namespace {

constexpr std::string_view kLink = "https://demo.test/esim";

std::string packed(std::string_view bytes) {
  uLongf size = compressBound(bytes.size());
  std::string out(size, '\0');
  compress2(reinterpret_cast<Bytef*>(out.data()), &size,
            reinterpret_cast<const Bytef*>(bytes.data()), bytes.size(), 9);
  out.resize(size);
  return out;
}

std::string stream(std::string_view dictionary, std::string_view data) {
  return "4 0 obj\n<< " + std::string(dictionary) + " >>\nstream\n" +
         std::string(data) + "\nendstream\nendobj\n";
}

std::string pdf(std::string_view objects) {
  return "%PDF-1.7\n" + std::string(objects) + "trailer\n<< /Root 1 0 R >>\n";
}

std::string unhex(std::string_view hex) {
  std::string out;
  for (size_t i = 0; i + 1 < hex.size(); i += 2) {
    out += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), {}, 16));
  }
  return out;
}

PdfReading read(std::string_view bytes) {
  DocumentBudget budget;
  BOOST_REQUIRE(is_pdf(bytes));
  return read_pdf(bytes, budget);
}

std::string links(std::string_view objects) {
  std::string out;
  for (const std::string& link : read(pdf(objects)).links) {
    if (!out.empty()) out += ' ';
    out += link;
  }
  return out;
}

std::string codes(std::string_view objects) {
  const PdfReading found = read(pdf(objects));
  const std::vector<std::string_view> files(found.pictures.begin(),
                                            found.pictures.end());
  std::string out;
  for (const PictureReading& one : read_pictures(files)) {
    for (const PictureCode& code : one.codes) out += code.content;
  }
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(document)

BOOST_AUTO_TEST_CASE(the_targets_of_links_are_read_however_they_are_written) {
  using namespace std::string_literals;
  BOOST_TEST(links("<< /S /URI /URI (https://demo.test/a) >>") ==
             "https://demo.test/a");
  BOOST_TEST(links("<</S/URI/URI(https://demo.test/\\(b\\))>>") ==
             "https://demo.test/(b)");
  BOOST_TEST(links("/URI (https://demo.test/(c))") == "https://demo.test/(c)");
  BOOST_TEST(links("/URI (https://de\\\nmo.test/\\144)") ==
             "https://demo.test/d");
  BOOST_TEST(links("/URI <68747470733A2F2F64656D6F2E746573742F65>") ==
             "https://demo.test/e");
  BOOST_TEST(links("/URI (\xFE\xFF\0t\0e\0l\0:\0+\0001)"s) == "tel:+1");
  BOOST_TEST(links("/S /URI /URI (a) /URI\n(b)") == "a b");
  BOOST_TEST(links("/URI (https://demo.test/never-closed") ==
             "https://demo.test/never-closedtrailer\n<< /Root 1 0 R >>\n");
}

BOOST_AUTO_TEST_CASE(links_are_read_as_readers_of_documents_find_them) {
  const std::string link = "(https://demo.test/a)";
  const std::string rows[] = {
      "/#55R#49 " + link, "/URI % (x)\r\n" + link,
      "/A << /S /URI /URI 9 0 R >> endobj 9 0 obj " + link,
      "/URI 9 0 R 9 0 obj <68747470733A2F2F64656D6F2E746573742F61>",
      "/S /SubmitForm /F << /FS /URL /F " + link + " >>",
      "/URI << /Base " + link + " >>",
      "/URI (\xEF\xBB\xBFhttps://demo.test/a)" + std::string(),
      "/URI (https://demo\\\r\n.test/a)" + std::string(),
      // What is called a stream and is none, is not packed, or is broken.
      "/T (stream) /URI " + link + "\n" + stream("", "x"),
      "/T (>>\nstream\n) " + stream("", packed("/URI " + link)),
      stream("/Type /ObjStm", "9 0 << /URI " + link + " >>"),
      "/T (stream\nx\x9C) /URI " + link + "\n" + stream("", "x"),
      "% /Encrypt \n/URI " + link};
  for (const std::string& objects : rows) {
    BOOST_TEST(links(objects) == "https://demo.test/a", objects);
  }
  BOOST_TEST(links("/F (a.pdf) /Base (x) (https://demo.test/a)") == "");
  BOOST_TEST((read(pdf("/URI 9 0 R")).reading == FileReading::partly));
}

BOOST_AUTO_TEST_CASE(links_are_read_behind_every_filter) {
  const std::string text = "<< /URI (https://demo.test/a) >>";
  std::string hex;
  for (const char c : text) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    hex += kDigits[static_cast<size_t>(c >> 4)];
    hex += kDigits[static_cast<size_t>(c & 15)];
  }
  // As rows of five bytes, each less the one above or before it.
  std::string up;
  std::string left;
  for (size_t i = 0; i < text.size(); ++i) {
    if (i % 5 == 0) up += '\x02';
    if (i % 5 == 0) left += '\x01';
    up += static_cast<char>(text[i] - (i < 5 ? 0 : text[i - 5]));
    left += static_cast<char>(text[i] - (i % 5 == 0 ? 0 : text[i - 1]));
  }
  std::string tiff;
  for (size_t i = 0; i < left.size(); ++i) {
    if (i % 6 != 0) tiff += left[i];
  }
  const std::string rows = "/DecodeParms << /Predictor 12 /Columns 5 >>";
  struct {
    std::string dictionary;
    std::string data;
  } const streams[] = {
      {"/Filter /ASCIIHexDecode", hex + ">"},
      {"/Filter [/AHx]", hex},
      {"/Filter [ /A85 /Fl ]",
       "Gau+F;:#g_nl3uW-n-Sn[aNc'8^5N3.nM<Fd8/7kYd4E3S0A9G~>"},
      {"/Filter /#41SCII85Decode",
       "4?O`><DlC2-tm^EE-\"&n04\\X2D_?-CF*''D.3Lf<~>"},
      {"/Filter /RunLengthDecode",
       static_cast<char>(text.size() - 1) + text + '\x80'},
      {"/Filter /LZWDecode", unhex("800f0782017954a449100a0d0743a1c0e63a178bcc8"
                                   "65369bc5c74329cce82f308a4403e1f4040")},
      {"/Filter [/AHx /LZW]",
       "800f0782017954a449100a0d0743a1c0e63a178bcc865369bc5c74329cce82f308a4403"
       "e1f4040>"},
      {rows, packed(up)},
      {rows, packed(left)},
      {"/DecodeParms << /Predictor 2 /Columns 5 >>", packed(tiff)},
  };
  for (const auto& [dictionary, data] : streams) {
    BOOST_TEST(links(stream(dictionary, data)) == "https://demo.test/a",
               dictionary);
  }
  const std::string bomb(10U << 20, '\x81');
  BOOST_TEST((read(pdf(stream("/Filter /RunLengthDecode", bomb))).reading !=
              FileReading::read));
}

BOOST_AUTO_TEST_CASE(links_in_packed_objects_are_read) {
  const std::string object = packed("<< /URI (https://demo.test/a) >>");
  BOOST_TEST(links(stream("/Type /ObjStm /Filter /FlateDecode", object)) ==
             "https://demo.test/a");
  BOOST_TEST(links(stream("/Filter [/FlateDecode /FlateDecode]",
                          packed(object))) == "https://demo.test/a");
  // Broken at its end.
  const PdfReading cut =
      read(pdf(stream("", object.substr(0, object.size() - 6))));
  BOOST_TEST((cut.reading == FileReading::partly));
}

BOOST_AUTO_TEST_CASE(
    samples_that_a_wrong_predictor_leaves_short_are_no_picture) {
  struct {
    const char* bits;
    size_t bytes;
  } const rows[] = {{"1", 512},  {"2", 1024},  {"4", 2048},
                    {"8", 4096}, {"8", 12288}, {"8", 16384}};
  for (const auto& [bits, bytes] : rows) {
    const std::string samples(bytes, '\2');
    for (const char* columns : {"", "/Columns 3", "/Columns 999999"}) {
      const std::string dictionary =
          std::string("/Width 64 /Height 64 /BitsPerComponent ") + bits +
          " /DecodeParms << /Predictor 12 " + columns + " >>";
      BOOST_TEST(!picture_of_samples(dictionary, samples).has_value(),
                 dictionary);
    }
  }
}

BOOST_AUTO_TEST_CASE(codes_in_pictures_of_a_document_are_read) {
  const GreyPicture code = painted::code(kLink);
  BOOST_TEST(codes(stream("/Filter /DCTDecode", painted::jpeg(code))) == kLink);
  const std::string size = "/Subtype /Image /Width " +
                           std::to_string(code.width) + " /Height " +
                           std::to_string(code.height);
  const std::string grey(code.light.begin(), code.light.end());
  BOOST_TEST(codes(stream(size + " /BitsPerComponent 8", packed(grey))) ==
             kLink);
  std::string colour;
  std::string predicted;
  std::string bits;
  for (uint32_t y = 0; y < code.height; ++y) {
    predicted += '\0';
    for (uint32_t x = 0; x < code.width; ++x) {
      const char light = static_cast<char>(code.row(y)[x]);
      colour.append(3, light);
      predicted += light;
      if (x % 8 == 0) bits += '\0';
      const auto byte = static_cast<unsigned char>(bits.back());
      bits.back() = static_cast<char>(byte | (light != 0) << (7 - x % 8));
    }
  }
  BOOST_TEST(codes(stream(size + " /BitsPerComponent 8", packed(colour))) ==
             kLink);
  BOOST_TEST(codes(stream(size + " /BitsPerComponent 8", packed(predicted))) ==
             kLink);
  BOOST_TEST(codes(stream(size + " /BitsPerComponent 1", packed(bits))) ==
             kLink);
  BOOST_TEST(codes(stream(size + " /ImageMask true", packed(bits))) == kLink);
  std::string inks;
  std::string numbers;
  std::string halves;
  std::string quarters;
  for (uint32_t y = 0; y < code.height; ++y) {
    for (uint32_t x = 0; x < code.width; ++x) {
      const uint8_t light = code.row(y)[x];
      inks.append(3, '\0');
      inks += static_cast<char>(255 - light);
      numbers += light == 0 ? '\x07' : '\x04';
      if (x % 2 == 0) halves += '\0';
      if (x % 4 == 0) quarters += '\0';
      if (light == 0) continue;
      halves.back() = static_cast<char>(halves.back() | 0xF0 >> x % 2 * 4);
      quarters.back() = static_cast<char>(quarters.back() | 0xC0 >> x % 4 * 2);
    }
  }
  const auto with_bits = [&](int count) {
    return size + " /BitsPerComponent " + std::to_string(count);
  };
  BOOST_TEST(codes(stream(with_bits(8), packed(inks))) == kLink);
  BOOST_TEST(codes(stream(with_bits(8), packed(numbers))) == kLink);
  BOOST_TEST(codes(stream(with_bits(4), packed(halves))) == kLink);
  BOOST_TEST(codes(stream(with_bits(2), packed(quarters))) == kLink);
  BOOST_TEST(codes(stream(with_bits(8), grey)) == kLink);
}

// Without the bounds each of these takes minutes: each word would be read to
// the end of the file, or each stream be unpacked.
BOOST_AUTO_TEST_CASE(a_document_made_to_be_slow_ends) {
  const auto ends = [](std::string_view what, const std::string& bytes) {
    constexpr double kSecondsMax = 5;
    const std::clock_t begin = std::clock();
    const FileReading reading = read(bytes).reading;
    const double spent = double(std::clock() - begin) / CLOCKS_PER_SEC;
    BOOST_TEST(spent < kSecondsMax, what << ": " << spent << " s");
    return reading;
  };
  for (const std::string_view piece :
       {"/URI(", "/F(http", "stream\n", "(http", "/F<68747470", "endstream",
        "/#", "%", "/URI<", "/URI%", "/Width%stream ", "stream\n\x78\x9C"}) {
    std::string many;
    while (many.size() < size_t{4} << 20) many += piece;
    const FileReading reading = ends(piece, pdf(many));
    const bool is_stream = piece.find("stream") != piece.npos;
    if (is_stream) BOOST_TEST((reading != FileReading::read), piece);
  }
  std::string unending = "/URI(";
  while (unending.size() < 8000) unending += "/URI(";
  while (unending.size() < size_t{4} << 20) unending += "\\\n";
  (void)ends("strings without an end", pdf(unending));
  const std::string wide =
      "/DecodeParms << /Predictor 12 /Columns 999999 "
      "/Colors 32 /BitsPerComponent 16 >>";
  std::string many;
  for (int i = 0; i < 5000; ++i) many += stream(wide, packed("x"));
  (void)ends(wide, pdf(many));
}

// All have the same words in front of them, which would be read for each.
BOOST_AUTO_TEST_CASE(the_words_in_front_of_streams_are_paid_for) {
  std::string many;
  while (many.size() < 200'000) {
    for (int i = 0; i < 1800; ++i) many += "/a";
    for (int i = 0; i < 500; ++i) many += "stream ";
  }
  DocumentBudget budget;
  const size_t all = budget.work;
  BOOST_TEST((read_pdf(pdf(many), budget).reading == FileReading::partly));
  BOOST_TEST(budget.work < all / 2);
  for (int i = 0; i < 2; ++i) read_pdf(pdf(many), budget);
  BOOST_TEST(budget.cut);
}

BOOST_AUTO_TEST_CASE(comments_may_stand_in_front_of_a_link) {
  BOOST_TEST(links("/URI% a /URI\n%b\n (https://demo.test/a) /F %\n"
                   "(https://demo.test/b)") ==
             "https://demo.test/a https://demo.test/a https://demo.test/b");
}

// Each stream would be read to the end of the file, and unpack to next to
// nothing on the way.
BOOST_AUTO_TEST_CASE(streams_inside_each_other_end) {
  const auto stored = [](std::string_view bytes) {
    const auto size = static_cast<char>(bytes.size());
    const auto rest = static_cast<char>(~size);
    return std::string({'\0', size, '\0', rest, '\xFF'}) + std::string(bytes);
  };
  const std::string begin = "5 0 obj\n<<>>\nstream\n\x78\x01";
  std::string empty;
  for (int i = 0; i < 400; ++i) empty += stored("");
  std::string many = begin;
  while (many.size() < size_t{4} << 20) many += empty + stored(begin);
  DocumentBudget budget;
  const PdfReading found = read_pdf(pdf(many + "\x07"), budget);
  BOOST_TEST((found.reading != FileReading::read));
  BOOST_TEST(budget.unpacked == 0u);
}

BOOST_AUTO_TEST_CASE(a_stream_that_unpacks_without_end_is_a_bomb) {
  const std::string bomb = packed(std::string(80U << 20, 'x'));
  const PdfReading found =
      read(pdf(stream("/Type /ObjStm", bomb) + "/URI (https://demo.test/a)"));
  BOOST_TEST((found.reading == FileReading::bomb));
  BOOST_TEST(found.links.size() == 1u);
  BOOST_TEST((read(pdf(stream("", packed(bomb) + bomb))).reading ==
              FileReading::bomb));
}

BOOST_AUTO_TEST_CASE(the_documents_of_a_message_share_their_bounds) {
  const std::string half = pdf(stream("", packed(std::string(40U << 20, 'x'))));
  DocumentBudget budget;
  BOOST_TEST((read_pdf(half, budget).reading == FileReading::read));
  BOOST_TEST((read_pdf(half, budget).reading == FileReading::bomb));
  std::string many;
  for (int i = 0; i < 2000; ++i) many += "/URI (a)";
  DocumentBudget other;
  BOOST_TEST(read_pdf(pdf(many), other).links.size() == 1000u);
  BOOST_TEST((read_pdf(pdf(many), other).reading == FileReading::partly));
}

BOOST_AUTO_TEST_CASE(what_is_encrypted_is_not_read) {
  BOOST_TEST(
      (read("%PDF-1.7\n/URI (x)\ntrailer << /Encrypt 9 0 R >>").reading ==
       FileReading::encrypted));
  BOOST_TEST((read("%PDF-1.7\n<< /EncryptMetadata false /URI (x) >>").reading ==
              FileReading::read));
}

BOOST_AUTO_TEST_CASE(broken_files_are_read_as_far_as_they_go) {
  const std::string file =
      pdf(stream("/Filter /DCTDecode", painted::jpeg(painted::code("demo"))) +
          "/URI <61" + stream("", packed("/URI (\\")));
  for (size_t size = 8; size <= file.size(); size += 1 + size / 64) {
    read(std::string_view(file).substr(0, size));
  }
  BOOST_TEST(!is_pdf("no document"));
}

BOOST_AUTO_TEST_SUITE_END()
