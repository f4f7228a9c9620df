# Benchmarks, built only when asked for:
#
#   cmake --preset release
#   cmake --build --preset release --target bench_text
#   build/release/bench_text
#
# A new one is a file tests/bench/NAME_bench.cc and a line here: its name and
# the rooms and libraries that it measures. They are no tests: a figure depends
# on the machine, so that each compares two ways in one run.
function(add_bench name)
  add_executable(bench_${name} EXCLUDE_FROM_ALL
    ${CMAKE_SOURCE_DIR}/tests/bench/${name}_bench.cc)
  target_include_directories(bench_${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  target_link_libraries(bench_${name} PRIVATE ${ARGN}
    benchmark::benchmark_main house_flags)
endfunction()

find_package(benchmark QUIET)
if(benchmark_FOUND)
  add_bench(text text)
  add_bench(eye contact)
  add_bench(registry policy)
  add_bench(store store)
  add_bench(windows windows PkgConfig::SQLITE)
  add_bench(scan scan)
  target_compile_definitions(bench_scan PRIVATE
    CORPUS="${CMAKE_SOURCE_DIR}/corpus")
  # Rivals, and no part of the house: measured where they are installed.
  set(rivals HYPERSCAN YARA)
  set(rival_modules libhs yara)
  foreach(name module IN ZIP_LISTS rivals rival_modules)
    pkg_check_modules(${name} QUIET IMPORTED_TARGET ${module})
    if(${name}_FOUND)
      target_link_libraries(bench_scan PRIVATE PkgConfig::${name})
      target_compile_definitions(bench_scan PRIVATE SIMWARDEN_${name})
    endif()
  endforeach()
  add_bench(csv intake)
  target_compile_definitions(bench_csv PRIVATE
    CORPUS="${CMAKE_SOURCE_DIR}/corpus")
  find_library(LIBCSV csv)
  if(LIBCSV)
    target_link_libraries(bench_csv PRIVATE ${LIBCSV})
    target_compile_definitions(bench_csv PRIVATE SIMWARDEN_LIBCSV)
  endif()
  add_bench(cel judge intake)
  target_sources(bench_cel PRIVATE ${CMAKE_SOURCE_DIR}/tests/bench/on_demand.cc)
  set_source_files_properties(${CMAKE_SOURCE_DIR}/tests/bench/on_demand.cc
    PROPERTIES COMPILE_OPTIONS "-march=native;-fno-lto")
  target_compile_definitions(bench_cel PRIVATE
    PACK50="${CMAKE_SOURCE_DIR}/tests/bench/pack50")
  add_bench(plan judge intake)
  target_compile_definitions(bench_plan PRIVATE
    SHIPPED_POLICIES="${CMAKE_SOURCE_DIR}/policies")
endif()

# No benchmark itself: makes what `report` and `audit` are measured on.
add_executable(big_store EXCLUDE_FROM_ALL tests/bench/big_store.cc)
target_link_libraries(big_store PRIVATE store house_flags)

# No benchmark itself: load on the doors of filters, for tests/bench/daemons.
add_executable(door_load EXCLUDE_FROM_ALL tests/bench/door_load.cc)
target_link_libraries(door_load PRIVATE fmt::fmt house_flags)
# Nor is this: doors behind which nothing is judged.
add_executable(door_floor EXCLUDE_FROM_ALL tests/bench/door_floor.cc)
target_link_libraries(door_floor PRIVATE fmt::fmt Boost::headers
  house_flags)
pkg_check_modules(HTTPLIB QUIET IMPORTED_TARGET cpp-httplib)
if(HTTPLIB_FOUND)
  target_link_libraries(door_floor PRIVATE PkgConfig::HTTPLIB)
  target_compile_definitions(door_floor PRIVATE SIMWARDEN_HTTPLIB)
endif()
