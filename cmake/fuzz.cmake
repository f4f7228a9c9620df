# One libFuzzer target a parser: tests/fuzz/NAME_fuzz.cc becomes fuzz_NAME.
# Only with the preset `fuzz` (SIMWARDEN_FUZZ); tests/fuzz/run runs them.
#
# A new target is a file there and a line here: its name and the rooms that it
# looks into. Seeds lie in tests/fuzz/seeds/NAME/.
function(add_fuzzer name)
  add_executable(fuzz_${name} ${CMAKE_SOURCE_DIR}/tests/fuzz/${name}_fuzz.cc
    ${CMAKE_SOURCE_DIR}/tests/fuzz/options.cc)
  target_include_directories(fuzz_${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  target_compile_definitions(fuzz_${name} PRIVATE
    SIMWARDEN_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  target_link_libraries(fuzz_${name} PRIVATE intake ${ARGN} house_warnings)
  target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  add_dependencies(fuzzers fuzz_${name})
endfunction()

add_custom_target(fuzzers)
add_fuzzer(yaml       notation)
add_fuzzer(format     notation)
add_fuzzer(pack       facts lint)
add_fuzzer(mapping    intake)
add_fuzzer(json       intake)
add_fuzzer(csv        intake)
add_fuzzer(source     intake)
add_fuzzer(mail       intake)
add_fuzzer(cel_source cel)
add_fuzzer(cel_record facts)
add_fuzzer(text       contact notation)
add_fuzzer(url        contact)
add_fuzzer(mask       privacy notation)
add_fuzzer(scanner    scan)
add_fuzzer(judge      judge)
add_fuzzer(door       door)
