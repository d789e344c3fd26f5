-- Closures, varargs, tail calls, environments, code made at run time.
local function counter() local n = 0; return function() n = n + 1; return n end, function() return n end end
local up, value = counter(); up(); up(); print(value(), (counter())())
local fs = {}; for i = 1, 3 do fs[i] = function() i = i + 1; return i end end; print(fs[1](), fs[1](), fs[2](), fs[3]())
local function va(...) local a, b = ...; return select("#", ...), a, b, select(-1, ...) end
print(va(1, nil, 3)); print(va(nil)); print((va(1, 2))); print(table.pack(va(7, 8)).n)
local function loop(n) if n == 0 then return "tail" end return loop(n - 1) end; print(loop(100000))
local env = { print = print }; local chunk = load("x = 5; print(x); return x * 2", "made", "t", env); print(chunk(), env.x, x)
local code = string.dump(function(a) return a * 3 end); print(load(code, "b", "b")(14))
local function compose(...) local fs = { ... }; return function(v) for i = #fs, 1, -1 do v = fs[i](v) end return v end end
print(compose(function(v) return v + 1 end, function(v) return v * 2 end)(5)); print(debug.getinfo(1, "S").short_src, debug.getinfo(counter, "u").nups)
local memo = setmetatable({}, { __index = function(t, n) local v = n < 2 and n or t[n - 1] + t[n - 2]; t[n] = v; return v end }); print(memo[80])
print(require == nil or type(package.loaded), package.config:sub(1, 1), pcall(require, "nothing.here") == false)
