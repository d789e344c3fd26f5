-- Errors, tracebacks, limits of the stack, to-be-closed variables.
print(pcall(error, "plain")); print(pcall(error, "with level", 2)); print(pcall(error)); print(select("#", pcall(error, nil)))
print(pcall(function() local x = nil; return x.y end)); print(pcall(function() return 1 + {} end))
print(pcall(function() return #5 end)); print(pcall(string.rep)); print(pcall(("x").bad)); print(pcall(next, {}, "none"))
print(xpcall(function() error("inner") end, function(m) return "handled: " .. m end))
local function deep(n) return n == 0 and 0 or 1 + deep(n - 1) end
print(deep(10000)); local ok, problem = pcall(function() local function f() return (("x"):gsub("x", f)) end return f() end)
print(ok, problem:match("stack overflow") ~= nil); print(pcall(string.rep, "x", 1 << 40))
print((debug.traceback("trace", 1):gsub("\n.*", ""))); print(load("x ="))
print(load("return 1 +"), (load("return ...", "chunk", "t", {}))(5)); print(pcall(load, 5))
do local order = {}
  do local a <close> = setmetatable({}, { __close = function(_, e) order[#order + 1] = "a" end })
     local b <close> = setmetatable({}, { __close = function(_, e) order[#order + 1] = "b" end }) end
  print(table.concat(order)) end
print(assert(1, "unused"), pcall(assert, false, "message"), pcall(assert, nil)); goto done
print("skipped")
::done:: print(pcall(setmetatable, 1, {})); local c <const> = 5; print(c, tostring(nil), tostring(true))
