# SPDX-License-Identifier: Apache-2.0
# sohoa_completions(PROGRAM): has the built program write its completion scripts, and installs them where each
# shell looks for them.
function(sohoa_completions program)
  set(folder "${CMAKE_BINARY_DIR}/completions")
  file(MAKE_DIRECTORY "${folder}")
  set(scripts "")
  foreach(pair IN ITEMS bash:sohoa:bash-completion/completions zsh:_sohoa:zsh/site-functions
                        fish:sohoa.fish:fish/vendor_completions.d)
    string(REPLACE ":" ";" pair "${pair}")
    list(GET pair 0 shell)
    list(GET pair 1 file)
    list(GET pair 2 place)
    add_custom_command(OUTPUT "${folder}/${file}"
      COMMAND ${program} help --completion ${shell} > "${folder}/${file}"
      DEPENDS ${program} VERBATIM COMMENT "Writing the completions for ${shell}")
    list(APPEND scripts "${folder}/${file}")
    install(FILES "${folder}/${file}" DESTINATION "${CMAKE_INSTALL_DATADIR}/${place}")
  endforeach()
  add_custom_target(completions ALL DEPENDS ${scripts})
endfunction()
