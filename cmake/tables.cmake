# embed_tables(ROOM)
#
# The data files of a room, src/ROOM/data/NAME.tsv, become part of its library:
# each is simwarden::tables::NAME, the text of the file. A change of a file
# builds only that one anew.
function(embed_tables room)
  file(GLOB tables CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${room}/data/*.tsv)
  foreach(table IN LISTS tables)
    get_filename_component(name ${table} NAME_WE)
    set(made ${CMAKE_BINARY_DIR}/tables/${room}/${name}.cc)
    add_custom_command(OUTPUT ${made} DEPENDS ${table}
      ${CMAKE_SOURCE_DIR}/cmake/embed.cmake
      COMMAND ${CMAKE_COMMAND} -DNAME=${name} -DTABLE=${table} -DMADE=${made}
        -P ${CMAKE_SOURCE_DIR}/cmake/embed.cmake
      COMMENT "Embedding ${room}/data/${name}.tsv" VERBATIM)
    target_sources(${room} PRIVATE ${made})
  endforeach()
endfunction()
