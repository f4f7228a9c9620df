# cmake -DNAME= -DTABLE= -DMADE= -P embed.cmake: see tables.cmake.
file(READ ${TABLE} text)
string(FIND "${text}" ")tsv\"" closing)
if(NOT closing EQUAL -1)
  message(FATAL_ERROR "${TABLE} holds the end of a raw string")
endif()
file(WRITE ${MADE} "#include <string_view>
namespace simwarden::tables {
extern const std::string_view ${NAME};
const std::string_view ${NAME} = R\"tsv(")
file(APPEND ${MADE} "${text}")
file(APPEND ${MADE} ")tsv\";\n}\n")
