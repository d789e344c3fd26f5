-- Generators, a scheduler, errors that cross a coroutine, and closing one.
local function permutations(list, n)
    n = n or #list
    if n <= 1 then coroutine.yield(list) end
    for i = 1, n do
        list[n], list[i] = list[i], list[n]
        permutations(list, n - 1)
        list[n], list[i] = list[i], list[n]
    end
end
for p in coroutine.wrap(function() permutations({ "a", "b", "c" }) end) do io.write(table.concat(p), " ") end
print()
local tasks, log = {}, {}
for id = 1, 5 do
    tasks[#tasks + 1] = coroutine.create(function()
        for step = 1, id do log[#log + 1] = id .. "." .. step; coroutine.yield() end
    end)
end
while #tasks > 0 do
    for i = #tasks, 1, -1 do
        assert(coroutine.resume(tasks[i]))
        if coroutine.status(tasks[i]) == "dead" then table.remove(tasks, i) end
    end
end
print(table.concat(log, " "))
local ok, problem = coroutine.resume(coroutine.create(function() error({ code = 7 }) end))
print(ok, type(problem), problem.code)
local closed = coroutine.create(function() local x <close> = setmetatable({}, { __close = function() print("closed") end }); coroutine.yield() end)
coroutine.resume(closed); print(coroutine.close(closed), coroutine.status(closed), coroutine.isyieldable())
local depth = 0
local function nest(n) if n > 0 then return coroutine.wrap(function() depth = depth + 1; nest(n - 1) end)() end end
nest(100); print(depth)
