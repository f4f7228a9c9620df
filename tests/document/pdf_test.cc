// SPDX-License-Identifier: Apache-2.0
#include "document/pdf.h"

#include <boost/test/unit_test.hpp>
#include <zlib.h>

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

PdfReading read(std::string_view bytes) {
  PdfBudget budget;
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
  PdfBudget budget;
  BOOST_TEST((read_pdf(half, budget).reading == FileReading::read));
  BOOST_TEST((read_pdf(half, budget).reading == FileReading::bomb));
  std::string many;
  for (int i = 0; i < 2000; ++i) many += "/URI (a)";
  PdfBudget other;
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
