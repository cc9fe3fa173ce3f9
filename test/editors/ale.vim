" What a user of ALE does: reads the findings and a hover, and takes the first action.
function! Say(what, value)
  call writefile([json_encode([a:what, a:value])], $EDITOR_RESULTS, 'a')
endfunction
function! WaitFor(done)
  let l:rounds = 0
  while !eval(a:done) && l:rounds < 400
    sleep 50m
    let l:rounds += 1
  endwhile
endfunction
function! Findings()
  let l:own = filter(copy(ale#engine#GetLoclist(bufnr(''))), 'get(v:val, "linter_name", "") is# "ioctl-lens"')
  return map(l:own, '{"line": v:val.lnum - 1, "message": v:val.text}')
endfunction
execute 'edit' fnameescape($EDITOR_FILE)
call WaitFor('map(Findings(), "v:val.message") ==# [$EDITOR_MESSAGE]')
let g:found = Findings()
call Say('findings', g:found)
call cursor(1, 1)
call search($EDITOR_WORD)
let g:hover = []
" Where ALE shows a hover: what it shows is kept.
call ale#preview#CloseIfTypeMatches('none')
function! ale#preview#Show(lines, ...)
  let g:hover = a:lines
endfunction
ALEHover
call WaitFor('!empty(g:hover)')
call Say('hover', join(g:hover, "\n"))
if !empty(g:found)
  call cursor(g:found[0].line + 1, 1)
  call search('sizeof')
  " The menu of actions asks for a number.
  call ale#util#GetFunction('type')
  function! ale#util#Input(...)
    return '1'
  endfunction
  ALECodeAction
  call WaitFor('getline(g:found[0].line + 1) !~# "sizeof(void"')
  " Nobody has typed anything that would let ALE check again.
  ALELint
  call WaitFor('empty(Findings())')
  call Say('line', getline(g:found[0].line + 1))
endif
call Say('left', len(Findings()))
qall!
