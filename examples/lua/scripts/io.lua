-- Files: written, read in every format, appended, positioned, renamed, removed.
local name = os.tmpname()
local file = assert(io.open(name, "w"))
print(io.type(file), file:write("line 1\n", 2, " ", 3.5, "\nlast") == file, io.type(io.stdout))
print(file:seek("cur"), file:seek("set", 2), file:seek("end")); file:close(); print(io.type(file))
for line in io.lines(name, "L") do io.write("[", line, "]") end
print()
file = assert(io.open(name, "r+"))
print(file:read("l", "n", "n", "l", "a")); print(file:read("a"), file:read("l"), file:read(0))
file:seek("set", 5); file:write("X"); file:seek("set"); print(file:read(7)); file:close()
file = assert(io.open(name, "a")); file:write("\nmore"); file:close()
file = assert(io.open(name, "rb")); print(#file:read("a")); file:close()
local other = name .. ".renamed"
print(os.rename(name, other), io.open(name) == nil, os.remove(other), (select(3, os.remove(other))))
print((select(2, io.open("/no/such/file"))), (select(3, io.open("/no/such/file"))))
local big = io.tmpfile(); big:setvbuf("full", 4096)
for i = 1, 5000 do big:write(i, " ") end
big:seek("set"); local sum = 0
for i = 1, 5000 do sum = sum + big:read("n") end
print(sum, big:seek("cur")); big:close()
print(pcall(file.read, file)); io.stderr:write(""); print(io.output() == io.stdout, io.input() == io.stdin)
