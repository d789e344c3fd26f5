-- Memory comes back: full and generational collections, weak tables, finalizers.
local function fill(n) local t = {} for i = 1, n do t[i] = { ("x"):rep(i % 50) } end return #t end
collectgarbage(); local before = collectgarbage("count")
for _ = 1, 10 do fill(1500) end
collectgarbage(); collectgarbage()
print(collectgarbage("count") - before < 64)
local weak = setmetatable({}, { __mode = "v" })
weak[1], weak[2] = {}, "kept"; collectgarbage(); print(weak[1], weak[2])
local ends = {}
for i = 1, 3 do setmetatable({}, { __gc = function() ends[#ends + 1] = i end }) end
collectgarbage(); table.sort(ends); print(table.concat(ends, ","))
print(collectgarbage("generational"), collectgarbage("incremental"), collectgarbage("isrunning"))
collectgarbage("stop"); fill(1000); collectgarbage("restart"); print(collectgarbage("step", 1000000))
local ephemeron = setmetatable({}, { __mode = "k" })
do local key = {}; ephemeron[key] = { key } end
collectgarbage(); print(next(ephemeron))
