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
  target_link_libraries(fuzz_${name} PRIVATE intake ${ARGN} house_flags)
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
add_fuzzer(picture    picture)
add_fuzzer(document   document)
add_fuzzer(cel_source cel)
add_fuzzer(cel_record facts)
add_fuzzer(text       contact notation)
add_fuzzer(walk       text)
add_fuzzer(url        contact)
add_fuzzer(mask       privacy notation)
add_fuzzer(scanner    scan)
add_fuzzer(judge      judge)
# Of the doors only what is pure: the libraries of this clang and Boost 1.74 do
# not know each other's coroutines.
function(add_door_fuzzer name)
  add_fuzzer(${name} intake)
  foreach(file IN LISTS ARGN)
    target_sources(fuzz_${name} PRIVATE ${CMAKE_SOURCE_DIR}/src/door/${file}.cc)
  endforeach()
endfunction()
add_door_fuzzer(mail_doors answers mail_judging mail_record marked_mail
  rspamd_request spam_lines)
add_door_fuzzer(door answers form mail_judging mail_record milter_session
  policy_request sms_text)
