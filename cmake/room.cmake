# add_room(NAME [USES ROOM...] [LINKS LIBRARY...] [TESTS_USE ROOM...])
#
# A room is a folder src/NAME: its .cc files become one static library. USES
# names the rooms below it, LINKS the packages that only this room sees. A new
# file in a room is picked up by the glob; a new arrow between rooms has to be
# written down here to compile and pass the floors test.
#
# A big room is several, folders in its own: cel/value is a room like any other,
# its target cel_value. What its rooms are together is cel, without sources.
#
# The tests of a room lie in tests/NAME/*_test.cc and become one program,
# test_NAME, which ctest runs; TESTS_USE names rooms that only they need.
file(WRITE ${CMAKE_BINARY_DIR}/house.txt "")

# The targets of rooms.
function(targets_of out)
  string(REPLACE "/" "_" targets "${ARGN}")
  set(${out} ${targets} PARENT_SCOPE)
endfunction()

# What everything is compiled with. g++ takes headers that it read before only
# for the same options, so what some packages bring along is everybody's.
add_library(house_flags INTERFACE)
target_compile_options(house_flags INTERFACE
  -pthread -Wall -Wextra -Wconversion -Wshadow -Wnon-virtual-dtor
  # Designated initialisers leave out what has its default.
  -Wno-missing-field-initializers)
target_compile_definitions(house_flags INTERFACE _LARGEFILE64_SOURCE)
target_link_libraries(house_flags INTERFACE fmt::fmt)

# What many files read is read once: it was a third of the time that they take
# to compile. A file still includes what it uses; preset clang finds who forgot.
set(read_by_many <algorithm> <array> <atomic> <charconv> <chrono> <cmath>
  <cstdint> <cstring> <deque> <functional> <map> <memory> <mutex> <optional>
  <set> <span> <sstream> <string> <string_view> <tuple> <unordered_map>
  <utility> <variant> <vector> <fmt/format.h>)
file(CONFIGURE OUTPUT read_once.cc CONTENT "")
add_library(read_once STATIC ${CMAKE_BINARY_DIR}/read_once.cc)
target_link_libraries(read_once PRIVATE house_flags)
target_precompile_headers(read_once PRIVATE ${read_by_many})

function(add_room name)
  cmake_parse_arguments(ROOM "" "" "USES;LINKS;TESTS_USE" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.cc)
  list(FILTER sources EXCLUDE REGEX "main\\.cc$")
  targets_of(target ${name})
  targets_of(below ${ROOM_USES})
  if(sources)
    add_library(${target} STATIC ${sources})
    target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR}/src)
    target_link_libraries(${target} PUBLIC ${below} PRIVATE house_flags
      PUBLIC ${ROOM_LINKS})
    target_precompile_headers(${target} REUSE_FROM read_once)
  else()
    add_library(${target} INTERFACE)
    target_include_directories(${target} INTERFACE ${CMAKE_SOURCE_DIR}/src)
    target_link_libraries(${target} INTERFACE ${below} ${ROOM_LINKS})
  endif()
  string(REPLACE ";" " " uses "${ROOM_USES}")
  file(APPEND ${CMAKE_BINARY_DIR}/house.txt "${name}: ${uses}\n")
  add_room_tests(${name} ${ROOM_TESTS_USE})
endfunction()

function(add_room_tests name)
  file(GLOB tests CONFIGURE_DEPENDS
    ${CMAKE_SOURCE_DIR}/tests/${name}/*_test.cc)
  if(NOT tests OR NOT BUILD_TESTING)
    return()
  endif()
  targets_of(room ${name})
  targets_of(others ${ARGN})
  add_executable(test_${room} ${tests})
  target_link_libraries(test_${room} PRIVATE ${room} ${others} test_main
    house_flags)
  target_precompile_headers(test_${room} REUSE_FROM test_main)
  add_test(NAME ${room} COMMAND test_${room} --color_output=no
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(${room} PROPERTIES TIMEOUT 600)
endfunction()
