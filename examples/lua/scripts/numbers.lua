-- Integers that wrap, floats that round, and the functions of math.
print(math.maxinteger, math.mininteger, math.maxinteger + 1 == math.mininteger, -7 // 2, -7 % 3, 7 % -3, -7.5 // 2, -7.5 % 2)
print(1 << 63, 1 << 64, -1 >> 60, 5 & 3, 5 | 3, 5 ~ 3, ~0, 2^10, 7 // 0.0, -7 // 0.0, 0/0 ~= 0/0)
print(pcall(function() return 1 // 0 end)); print(pcall(function() return 1.5 | 1 end)); print(3 | 0, 3.0 | 0)
print(math.sqrt(2), math.sin(1), math.cos(1), math.tan(1), math.exp(1), math.log(10), math.log(8, 2), math.log(1000, 10))
print(math.floor(-3.5), math.ceil(-3.5), math.fmod(-7, 3), math.fmod(-7.5, 2), math.modf(3.7), math.modf(-3.7))
print(math.asin(1), math.acos(0), math.atan(1, -1), math.ult(1, -1), math.tointeger(3.0), math.tointeger(3.5), math.abs(-5), math.pi)
math.randomseed(42); local first = { math.random(100), math.random(100), math.random(100) }
math.randomseed(42); print(first[1] == math.random(100), first[2] == math.random(100), math.random(5, 5), math.random() < 1)
local sum = 0.0; for i = 1, 100000 do sum = sum + 1 / i end; print(sum); print(0x7fffffffffffffff, 1e308 * 10, -1e308 * 10, 5 // 0.3)
local function sieve(n) local c, p = 0, {} for i = 2, n do if not p[i] then c = c + 1; for j = i * i, n, i do p[j] = true end end end return c end
print(sieve(20000)); print(string.format("%.14g", 0.1 + 0.2), 100 // 1e-1, 2^53 + 1, math.max(1, 2.5, -1), math.min(3))
