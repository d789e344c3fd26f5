-- Sorting, sequences, and tables that grow and shrink.
local seed = 12345
local function random(n) seed = (seed * 1103515245 + 12345) & 0x7fffffff; return seed % n + 1 end
local list = {}
for i = 1, 2000 do list[i] = random(100000) end
table.sort(list)
for i = 2, #list do assert(list[i - 1] <= list[i]) end
print(#list, list[1], list[1000], list[2000])
table.sort(list, function(a, b) return a > b end)
print(list[1], list[2000], table.concat({ 1, 2, 3 }, "+"), select("#", table.unpack({ 1, nil, 3 }, 1, 3)))
local queue = { "b" }
table.insert(queue, 1, "a"); table.insert(queue, "c"); print(table.concat(queue), table.remove(queue, 1), #queue)
local moved = table.move({ 1, 2, 3 }, 1, 3, 2); print(moved[1], moved[2], moved[3], moved[4])
local set, count = {}, 0
for i = 1, 10000 do set["key" .. i] = i end
for i = 1, 10000, 2 do set["key" .. i] = nil end
for _, value in pairs(set) do count = count + value end
print(count, next({}), rawlen({ 1, 2 }), #"abc")
