-- What a user of Neovim does: reads the findings and a hover, and takes the first action.
local function say(what, value)
  vim.fn.writefile({ vim.json and vim.json.encode({ what, value }) or vim.fn.json_encode({ what, value }) }, vim.env.EDITOR_RESULTS, 'a')
end
local function wait(done) return vim.wait(20000, done, 20) end
local function findings()
  local list = {}
  for _, d in ipairs(vim.diagnostic.get(0)) do list[#list + 1] = { line = d.lnum, message = d.message } end
  return list
end
wait(function() local list = findings(); return #list == 1 and list[1].message == vim.env.EDITOR_MESSAGE end)
say('findings', findings())
vim.fn.search(vim.env.EDITOR_WORD)
for _, answer in pairs(vim.lsp.buf_request_sync(0, 'textDocument/hover', vim.lsp.util.make_position_params(), 5000) or {}) do
  say('hover', answer.result.contents.value)
end
local finding = vim.diagnostic.get(0)[1]
if finding then
  vim.api.nvim_win_set_cursor(0, { finding.lnum + 1, finding.col })
  vim.ui.select = function(items, _, choose) choose(items[1], 1) end
  vim.lsp.buf.code_action()
  wait(function() return #vim.diagnostic.get(0) == 0 end)
  say('line', vim.fn.getline(finding.lnum + 1))
end
say('left', #vim.diagnostic.get(0))
vim.cmd('qa!')
